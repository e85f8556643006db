-- A task runs from the switch to it until the next switch on that CPU, which must be the switch away from it: otherwise a line
-- is missing and the time is not known. It waits runnable from its wake-up, or from being preempted, until the switch to it.
WITH turn AS (
  SELECT event_id, ts, cpu, prev_pid, prev_state, next_pid, next_comm,
    lead(ts) OVER w AS end_ts, lead(prev_pid) OVER w AS end_pid, lead(prev_state) OVER w AS end_state
  FROM ev.sched_switch WINDOW w AS (PARTITION BY cpu ORDER BY event_id)
),
ran AS (
  SELECT event_id, ts, next_pid AS pid, next_comm AS comm, CASE WHEN end_pid = next_pid THEN end_ts - ts END AS dur,
    CASE WHEN end_pid = next_pid THEN end_state END AS end_state
  FROM turn WHERE next_pid > 0
),
ready AS (
  SELECT event_id, ts, task_pid AS pid, true AS woken FROM ev.sched_wakeup WHERE task_pid > 0
  UNION ALL SELECT event_id, ts, task_pid, true FROM ev.sched_wakeup_new WHERE task_pid > 0
  UNION ALL SELECT event_id, ts, prev_pid, false FROM ev.sched_switch WHERE prev_pid > 0 AND prev_state LIKE 'R%'
),
away AS (SELECT event_id, prev_pid AS pid FROM ev.sched_switch WHERE prev_pid > 0),
waited AS (
  SELECT r.*, CASE WHEN y.event_id >= coalesce(a.event_id, 0) THEN r.ts - y.ts END AS wait_dur, y.woken
  FROM ran r
  ASOF LEFT JOIN ready y ON y.pid = r.pid AND r.event_id > y.event_id
  ASOF LEFT JOIN away a ON a.pid = r.pid AND r.event_id > a.event_id
)
SELECT
  w.pid::BIGINT AS pid,
  arg_max(w.comm, w.event_id) AS comm,
  count(*) AS turns,
  sum(w.dur)::BIGINT AS run_dur,
  max(w.dur) AS max_run_dur,
  sum(w.wait_dur)::BIGINT AS runnable_dur,
  quantile_disc(w.wait_dur, 0.5) FILTER (w.woken) AS p50_wakeup_latency,
  quantile_disc(w.wait_dur, 0.99) FILTER (w.woken) AS p99_wakeup_latency,
  max(w.wait_dur) FILTER (w.woken) AS max_wakeup_latency,
  count(*) FILTER (w.end_state LIKE 'R%') AS preempted,
  count(*) FILTER (w.end_state LIKE 'D%') AS uninterruptible,
  first(e.line_no ORDER BY w.wait_dur DESC, e.line_no) FILTER (w.woken AND w.wait_dur IS NOT NULL) AS max_line_no,
  min(e.line_no) AS line_no
FROM waited w JOIN event_row e USING (event_id)
GROUP BY w.pid
ORDER BY run_dur DESC NULLS LAST, w.pid
