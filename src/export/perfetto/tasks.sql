-- Every life of a pid: its thread track, the process that it belongs to, and the line where it begins. Where the capture does not tell
-- the process, a task stands as its own.
WITH begun AS (
  SELECT t.*, coalesce(t.fork_event_id, t.first_event_id) AS begin_event_id FROM task t
  WHERE t.capture_id = getvariable('capture_id') AND t.pid > 0 AND (getvariable('only_pid') IS NULL OR t.pid = getvariable('only_pid'))
)
SELECT t.task_id::INTEGER AS task_id, t.pid::INTEGER AS pid, coalesce(t.tgid, t.pid)::INTEGER AS tgid, t.comm,
  coalesce(l.task_id, CASE WHEN t.tgid IS NULL OR t.tgid = t.pid THEN t.task_id END)::INTEGER AS process_task_id, p.comm AS process_comm,
  t.tgid IS NULL AS alone, known_ts(e.ts) AS ts, e.line_no::INTEGER AS line_no, t.fork_event_id IS NOT NULL AS forked,
  coalesce(t.fork_confidence, 'exact') AS confidence, t.parent_task_id::INTEGER AS parent_task_id, t.exec_path, v.verdict
FROM begun t
LEFT JOIN event_row e ON e.event_id = t.begin_event_id
LEFT JOIN verdict v ON v.task_id = t.task_id
ASOF LEFT JOIN life l ON l.capture_id = t.capture_id AND l.pid = t.tgid AND coalesce(t.first_event_id, t.begin_event_id) >= l.from_event_id
LEFT JOIN task p ON p.task_id = l.task_id
ORDER BY t.task_id
