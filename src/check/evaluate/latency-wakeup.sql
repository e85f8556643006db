-- From the wake-up to the switch to the task: the last wake-up since it was switched away (as the analysis sched has it).
WITH ran AS (SELECT event_id, ts, next_pid AS pid, next_comm AS comm FROM ev.sched_switch WHERE next_pid > 0),
ready AS (
  SELECT event_id, ts, task_pid AS pid, true AS woken FROM ev.sched_wakeup WHERE task_pid > 0
  UNION ALL SELECT event_id, ts, task_pid, true FROM ev.sched_wakeup_new WHERE task_pid > 0
  UNION ALL SELECT event_id, ts, prev_pid, false FROM ev.sched_switch WHERE prev_pid > 0 AND prev_state LIKE 'R%'
),
away AS (SELECT event_id, prev_pid AS pid FROM ev.sched_switch WHERE prev_pid > 0)
SELECT r.ts - y.ts AS dur, e.line_no, r.comm
FROM ran r
ASOF JOIN ready y ON y.pid = r.pid AND r.event_id > y.event_id
ASOF LEFT JOIN away a ON a.pid = r.pid AND r.event_id > a.event_id
JOIN event_row e ON e.event_id = r.event_id
WHERE y.woken AND y.event_id >= coalesce(a.event_id, 0) AND $of::VARCHAR IS NOT NULL
