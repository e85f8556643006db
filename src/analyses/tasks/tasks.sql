-- Children stand below their parent, each life of a pid is a task of its own.
WITH RECURSIVE born AS (
  SELECT t.*, coalesce(t.fork_event_id, t.first_event_id, 9223372036854775807) AS place,
    row_number() OVER (PARTITION BY t.capture_id, t.pid ORDER BY l.from_event_id) AS life, count(*) OVER (PARTITION BY t.capture_id, t.pid) AS lives
  FROM task t JOIN life l USING (task_id)
),
-- The way from the root: places and ids of all ancestors. A parent is always born before.
tree AS (
  SELECT task_id, 0 AS depth, [place, task_id] AS way FROM born WHERE parent_task_id IS NULL
  UNION ALL
  SELECT b.task_id, t.depth + 1, t.way || [b.place, b.task_id] FROM tree t JOIN born b ON b.parent_task_id = t.task_id
)
SELECT
  b.capture_id AS capture_id,
  b.pid::BIGINT AS pid,
  b.tgid::BIGINT AS tgid,
  b.comm AS comm,
  repeat('  ', coalesce(r.depth, 0)::INTEGER) || task_label(b.comm, b.pid) || CASE WHEN b.thread THEN ' (thread)' ELSE '' END AS tree,
  b.death AS death,
  b.life AS life,
  b.lives AS lives,
  p.pid::BIGINT AS parent_pid,
  p.comm AS parent_comm,
  b.fork_ts AS fork_ts,
  b.exec_path AS exec_path,
  b.exit_ts AS exit_ts,
  b.exit_code::BIGINT AS exit_code,
  signal_name(b.exit_signal) AS exit_signal,
  b.zombie_dur AS zombie_dur,
  w.pid::BIGINT AS reaper_pid,
  f.line_no AS line_no,
  b.task_id AS task_id
FROM born b
LEFT JOIN tree r USING (task_id)
LEFT JOIN task p ON p.task_id = b.parent_task_id
LEFT JOIN task w ON w.task_id = b.reaper_task_id
LEFT JOIN event_row f ON f.event_id = coalesce(b.fork_event_id, b.first_event_id)
-- What is not known to lie outside a stretch of time is in it.
WHERE ($pid::BIGINT IS NULL OR $pid::BIGINT IN (b.pid, p.pid, w.pid))
  AND ($since::BIGINT IS NULL OR coalesce(b.reaped_ts, b.exit_ts, $since::BIGINT) >= $since::BIGINT)
  AND ($until::BIGINT IS NULL OR coalesce(b.fork_ts, known_ts(f.ts), $until::BIGINT) <= $until::BIGINT)
ORDER BY b.capture_id, coalesce(r.way, [b.place, b.task_id])
