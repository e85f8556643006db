-- A task is ready from its wake-up, or from a switch away that it did not ask for, until the switch to it. Times whose begin or
-- end the capture does not show are left out.
WITH timed AS (
  SELECT s.*, s.out_ts - s.in_ts AS run, s.in_ts - s.wake_ts AS wakeup,
    s.in_ts - coalesce(s.wake_ts, CASE WHEN s.off_state LIKE 'R%' THEN s.off_ts END) AS runnable,
    s.wake_ts - s.off_ts AS away
  FROM sched s
)
SELECT
  t.capture_id AS capture_id,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  count(s.in_event_id) AS turns,
  sum(s.run)::BIGINT AS run_dur,
  max(s.run) AS max_run_dur,
  sum(s.runnable)::BIGINT AS runnable_dur,
  sum(s.away) FILTER (s.off_state NOT SIMILAR TO '[DTt].*')::BIGINT AS sleep_dur,
  sum(s.away) FILTER (s.off_state LIKE 'D%')::BIGINT AS uninterruptible_dur,
  sum(s.away) FILTER (s.off_state SIMILAR TO '[Tt].*')::BIGINT AS stopped_dur,
  count(s.wakeup) AS wakeups,
  quantile_disc(s.wakeup, 0.5) AS p50_wakeup_latency,
  quantile_disc(s.wakeup, 0.9) AS p90_wakeup_latency,
  quantile_disc(s.wakeup, 0.99) AS p99_wakeup_latency,
  max(s.wakeup) AS max_wakeup_latency,
  count(*) FILTER (s.out_state LIKE 'R%') AS preempted,
  count(*) FILTER (s.out_state LIKE 'D%') AS uninterruptible,
  CASE WHEN bool_or(s.confidence = 'inferred') THEN 'inferred' ELSE 'exact' END AS confidence,
  first(e.line_no ORDER BY s.wakeup DESC, e.line_no) FILTER (s.wakeup IS NOT NULL) AS max_line_no,
  min(e.line_no) AS line_no,
  t.task_id AS task_id
FROM timed s
JOIN task t USING (task_id)
JOIN event_row e ON e.event_id = s.turn_event_id
WHERE ($pid::BIGINT IS NULL OR t.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY t.capture_id, t.task_id, t.pid, t.comm
HAVING turns > 0
ORDER BY t.capture_id, run_dur DESC NULLS LAST, t.task_id
