-- Which ends are told, as a sentence and as a chain: those by a signal first, then processes that exited by themselves.
SELECT v.task_id, v.death, t.exit_signal, task_label(t.comm, t.pid) AS title, v.verdict, v.confidence,
  n.lines
FROM verdict v
JOIN task t USING (task_id)
LEFT JOIN (
  SELECT p.task_id, string_agg(DISTINCT e.line_no::VARCHAR, ',') AS lines
  FROM (SELECT task_id, unnest(event_ids) AS event_id FROM verdict WHERE capture_id = $capture) p JOIN event_row e USING (event_id)
  GROUP BY p.task_id
) n USING (task_id)
LEFT JOIN signal s ON s.generate_event_id = t.killer_event_id
WHERE v.capture_id = $capture AND v.death IN ('killed', 'dumped', 'exited') AND NOT coalesce(t.thread, false)
  AND ($pid IS NULL OR t.pid = $pid OR s.sender_pid = $pid)
  AND coalesce(t.exit_ts, t.reaped_ts, 0) >= coalesce($since::BIGINT, coalesce(t.exit_ts, t.reaped_ts, 0))
  AND coalesce(t.exit_ts, t.reaped_ts, 0) <= coalesce($until::BIGINT, coalesce(t.exit_ts, t.reaped_ts, 0))
ORDER BY v.death = 'exited', coalesce(t.exit_ts, t.reaped_ts), v.task_id
