-- Signals by second of the capture. A second counts as a storm from 20 signals on and twice the capture's own average. A capture
-- without time is one stretch (second -1).
WITH sent AS (
  SELECT s.capture_id, CASE c.time_unit WHEN 'none' THEN -1 ELSE (s.generate_ts - c.first_ts) // 1000000000 END AS second, c.first_ts, s.signal, s.sender_pid, s.target_pid, e.line_no,
    coalesce(task_label(s.sender_comm, s.sender_pid), CASE s.cause WHEN 'unknown' THEN 'an unknown sender' ELSE cause_text(s.cause) END) AS sender, coalesce(task_label(s.target_comm, s.target_pid), 'no task') AS target
  FROM signal s JOIN capture c USING (capture_id) JOIN event_row e ON e.event_id = s.generate_event_id
  WHERE c.time_unit IN ('us', 'ns', 'none') AND ($pid::BIGINT IS NULL OR $pid::BIGINT IN (s.sender_pid, s.target_pid))
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
per_second AS (
  SELECT capture_id, second, first_ts, count(*) AS signals, count(DISTINCT sender_pid) AS senders, count(DISTINCT target_pid) AS targets,
    mode(signal) AS top_signal, min(line_no) AS line_no
  FROM sent GROUP BY capture_id, second, first_ts
),
pair AS (
  SELECT capture_id, second, sender, target, count(*) AS signals,
    row_number() OVER (PARTITION BY capture_id, second ORDER BY count(*) DESC, min(line_no)) AS place
  FROM sent GROUP BY capture_id, second, sender, target
),
top AS (
  SELECT capture_id, second, arg_min(sender, place) AS top_sender, arg_min(target, place) AS top_target, max(signals) AS top_signals,
    string_agg(sender || ' to ' || target || ' ' || signals || ' times', ', ' ORDER BY place) FILTER (place <= 3) AS top_pairs
  FROM pair GROUP BY capture_id, second
),
usual AS (SELECT capture_id, sum(signals) / (max(second) + 1) AS rate FROM per_second GROUP BY capture_id)
SELECT
  p.capture_id AS capture_id,
  CASE WHEN p.second >= 0 THEN p.first_ts + p.second * 1000000000 END AS ts,
  p.signals AS signals,
  p.senders AS senders,
  p.targets AS targets,
  p.top_signal AS top_signal,
  t.top_sender AS top_sender,
  t.top_target AS top_target,
  t.top_signals AS top_signals,
  t.top_pairs AS top_pairs,
  p.line_no AS line_no
FROM per_second p JOIN top t USING (capture_id, second) JOIN usual u USING (capture_id)
WHERE p.signals >= 20 AND (p.second < 0 OR p.signals >= 2 * u.rate)
ORDER BY p.capture_id, p.signals DESC, p.first_ts + p.second * 1000000000, p.line_no
