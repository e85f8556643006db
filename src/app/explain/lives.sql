-- Every life that a pid or a name can mean, the most telling first: of a name those that were killed, then those that ended, the
-- latest first. life counts the lives of one pid in its capture, 1 is the first.
WITH numbered AS (
  SELECT l.task_id, l.pid, l.from_event_id, row_number() OVER (PARTITION BY l.capture_id, l.pid ORDER BY l.from_event_id) AS life,
    count(*) OVER (PARTITION BY l.capture_id, l.pid) AS lives
  FROM life l WHERE $pid::BIGINT IS NULL OR l.pid = $pid::BIGINT
)
SELECT t.capture_id, t.task_id, t.pid::BIGINT AS pid, t.comm, n.life, n.lives, t.death, f.line_no
FROM task t
JOIN numbered n USING (task_id)
LEFT JOIN event_row f ON f.event_id = coalesce(t.fork_event_id, t.first_event_id)
WHERE t.pid IS NOT DISTINCT FROM coalesce($pid::BIGINT, t.pid) AND ($comm::VARCHAR IS NULL OR t.comm = $comm::VARCHAR)
  AND ($life::BIGINT IS NULL OR n.life = $life::BIGINT)
ORDER BY t.death IN ('killed', 'dumped') AND $comm::VARCHAR IS NOT NULL DESC, t.exit_ts IS NOT NULL DESC,
  coalesce(t.exit_event_id, t.notify_event_id, t.death_event_id, t.last_event_id) DESC, t.task_id DESC
