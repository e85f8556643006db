SELECT
  s.capture_id AS capture_id,
  coalesce(s.generate_ts, s.deliver_ts) AS ts,
  s.signal AS signal,
  s.sender_pid::BIGINT AS sender_pid,
  s.sender_comm AS sender_comm,
  s.target_pid::BIGINT AS target_pid,
  s.target_comm AS target_comm,
  s.cause AS cause,
  s.result AS result,
  CASE WHEN s.deliver_event_id IS NOT NULL THEN 'delivered'
       WHEN s.taken_event_id IS NOT NULL THEN 'taken'
       WHEN s.result IN ('ignored', 'already_pending', 'overflow_fail') THEN 'dropped'
       ELSE 'not shown' END AS arrival,
  s.code_name AS code_name,
  s.disposition AS disposition,
  s.latency AS latency,
  s.evidence AS evidence,
  s.confidence AS confidence,
  g.line_no AS line_no,
  d.line_no AS deliver_line_no
FROM signal s
LEFT JOIN event_row g ON g.event_id = s.generate_event_id
LEFT JOIN event_row d ON d.event_id = s.deliver_event_id
WHERE ($sender::VARCHAR IS NULL OR s.sender_pid::VARCHAR = $sender::VARCHAR OR s.sender_comm = $sender::VARCHAR)
  AND ($target::VARCHAR IS NULL OR s.target_pid::VARCHAR = $target::VARCHAR OR s.target_comm = $target::VARCHAR)
  AND ($signal::VARCHAR IS NULL OR s.signal = $signal::VARCHAR)
  AND ($cause::VARCHAR IS NULL OR s.cause = $cause::VARCHAR)
ORDER BY s.capture_id, coalesce(s.generate_event_id, s.deliver_event_id), s.target_pid
