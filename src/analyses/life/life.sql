SELECT
  e.ts AS ts,
  e.line_no AS line_no,
  e.pid::BIGINT AS pid,
  c.comm AS comm,
  s.kind AS kind,
  s.text AS text,
  s.confidence AS confidence,
  e.event_id AS event_id
FROM step s
JOIN event_row e ON e.event_id = s.event_id
JOIN comm_dict c ON c.comm_id = e.comm_id
WHERE s.task_id IN (SELECT task_id FROM task WHERE pid = $pid)
   OR s.task_id IN (SELECT task_id FROM task WHERE parent_task_id IN (SELECT task_id FROM task WHERE pid = $pid)) AND s.kind IN ('fork', 'reap')
   OR e.pid = $pid AND s.kind IN ('send', 'generate')
ORDER BY e.event_id, s.kind
