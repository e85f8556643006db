SELECT
  t.capture_id AS capture_id,
  coalesce(t.exit_ts, t.reaped_ts) AS ts,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  t.death AS death,
  t.exit_code::BIGINT AS exit_code,
  signal_name(t.exit_signal) AS signal,
  s.sender_pid::BIGINT AS sender_pid,
  s.sender_comm AS sender_comm,
  s.cause AS cause,
  v.verdict AS verdict,
  v.confidence AS confidence,
  e.line_no AS line_no
FROM task t
JOIN verdict v USING (task_id)
LEFT JOIN signal s ON s.generate_event_id = t.killer_event_id
LEFT JOIN event_row e ON e.event_id = coalesce(t.death_event_id, t.notify_event_id, t.exit_event_id, t.reap_event_id)
WHERE t.death <> 'alive' AND coalesce(t.exit_ts, t.reaped_ts) IS NOT NULL AND NOT coalesce(t.thread, false)
  AND ($death::VARCHAR IS NULL OR t.death = $death::VARCHAR)
  AND ($signal::VARCHAR IS NULL OR signal_name(t.exit_signal) = $signal::VARCHAR)
ORDER BY t.capture_id, coalesce(t.exit_ts, t.reaped_ts), t.task_id
