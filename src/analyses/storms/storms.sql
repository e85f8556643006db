-- Signals by second of the capture. A second counts as a storm from 20 signals on and twice the capture's own average.
WITH sent AS (
  SELECT s.capture_id, (s.generate_ts - c.first_ts) // 1000000000 AS second, c.first_ts, s.signal, s.sender_pid, s.sender_comm, s.target_pid, s.target_comm, e.line_no
  FROM signal s JOIN capture c USING (capture_id) JOIN event_row e ON e.event_id = s.generate_event_id
  WHERE c.time_unit IN ('us', 'ns')
),
per_second AS (
  SELECT capture_id, second, first_ts, count(*) AS signals, count(DISTINCT sender_pid) AS senders, count(DISTINCT target_pid) AS targets,
    mode(signal) AS top_signal, min(line_no) AS line_no
  FROM sent GROUP BY ALL
),
pair AS (
  SELECT capture_id, second, arg_max(sender, n) AS top_sender, arg_max(target, n) AS top_target, max(n) AS top_signals
  FROM (SELECT capture_id, second, task_label(sender_comm, sender_pid) AS sender, task_label(target_comm, target_pid) AS target, count(*) AS n FROM sent GROUP BY ALL)
  GROUP BY ALL
),
usual AS (SELECT capture_id, sum(signals) / (max(second) + 1) AS rate FROM per_second GROUP BY capture_id)
SELECT
  p.first_ts + p.second * 1000000000 AS ts,
  p.signals AS signals,
  p.senders AS senders,
  p.targets AS targets,
  p.top_signal AS top_signal,
  q.top_sender AS top_sender,
  q.top_target AS top_target,
  q.top_signals AS top_signals,
  p.line_no AS line_no
FROM per_second p JOIN pair q USING (capture_id, second) JOIN usual u USING (capture_id)
WHERE p.signals >= 20 AND p.signals >= 2 * u.rate
ORDER BY p.signals DESC, p.first_ts + p.second * 1000000000
