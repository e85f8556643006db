-- Processes whose name matches, one row each. Times that the capture does not show are NULL.
SELECT t.task_id, t.pid, t.comm, t.death, t.exit_code, CASE WHEN t.exit_signal > 0 THEN signal_name(t.exit_signal) END AS exit_signal,
  CASE WHEN t.reap_event_id IS NOT NULL THEN true
       WHEN EXISTS (FROM signal s WHERE s.generate_event_id = t.notify_event_id AND s.result = 'ignored') THEN NULL
       WHEN t.exit_ts IS NOT NULL THEN false END AS reaped,
  t.zombie_dur AS zombie,
  t.exit_ts - coalesce(t.fork_ts, f.ts) AS lifetime,
  coalesce(d.line_no, f.line_no, k.line_no) AS line_no
FROM task t
LEFT JOIN event_row d ON d.event_id = coalesce(t.death_event_id, t.notify_event_id, t.exit_event_id, t.reap_event_id)
LEFT JOIN event_row f ON f.event_id = t.first_event_id
LEFT JOIN event_row k ON k.event_id = t.fork_event_id
WHERE NOT coalesce(t.thread, false) AND t.pid > 0 AND regexp_full_match(t.comm, $comm)
