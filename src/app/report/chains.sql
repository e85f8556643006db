-- Which ends are told, as a sentence and as a chain: those by a signal first, then processes that exited by themselves.
SELECT v.task_id, v.death, task_label(t.comm, t.pid) AS title, v.verdict, v.confidence,
  (SELECT string_agg(DISTINCT e.line_no::VARCHAR, ',') FROM event_row e WHERE list_contains(v.event_ids, e.event_id)) AS lines
FROM verdict v
JOIN task t USING (task_id)
WHERE v.capture_id = $capture AND v.death IN ('killed', 'dumped', 'exited') AND NOT coalesce(t.thread, false)
ORDER BY v.death = 'exited', coalesce(t.exit_ts, t.reaped_ts), v.task_id
