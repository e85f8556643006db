-- file: each open of a path, with the end of the descriptor that it returned.
INSERT INTO file
WITH shown AS (SELECT count(*) > 0 AS closes FROM fd_call WHERE way = 'close'),
-- A descriptor stayed open where the capture records closes, and none is missing.
ends AS (
  SELECT event_id, ended, CASE WHEN ended = 'close' THEN until_event_id END AS close_event_id FROM fd_end WHERE op = 'open'
)
SELECT getvariable('capture_id'), o.task_id, o.path, CASE WHEN o.value >= 0 THEN o.value END, open_flags_text(o.flags),
  o.open_ts, c.enter_ts, o.value, errno_name(syscall_errno(o.ret)), o.source, o.cut,
  o.enter_event_id, o.exit_event_id, o.path_event_id, n.close_event_id,
  CASE WHEN n.ended IS NOT NULL OR o.value < 0 THEN n.ended WHEN s.closes AND n.event_id >= k.from_event_id THEN NULL ELSE 'unknown' END, p.dir_path
FROM opened o
LEFT JOIN ends n ON n.event_id = o.exit_event_id
LEFT JOIN fd_call c ON c.enter_event_id = n.close_event_id
LEFT JOIN open_place p ON p.exit_event_id = o.exit_event_id
CROSS JOIN shown s CROSS JOIN complete k
