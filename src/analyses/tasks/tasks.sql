SELECT
  t.pid::BIGINT AS pid,
  t.tgid::BIGINT AS tgid,
  t.comm AS comm,
  p.pid::BIGINT AS parent_pid,
  p.comm AS parent_comm,
  t.fork_ts AS fork_ts,
  t.exec_path AS exec_path,
  t.exit_ts AS exit_ts,
  t.death AS death,
  t.exit_code::BIGINT AS exit_code,
  signal_name(t.exit_signal) AS exit_signal,
  t.zombie_dur AS zombie_dur,
  r.pid::BIGINT AS reaper_pid,
  f.line_no AS line_no,
  t.task_id AS task_id
FROM task t
LEFT JOIN task p ON p.task_id = t.parent_task_id
LEFT JOIN task r ON r.task_id = t.reaper_task_id
LEFT JOIN event_row f ON f.event_id = coalesce(t.fork_event_id, t.first_event_id)
ORDER BY coalesce(t.fork_event_id, t.first_event_id, 9223372036854775807), t.task_id
