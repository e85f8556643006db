-- Where signals are generated, a delivery without its signal_generate may belong to one that is counted.
WITH generated AS (SELECT capture_id, bool_or(generate_event_id IS NOT NULL) AS shown FROM signal GROUP BY capture_id)
SELECT
  s.capture_id AS capture_id,
  s.sender_pid::BIGINT AS sender_pid,
  any_value(s.sender_comm) AS sender_comm,
  s.target_pid::BIGINT AS target_pid,
  any_value(s.target_comm) AS target_comm,
  s.signal AS signal,
  s.cause AS cause,
  count(*) FILTER (s.generate_event_id IS NOT NULL OR NOT g.shown) AS signals,
  count(*) FILTER (s.deliver_event_id IS NOT NULL) AS delivered,
  count(*) FILTER (s.result = 'ignored') AS ignored,
  avg(s.latency)::BIGINT AS avg_latency,
  max(s.latency) AS max_latency,
  min(e.line_no) AS line_no
FROM signal s
JOIN generated g USING (capture_id)
JOIN event_row e ON e.event_id = coalesce(s.generate_event_id, s.deliver_event_id)
WHERE ($sender::VARCHAR IS NULL OR s.sender_pid::VARCHAR = $sender::VARCHAR OR s.sender_comm = $sender::VARCHAR)
  AND ($target::VARCHAR IS NULL OR s.target_pid::VARCHAR = $target::VARCHAR OR s.target_comm = $target::VARCHAR)
  AND ($signal::VARCHAR IS NULL OR s.signal = $signal::VARCHAR)
  AND ($cause::VARCHAR IS NULL OR s.cause = $cause::VARCHAR)
  AND ($pid::BIGINT IS NULL OR $pid::BIGINT IN (s.sender_pid, s.target_pid))
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY s.capture_id, s.sender_pid, s.target_pid, s.signal, s.cause
ORDER BY s.capture_id, signals DESC, line_no
