-- sched: one row per turn of a task on a CPU, from the switch to it to the switch away from it, with what came before: the switch
-- away at the end of its turn before, and what woke it (kernel/sched/core.c, __schedule and try_to_wake_up, 2.6.33 to 6.12).
--
-- On a CPU the next sched_switch must be the one away from the task that runs; where another task leaves, a line is missing and
-- the end of the turn is not known. A break is a place where lines are known to be missing: nothing is told across it.
CREATE OR REPLACE TEMP TABLE switch_seen AS
SELECT event_id, ts, cpu, prev_pid::INTEGER AS prev_pid, prev_state, next_pid::INTEGER AS next_pid
FROM ev.sched_switch
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND prev_pid IS NOT NULL AND next_pid IS NOT NULL
  AND cpu IS NOT NULL;

CREATE OR REPLACE TEMP TABLE break_seen AS
SELECT e.event_id, l.cpu
FROM (FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'elided', 'line_too_big', 'buffer_started')) l
ASOF JOIN (FROM event_row WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')) e ON e.line_no >= l.line_no
UNION ALL
-- A task that runs where another was switched in: the switch between is missing.
SELECT h.event_id, nullif(e.cpu, -1) FROM hole h JOIN event_row e USING (event_id) WHERE h.kind LIKE 'a task runs%';

-- From which event on every place where lines are missing is known; NULL: some are missing nobody knows where. There two lines are
-- only taken together when they are less than 1 ms apart.
CREATE OR REPLACE TEMP TABLE trusted AS
SELECT coalesce(k.from_event_id, CASE WHEN c.records = c.entries_in_buffer
    AND NOT EXISTS (FROM loss l WHERE l.capture_id = c.capture_id AND l.kind NOT IN ('overwritten', 'buffer_started', 'lost'))
    AND EXISTS (FROM loss l WHERE l.capture_id = c.capture_id AND l.kind = 'lost') THEN getvariable('first_event') END) AS from_event_id
FROM complete k CROSS JOIN capture c WHERE c.capture_id = getvariable('capture_id');

CREATE OR REPLACE MACRO is_near(event_id, gap, trusted_from) AS coalesce(event_id >= trusted_from, false) OR coalesce(gap < 1000000, false);

CREATE OR REPLACE TEMP TABLE turn AS
WITH on_cpu AS (
  SELECT event_id, ts, cpu, prev_pid, prev_state, next_pid, false AS broken FROM switch_seen
  UNION ALL
  SELECT b.event_id, NULL, c.cpu, NULL, NULL, NULL, true
  FROM break_seen b JOIN (SELECT DISTINCT cpu FROM switch_seen) c ON c.cpu = coalesce(b.cpu, c.cpu)
),
beside AS (
  SELECT *, lead(event_id) OVER w AS end_event_id, lead(ts) OVER w AS end_ts, lead(prev_pid) OVER w AS end_pid, lead(prev_state) OVER w AS end_state,
    lag(next_pid) OVER w AS begin_pid
  FROM on_cpu WINDOW w AS (PARTITION BY cpu ORDER BY event_id, NOT broken)
)
SELECT next_pid AS pid, cpu, event_id AS in_event_id, ts AS in_ts, CASE WHEN ends THEN end_event_id END AS out_event_id,
  CASE WHEN ends THEN end_ts END AS out_ts, CASE WHEN ends THEN end_state END AS out_state, event_id AS at_event_id
FROM (
  SELECT b.*, b.end_pid = b.next_pid AND is_near(b.event_id, b.end_ts - b.ts, t.from_event_id) AS ends FROM beside b CROSS JOIN trusted t
) WHERE next_pid > 0
UNION ALL
-- On a CPU since before its first line, or since before a break.
SELECT prev_pid, cpu, NULL, NULL, event_id, ts, prev_state, event_id
FROM beside WHERE prev_pid > 0 AND begin_pid IS DISTINCT FROM prev_pid;

-- sched_waking is written where somebody asks for the wake-up, so its context is the waker. sched_wakeup is written where the task
-- is put on the run queue: by the waker, or by the CPU that takes it over, then in an interrupt or in the idle task.
CREATE OR REPLACE TEMP TABLE wake_seen AS
SELECT w.*, f.irq_context
FROM (
  SELECT event_id, ts, cpu, pid, task_pid::INTEGER AS task_pid, task_comm, 'waking' AS kind FROM ev.sched_waking WHERE task_pid > 0
  UNION ALL SELECT event_id, ts, cpu, pid, task_pid::INTEGER, task_comm, 'wakeup' FROM ev.sched_wakeup WHERE task_pid > 0 AND coalesce(success, 1) = 1
  UNION ALL SELECT event_id, ts, cpu, pid, task_pid::INTEGER, task_comm, 'new' FROM ev.sched_wakeup_new WHERE task_pid > 0
) w
JOIN event_row e USING (event_id) JOIN flags_dict f USING (flags_id)
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event');

-- The interrupt's own name, where its events are recorded: the innermost of them that has begun and not ended on that CPU.
CREATE OR REPLACE TEMP TABLE interrupt_seen AS
SELECT e.event_id, e.cpu, CASE n.name
    WHEN 'irq_handler_entry' THEN 'interrupt ' || regexp_replace(e.args, '^irq=(\d+) name=(.*)$', '\1 (\2)')
    WHEN 'softirq_entry' THEN 'softirq ' || regexp_extract(e.args, 'action=(\w+)', 1)
    WHEN 'hrtimer_expire_entry' THEN 'timer ' || regexp_extract(e.args, 'function=(\S+)', 1)
    WHEN 'timer_expire_entry' THEN 'timer ' || regexp_extract(e.args, 'function=(\S+)', 1)
    WHEN 'local_timer_entry' THEN 'the timer interrupt' END AS what
FROM event_row e JOIN name_dict n USING (name_id)
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.cpu >= 0
  AND n.name IN ('irq_handler_entry', 'irq_handler_exit', 'softirq_entry', 'softirq_exit', 'hrtimer_expire_entry', 'hrtimer_expire_exit',
                 'timer_expire_entry', 'timer_expire_exit', 'local_timer_entry', 'local_timer_exit');

CREATE OR REPLACE TEMP TABLE turn_joined AS
WITH own AS (
  SELECT *, lag(out_event_id) OVER w AS off_id, lag(out_ts) OVER w AS off_at, lag(out_state) OVER w AS off_how,
    lag(at_event_id) OVER w AS before_id, lag(in_event_id) OVER w AS before_in_id
  FROM turn WINDOW w AS (PARTITION BY pid ORDER BY at_event_id)
),
lives AS (
  SELECT o.*, l.task_id, l.from_event_id
  FROM own o ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = o.pid AND o.at_event_id >= l.from_event_id
),
-- A task does nothing while it is off the CPU: a line of its own between the two switches shows that more is missing.
acted AS (
  SELECT t.in_event_id, e.event_id
  FROM (FROM turn WHERE in_event_id IS NOT NULL) t
  ASOF JOIN (
    SELECT event_id, pid FROM event_row
    WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND (SELECT from_event_id IS DISTINCT FROM getvariable('first_event') FROM complete)
  ) e ON e.pid = t.pid AND t.in_event_id > e.event_id
),
gone AS (
  SELECT v.*, coalesce(b.event_id, -1) AS break_id,
    CASE WHEN v.off_id > coalesce(b.event_id, -1) AND v.off_id >= v.from_event_id AND v.off_id >= coalesce(a.event_id, v.off_id)
           AND is_near(v.off_id, v.in_ts - v.off_at, d.from_event_id) THEN v.off_id END AS off_event_id
  FROM lives v
  ASOF LEFT JOIN break_seen b ON v.at_event_id > b.event_id
  LEFT JOIN acted a ON a.in_event_id = v.in_event_id
  CROSS JOIN trusted d
),
waking AS (SELECT event_id, task_pid, lag(event_id) OVER (PARTITION BY task_pid ORDER BY event_id) AS earlier_id FROM wake_seen WHERE kind = 'waking'),
woken AS (
  SELECT g.*, k.event_id AS waking_id, k.earlier_id, u.event_id AS wakeup_id, n.event_id AS new_id,
    -- Nothing older than the last turn, the last break or this life can have woken it now.
    greatest(coalesce(g.before_in_id, g.before_id, -1), g.break_id, g.from_event_id - 1) AS floor_id
  FROM gone g
  ASOF LEFT JOIN waking k ON k.task_pid = g.pid AND g.in_event_id > k.event_id
  ASOF LEFT JOIN (FROM wake_seen WHERE kind = 'wakeup') u ON u.task_pid = g.pid AND g.in_event_id > u.event_id
  ASOF LEFT JOIN (FROM wake_seen WHERE kind = 'new') n ON n.task_pid = g.pid AND g.in_event_id > n.event_id
)
SELECT *, CASE
    WHEN in_event_id IS NULL OR off_how LIKE 'R%' AND off_event_id IS NOT NULL THEN NULL
    -- It slept, and was woken after it had left the CPU.
    WHEN waking_id > coalesce(off_event_id, floor_id) AND (off_event_id IS NOT NULL OR before_id IS NULL) THEN waking_id
    -- Woken while it was still on its way off the CPU; the run queue took it afterwards.
    WHEN waking_id > floor_id AND wakeup_id > off_event_id THEN waking_id
    WHEN wakeup_id > coalesce(off_event_id, floor_id) AND (off_event_id IS NOT NULL OR before_id IS NULL)
      AND NOT EXISTS (FROM wake_seen WHERE kind = 'waking') THEN wakeup_id
    WHEN new_id > floor_id AND before_id IS NULL THEN new_id END AS wake_id,
  -- Woken twice without a turn between: a turn is missing.
  coalesce(earlier_id > off_event_id, false) AS doubtful
FROM woken;

CREATE OR REPLACE TEMP TABLE turn_before AS
SELECT t.* REPLACE (CASE WHEN is_near(t.wake_id, t.in_ts - w.ts, d.from_event_id) THEN t.wake_id END AS wake_id)
FROM turn_joined t LEFT JOIN wake_seen w ON w.event_id = t.wake_id CROSS JOIN trusted d;

INSERT INTO sched
WITH interrupted AS (
  SELECT w.event_id, i.what FROM (FROM wake_seen WHERE kind = 'waking' AND irq_context <> '.') w ASOF JOIN interrupt_seen i ON i.cpu = w.cpu AND w.event_id > i.event_id
),
told AS (
  SELECT t.*, w.ts AS wake_at, w.kind AS wake_kind, w.pid AS context_pid,
    CASE WHEN w.irq_context IS NULL THEN NULL
         -- Softirq threads are woken on the way out of an interrupt, when the flags show the task again (kernel/softirq.c, irq_exit).
         WHEN w.irq_context = '.' AND w.task_comm SIMILAR TO '(ksoftirqd|ktimers)/.*' THEN 'a softirq that was raised'
         WHEN w.irq_context = '.' THEN CASE WHEN w.pid > 0 THEN 'task' WHEN w.kind = 'waking' THEN 'idle' END
         -- An interrupt in which the run queue takes a task over says nothing of who asked for it.
         WHEN w.kind = 'wakeup' THEN NULL
         ELSE coalesce(i.what, CASE w.irq_context WHEN 's' THEN 'a softirq' WHEN 'h' THEN 'an interrupt' WHEN 'H' THEN 'an interrupt' ELSE 'an NMI' END) END AS waker
  FROM turn_before t
  LEFT JOIN wake_seen w ON w.event_id = t.wake_id
  LEFT JOIN interrupted i ON i.event_id = t.wake_id
),
named AS (
  SELECT t.*, CASE WHEN t.waker = 'task' THEN t.context_pid END AS waker_pid
  FROM told t
)
SELECT getvariable('capture_id'), n.task_id, n.pid, n.cpu, n.in_event_id, n.in_ts, n.out_event_id, n.out_ts, n.out_state,
  CASE WHEN NOT n.doubtful THEN n.off_event_id END, CASE WHEN NOT n.doubtful AND n.off_event_id IS NOT NULL THEN n.off_at END,
  CASE WHEN NOT n.doubtful AND n.off_event_id IS NOT NULL THEN n.off_how END,
  n.wake_id, n.wake_at, n.waker, n.waker_pid, p.task_id, n.at_event_id,
  CASE WHEN NOT n.doubtful AND n.off_event_id IS NOT NULL THEN n.before_id END,
  CASE WHEN q.out_event_id IS NULL OR q.out_event_id >= n.wake_id THEN q.at_event_id END,
  CASE WHEN coalesce(coalesce(n.off_event_id, n.wake_id, n.at_event_id) >= k.from_event_id, false) AND n.wake_kind IS DISTINCT FROM 'wakeup' THEN 'exact' ELSE 'inferred' END
FROM named n
CROSS JOIN complete k
ASOF LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) p ON p.pid = n.waker_pid AND n.wake_id >= p.from_event_id
ASOF LEFT JOIN turn q ON q.pid = n.waker_pid AND n.wake_id >= coalesce(q.in_event_id, -1)
ORDER BY n.at_event_id
