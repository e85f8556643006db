WITH row AS (
SELECT
  f.capture_id AS capture_id,
  f.open_ts AS ts,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  coalesce(rtrim(f.dir_path, '/') || '/' || f.path, f.path) || CASE WHEN f.path_cut THEN '… (cut off in the capture)' ELSE '' END AS path,
  'file' AS kind,
  f.fd AS fd,
  f.errno AS errno,
  f.flags_text AS flags_text,
  f.close_ts AS close_ts,
  CASE WHEN f.fd IS NULL OR f.exit_event_id IS NULL OR f.ended IS NOT NULL THEN f.ended
       WHEN t.death IN ('exited', 'killed', 'dumped') THEN 'exit' ELSE 'end of capture' END AS ended,
  CASE WHEN f.dir_path IS NULL THEN 'exact' ELSE 'inferred' END AS confidence,
  f.source AS source,
  e.line_no AS line_no,
  e.event_id AS event_id
FROM file f
JOIN task t USING (task_id)
JOIN event_row e ON e.event_id = coalesce(f.enter_event_id, f.path_event_id, f.exit_event_id)
UNION ALL
-- Descriptors of calls that open no path, named for what they are.
SELECT d.capture_id, s.exit_ts, t.pid, t.comm, NULL, d.kind, d.fd, NULL, NULL, c.ts,
  CASE WHEN d.ended IS NOT NULL THEN d.ended WHEN t.death IN ('exited', 'killed', 'dumped') THEN 'exit'
       WHEN d.since_event_id >= k.complete_from_event_id THEN 'end of capture' ELSE 'unknown' END, 'exact', n.name, e.line_no, e.event_id
FROM (FROM descriptor WHERE how = 'create' AND kind IS NOT NULL) d
JOIN (FROM syscall_row WHERE exit_event_id IN (SELECT since_event_id FROM descriptor WHERE how = 'create')) s ON s.exit_event_id = d.since_event_id
JOIN syscall_name n USING (syscall_id)
JOIN event_row e ON e.event_id = coalesce(s.enter_event_id, s.exit_event_id)
ASOF JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND s.exit_event_id >= l.from_event_id
JOIN task t ON t.task_id = l.task_id
JOIN coverage k ON k.capture_id = s.capture_id
LEFT JOIN event_row c ON d.ended = 'close' AND c.event_id = d.until_event_id
)
SELECT * EXCLUDE (event_id)
FROM row
ORDER BY capture_id, event_id
