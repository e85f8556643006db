SELECT
  c.capture_id AS capture_id,
  known_ts(e.ts) AS ts,
  c.pid::BIGINT AS pid,
  d.comm AS comm,
  c.depth AS depth,
  repeat('  ', least(coalesce(c.depth, 0), 40)) || c.function AS call,
  c.args AS args,
  CASE WHEN c.return_event_id IS NOT NULL THEN coalesce(c.ret, '') END AS ret,
  c.errno AS errno,
  c.dur AS dur,
  c.caller AS caller,
  c.context AS context,
  c.confidence AS confidence,
  pe.line_no AS parent_line_no,
  r.line_no AS return_line_no,
  e.line_no AS line_no
FROM call c
JOIN event_row e ON e.event_id = coalesce(c.entry_event_id, c.return_event_id)
JOIN comm_dict d USING (comm_id)
LEFT JOIN event_row r ON r.event_id = c.return_event_id
LEFT JOIN event_row pe ON pe.event_id = c.parent_event_id
WHERE ($function::VARCHAR IS NULL OR c.function = $function::VARCHAR) AND ($pid::BIGINT IS NULL OR c.pid = $pid::BIGINT)
ORDER BY c.capture_id, c.pid, e.event_id
