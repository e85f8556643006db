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
seen AS (
  SELECT l.task_id, p.ts - lag(p.ts) OVER (PARTITION BY l.task_id ORDER BY p.event_id) AS pause
  FROM place p
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = p.pid AND p.event_id >= l.from_event_id
)
SELECT DISTINCT task_id FROM seen WHERE pause > (SELECT min(pause) // 4 FROM born)
