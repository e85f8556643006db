-- Lives that may be two: lines are missing, pids are given away again, and the pid is silent for longer than it takes until one
-- comes up again. What such a life was is not told.
INSERT INTO blurred
WITH place AS (
  SELECT pid, event_id, ts FROM event_row WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND pid > 0
  UNION ALL SELECT child_pid, event_id, ts FROM fork_seen
  UNION ALL SELECT target_pid, event_id, ts FROM generate_seen WHERE target_pid > 0
  UNION ALL
  SELECT s.ret::BIGINT::INTEGER, s.exit_event_id, s.exit_ts FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('wait4', 'waitpid') AND s.ret BETWEEN 1 AND 2147483647
),
born AS (
  SELECT l.pid, e.ts - lag(e.ts) OVER (PARTITION BY l.pid ORDER BY l.from_event_id) AS pause
  FROM life l JOIN event_row e ON e.event_id = l.from_event_id WHERE l.capture_id = getvariable('capture_id')
),
silent AS (
  SELECT pid, event_id, lag(event_id) OVER w AS since, ts - lag(ts) OVER w AS pause FROM place WINDOW w AS (PARTITION BY pid ORDER BY event_id)
  QUALIFY pause > (SELECT min(pause) // 4 FROM born)
)
SELECT DISTINCT l.task_id
FROM silent s ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.event_id >= l.from_event_id
WHERE s.since >= l.from_event_id
