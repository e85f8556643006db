SELECT
  s.generate_ts AS ts,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  s.signal AS signal,
  s.sender_pid::BIGINT AS sender_pid,
  s.sender_comm AS sender_comm,
  s.cause AS cause,
  s.generate_ts - c.ts AS send_dur,
  s.latency AS deliver_dur,
  coalesce(n.ts, t.exit_ts) - s.deliver_ts AS die_dur,
  t.zombie_dur AS zombie_dur,
  t.reaped_ts - coalesce(c.ts, s.generate_ts) AS total_dur,
  r.pid::BIGINT AS reaper_pid,
  v.verdict AS verdict,
  v.confidence AS confidence,
  c.line_no AS send_line_no,
  g.line_no AS line_no,
  d.line_no AS deliver_line_no,
  n.line_no AS notify_line_no,
  w.line_no AS reap_line_no
FROM task t
JOIN signal s ON s.generate_event_id = t.killer_event_id
JOIN verdict v ON v.task_id = t.task_id
JOIN event_row g ON g.event_id = s.generate_event_id
LEFT JOIN event_row c ON c.event_id = s.syscall_event_id AND s.syscall_event_id < s.generate_event_id
LEFT JOIN event_row d ON d.event_id = s.deliver_event_id
LEFT JOIN event_row n ON n.event_id = t.notify_event_id
LEFT JOIN event_row w ON w.event_id = t.reap_event_id
LEFT JOIN task r ON r.task_id = t.reaper_task_id
WHERE NOT coalesce(t.thread, false)
ORDER BY s.generate_event_id, t.task_id
