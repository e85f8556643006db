WITH numbered AS (
  SELECT l.task_id, row_number() OVER (PARTITION BY l.capture_id ORDER BY l.from_event_id) AS life,
    count(*) OVER (PARTITION BY l.capture_id) AS lives
  FROM life l WHERE l.pid = $pid::BIGINT
),
-- Of several lives, the one that ended last tells most.
chosen AS (
  SELECT n.*, t.* EXCLUDE (task_id) FROM numbered n JOIN task t USING (task_id)
  WHERE $life::BIGINT IS NULL OR n.life = $life::BIGINT
  QUALIFY row_number() OVER (PARTITION BY t.capture_id ORDER BY t.exit_ts IS NOT NULL DESC,
    coalesce(t.exit_event_id, t.notify_event_id, t.death_event_id, t.last_event_id) DESC, t.task_id DESC) = 1
),
child AS (SELECT task_id FROM task WHERE parent_task_id IN (SELECT task_id FROM chosen)),
-- What it sent, and the child that it reaped, are steps of other tasks.
elsewhere AS (
  SELECT syscall_event_id AS event_id, 'send' AS kind FROM signal WHERE sender_task_id IN (SELECT task_id FROM chosen)
  UNION SELECT generate_event_id, 'generate' FROM signal WHERE sender_task_id IN (SELECT task_id FROM chosen)
  UNION SELECT exit_event_id, 'reap' FROM wait WHERE task_id IN (SELECT task_id FROM chosen) AND child_task_id IS NOT NULL
),
told AS (
  SELECT s.event_id, s.kind, s.text, s.confidence, s.task_id, s.task_id IN (SELECT task_id FROM chosen) AS own
  FROM step s
  WHERE s.kind NOT IN ('wake', 'run') AND (
    s.task_id IN (SELECT task_id FROM chosen)
    OR (s.kind = 'fork' AND s.task_id IN (FROM child))
    OR (s.kind = 'generate' AND s.event_id IN (SELECT event_id FROM elsewhere WHERE kind = 'generate'))
    OR (s.kind = 'reap' AND s.event_id IN (SELECT event_id FROM elsewhere WHERE kind = 'reap')))
  QUALIFY row_number() OVER (PARTITION BY s.event_id, s.kind ORDER BY own DESC, s.task_id) = 1
)
SELECT
  e.capture_id AS capture_id,
  e.ts AS ts,
  e.line_no AS line_no,
  e.pid::BIGINT AS pid,
  c.comm AS comm,
  s.kind AS kind,
  s.text || in_thread(s.kind, e.pid, t.pid, t.thread) AS text,
  s.confidence AS confidence,
  k.life AS life,
  k.lives AS lives,
  e.event_id AS event_id
FROM told s
JOIN event_row e ON e.event_id = s.event_id
JOIN comm_dict c ON c.comm_id = e.comm_id
LEFT JOIN task t ON t.task_id = s.task_id
JOIN chosen k ON k.capture_id = e.capture_id
ORDER BY e.capture_id, e.event_id, s.kind
