SELECT
  f.open_ts AS ts,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  coalesce(rtrim(f.dir_path, '/') || '/' || f.path, f.path) || CASE WHEN f.path_cut THEN '… (cut off in the capture)' ELSE '' END AS path,
  f.fd AS fd,
  f.errno AS errno,
  f.flags_text AS flags_text,
  f.close_ts AS close_ts,
  CASE WHEN f.fd IS NULL OR f.exit_event_id IS NULL OR f.ended IS NOT NULL THEN f.ended
       WHEN t.death IN ('exited', 'killed', 'dumped') THEN 'exit' ELSE 'end of capture' END AS ended,
  CASE WHEN f.dir_path IS NULL THEN 'exact' ELSE 'inferred' END AS confidence,
  f.source AS source,
  e.line_no AS line_no
FROM file f
JOIN task t USING (task_id)
JOIN event_row e ON e.event_id = coalesce(f.enter_event_id, f.path_event_id, f.exit_event_id)
ORDER BY e.event_id
