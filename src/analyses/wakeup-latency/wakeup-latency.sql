-- Each quantile is a wake-up that happened: the smallest latency that so many of all do not exceed.
WITH measured AS (
  SELECT s.capture_id, s.task_id, s.in_event_id, s.wake_event_id, s.in_ts - s.wake_ts AS latency, s.confidence, s.waker, s.waker_pid, s.waker_task_id,
    row_number() OVER (PARTITION BY s.capture_id ORDER BY s.in_ts - s.wake_ts, s.in_event_id) AS place,
    count(*) OVER (PARTITION BY s.capture_id) AS wakeups
  FROM sched s WHERE s.in_ts >= s.wake_ts AND s.in_event_id IS NOT NULL
    AND ($pid::BIGINT IS NULL OR s.task_id IN (SELECT task_id FROM task WHERE pid = $pid::BIGINT))
    AND ($since::BIGINT IS NULL OR s.in_ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR s.in_ts <= $until::BIGINT)
),
wanted AS (SELECT unnest([0, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1])::DOUBLE AS quantile)
SELECT
  m.capture_id AS capture_id,
  q.quantile AS quantile,
  m.latency AS wakeup_latency,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  coalesce(CASE WHEN m.waker_pid IS NULL THEN m.waker ELSE task_label(k.comm, m.waker_pid) END, 'unknown') AS waker,
  m.wakeups AS wakeups,
  m.confidence AS confidence,
  w.line_no AS wake_line_no,
  i.line_no AS line_no
FROM wanted q
JOIN measured m ON m.place = greatest(1, ceil(q.quantile * m.wakeups))
JOIN task t USING (task_id)
LEFT JOIN task k ON k.task_id = m.waker_task_id
JOIN event_row w ON w.event_id = m.wake_event_id
JOIN event_row i ON i.event_id = m.in_event_id
ORDER BY m.capture_id, q.quantile
