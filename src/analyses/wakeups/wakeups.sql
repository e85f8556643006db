WITH woken AS (
  SELECT s.task_id, s.waker, s.waker_pid, s.waker_task_id, s.in_ts - s.wake_ts AS latency, s.confidence, w.line_no AS wake_line_no, i.line_no
  FROM sched s
  JOIN event_row i ON i.event_id = s.in_event_id
  JOIN event_row w ON w.event_id = s.wake_event_id
  WHERE ($since::BIGINT IS NULL OR w.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR w.ts <= $until::BIGINT)
)
SELECT
  t.capture_id AS capture_id,
  w.waker_pid::BIGINT AS waker_pid,
  k.comm AS waker_comm,
  coalesce(w.waker, 'unknown') AS waker,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  count(*) AS wakeups,
  quantile_disc(w.latency, 0.5) AS p50_wakeup_latency,
  quantile_disc(w.latency, 0.9) AS p90_wakeup_latency,
  quantile_disc(w.latency, 0.99) AS p99_wakeup_latency,
  max(w.latency) AS max_wakeup_latency,
  CASE WHEN bool_or(w.confidence = 'inferred') THEN 'inferred' ELSE 'exact' END AS confidence,
  first(w.line_no ORDER BY w.latency DESC, w.line_no) AS max_line_no,
  min(w.wake_line_no) AS line_no
FROM woken w
JOIN task t USING (task_id)
LEFT JOIN task k ON k.task_id = w.waker_task_id
WHERE $pid::BIGINT IS NULL OR $pid::BIGINT IN (t.pid, w.waker_pid)
GROUP BY w.waker_pid, w.waker, w.waker_task_id, k.comm, t.capture_id, t.task_id, t.pid, t.comm
ORDER BY t.capture_id, wakeups DESC, line_no, t.task_id
