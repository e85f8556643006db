-- Is anything missing? The header's counts tell of what the kernel lost, not of what was cut from the text later. So lines are
-- also held against each other: a hole is a line without another one that must have been written, of a kind that the capture
-- otherwise records. What rests on the absence of lines holds only where nothing is missing.
CREATE OR REPLACE TEMP TABLE stacked AS
SELECT e.name_id, count(s.event_id) AS stacks, min(e.event_id) FILTER (s.event_id IS NULL) AS event_id
FROM event_row e LEFT JOIN event_stack s USING (event_id)
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
  AND e.name_id IN (SELECT e2.name_id FROM event_stack s2 JOIN event_row e2 USING (event_id)
                    WHERE e2.event_id BETWEEN getvariable('first_event') AND getvariable('last_event'))
GROUP BY e.name_id;

CREATE OR REPLACE TEMP TABLE hole AS
WITH
paired AS (
  SELECT syscall_id FROM syscall_row WHERE capture_id = getvariable('capture_id')
  GROUP BY syscall_id HAVING count(enter_event_id) > 0 AND count(exit_event_id) > 0
),
torn AS (
  SELECT coalesce(exit_event_id, enter_event_id) AS event_id, 'a system call without its other line, and the task goes on' AS kind
  FROM syscall_row SEMI JOIN paired USING (syscall_id) WHERE capture_id = getvariable('capture_id') AND torn
),
-- A stack trigger writes a stack for every event of its name.
bare AS (
  SELECT event_id, 'an event without the stack that the others of its name have' FROM stacked WHERE event_id IS NOT NULL
),
stray AS (
  SELECT (SELECT max(event_id) FROM event_row e WHERE e.capture_id = i.capture_id AND e.line_no <= i.line_no), 'a stack without its event'
  FROM import_issue i
  WHERE i.capture_id = getvariable('capture_id') AND i.code IN ('orphan_stack', 'orphan_frame')
),
-- task_newtask and sched_process_fork are written by the same clone.
half_born AS (
  SELECT min(event_id), 'one of the two events of a fork' FROM fork_seen
  WHERE (SELECT count(DISTINCT kind) FROM fork_seen) = 2
  GROUP BY child_pid, parent_pid HAVING count(*) FILTER (kind = 'fork') <> count(*) FILTER (kind = 'newtask')
),
unseen_fork AS (
  SELECT exit_event_id, 'a clone that returned a child, without the event of its fork' FROM return_seen
  WHERE EXISTS (FROM fork_seen)
  UNION ALL
  SELECT c.event_id, 'the first return of a child, without the event of its fork' FROM child_return c
  WHERE EXISTS (FROM fork_seen) AND NOT EXISTS (FROM fork_seen f WHERE f.child_pid = c.pid AND f.event_id < c.event_id)
),
first_sent AS (SELECT sig, min(event_id) AS event_id FROM generate_seen GROUP BY sig),
-- A new task has no signal pending.
unsent AS (
  SELECT d.event_id, 'a delivered signal that was not generated' FROM deliver_seen d LEFT JOIN first_sent g USING (sig)
  WHERE d.sig <> 9 AND EXISTS (FROM generate_seen)
    AND d.pid IN (SELECT child_pid FROM fork_seen WHERE coalesce(clone_flags, 0) & 65536 = 0)
    AND coalesce(g.event_id > d.event_id, true)
),
unended AS (
  SELECT g.event_id, 'the parent was told of an exit that is not in the capture' FROM generate_seen g
  WHERE g.code IN (1, 2, 3) AND g.sig = 17 AND g.target_pid <> g.pid AND EXISTS (FROM exit_seen)
    AND NOT EXISTS (FROM exit_seen x WHERE x.pid = g.pid)
),
-- Who was sent a signal takes no more of that number than were sent since. (One may have been pending when the capture began.)
overdrawn AS (
  SELECT min(event_id), 'a delivered signal that was not generated'
  FROM (
    SELECT event_id, pid, sig, sum(step) OVER (PARTITION BY pid, sig ORDER BY event_id) AS open
    FROM (
      SELECT *, min(event_id) FILTER (step = 1) OVER (PARTITION BY pid, sig) AS first_id
      FROM (
        SELECT event_id, target_pid AS pid, sig, 1 AS step FROM generate_seen WHERE coalesce(res, 0) IN (0, 4) AND target_pid IS NOT NULL
        UNION ALL SELECT event_id, pid, sig, -1 FROM deliver_seen WHERE sig <> 9
      )
    )
    WHERE event_id >= first_id
  )
  WHERE open < 0
  GROUP BY pid, sig
),
-- One of these alone may have its reason, as the comments say; two have none but missing lines.
suspect AS (
  -- Who tells of a death by signal took that signal before, or broke the rules of seccomp (kernel/seccomp.c). What a task tells last
  -- is its own end; before that it tells of zombies that it leaves behind.
  SELECT event_id
  FROM (
    SELECT pid, max(event_id) AS event_id, arg_max(code, event_id) AS code
    FROM generate_seen WHERE code IN (1, 2, 3) AND sig = 17 AND target_pid <> pid AND EXISTS (FROM deliver_seen) GROUP BY pid
  ) g
  LEFT JOIN (SELECT pid, min(event_id) AS first_id FROM deliver_seen WHERE sa_handler = 0 GROUP BY pid) d USING (pid)
  WHERE code IN (2, 3) AND coalesce(d.first_id > g.event_id, true)
  UNION ALL
  -- A signal that nobody was sent before was blocked when the capture began.
  SELECT min(d.event_id)
  FROM deliver_seen d LEFT JOIN first_sent g USING (sig)
  WHERE d.sig <> 9 AND EXISTS (FROM generate_seen) AND coalesce(g.event_id > d.event_id, true)
  GROUP BY d.pid, d.sig
  UNION ALL
  -- SIGKILL arrives at once, unless it was sent to a zombie.
  SELECT g.event_id
  FROM (FROM generate_seen WHERE sig = 9 AND coalesce(res, 0) = 0 AND EXISTS (FROM deliver_seen)) g
  ASOF LEFT JOIN (FROM deliver_seen WHERE sig = 9) d ON g.event_id < d.event_id
  WHERE coalesce(d.ts - g.ts, (SELECT max(ts) FROM generate_seen) - g.ts) > 500000000
),
suspicious AS (SELECT min(event_id), 'signals that do not fit together' FROM suspect HAVING count(*) > 1),
-- On one CPU, what runs is what was switched to last.
ran AS (
  SELECT e.event_id, e.cpu, e.pid, n.name = 'sched_switch' AS switches,
    CASE WHEN n.name = 'sched_switch' THEN TRY_CAST(regexp_extract(e.args, ' next_pid=(\d+) next_prio=-?\d+$', 1) AS INTEGER) END AS next_pid
  FROM event_row e JOIN name_dict n USING (name_id)
  WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.cpu >= 0 AND e.pid > 0
    AND EXISTS (FROM event_name WHERE capture_id = getvariable('capture_id') AND name = 'sched_switch')
    AND (n.name IN ('sched_switch', 'signal_generate', 'signal_deliver', 'sched_process_fork', 'sched_process_exec', 'sched_process_exit')
         OR n.kind IN ('syscall_enter', 'syscall_exit'))
),
idle AS (
  SELECT e.event_id, e.cpu, 0 AS pid, true AS switches,
    TRY_CAST(regexp_extract(e.args, ' next_pid=(\d+) next_prio=-?\d+$', 1) AS INTEGER) AS next_pid
  FROM event_row e JOIN name_dict n USING (name_id)
  WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.cpu >= 0 AND e.pid = 0 AND n.name = 'sched_switch'
),
switched AS (
  SELECT event_id, cpu, next_pid FROM ran WHERE switches
  UNION ALL SELECT event_id, cpu, next_pid FROM idle
  -- A thread that execs goes on under its leader's pid.
  UNION ALL SELECT x.event_id, e.cpu, x.pid FROM exec_seen x JOIN event_row e USING (event_id)
),
-- A thread that execs has its leader's pid before the event of the exec is written.
swapped AS (SELECT pid, old_pid, event_id FROM exec_seen WHERE old_pid <> pid),
misplaced AS (
  SELECT r.event_id, 'a task runs where another was switched in'
  FROM (FROM ran WHERE NOT switches) r ASOF JOIN switched s ON s.cpu = r.cpu AND r.event_id >= s.event_id
  WHERE s.next_pid <> r.pid AND NOT EXISTS (FROM swapped x WHERE x.pid = r.pid AND x.old_pid = s.next_pid AND x.event_id > r.event_id)
  UNION ALL
  SELECT r.event_id, 'a task is switched out where another was switched in'
  FROM (SELECT event_id, cpu, pid FROM ran WHERE switches UNION ALL SELECT event_id, cpu, pid FROM idle) r
  ASOF JOIN switched s ON s.cpu = r.cpu AND r.event_id > s.event_id
  WHERE s.next_pid <> r.pid AND NOT EXISTS (FROM swapped x WHERE x.pid = r.pid AND x.old_pid = s.next_pid AND x.event_id > r.event_id)
)
FROM torn UNION ALL FROM bare UNION ALL FROM stray UNION ALL FROM half_born UNION ALL FROM unseen_fork
UNION ALL FROM unsent UNION ALL FROM unended UNION ALL FROM overdrawn UNION ALL FROM suspicious UNION ALL FROM misplaced;

-- From which event on the capture holds everything; NULL: something is missing, or nobody can tell. A buffer that was
-- overwritten is complete once every CPU has begun. Where the header does not count, enough lines that agree must do.
CREATE OR REPLACE TEMP TABLE complete AS
WITH begun AS (
  SELECT coalesce(max((SELECT min(e.event_id) FROM event_row e WHERE e.capture_id = l.capture_id AND e.line_no > l.line_no)), getvariable('first_event')) AS from_event_id
  FROM loss l WHERE l.capture_id = getvariable('capture_id') AND l.kind = 'buffer_started'
),
agreeing AS (
  SELECT (SELECT count(*) FROM syscall_row WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL AND exit_event_id IS NOT NULL)
    + (SELECT coalesce(sum(stacks), 0) FROM stacked) AS lines
)
SELECT CASE WHEN (c.records = c.entries_in_buffer OR (c.entries_in_buffer IS NULL AND (SELECT lines FROM agreeing) >= 50))
       AND NOT EXISTS (FROM loss l WHERE l.capture_id = c.capture_id AND l.kind NOT IN ('overwritten', 'buffer_started'))
       AND NOT EXISTS (FROM hole h WHERE h.event_id >= b.from_event_id) THEN b.from_event_id END AS from_event_id,
  c.entries_in_buffer IS NOT NULL AS counted
FROM capture c CROSS JOIN begun b
WHERE c.capture_id = getvariable('capture_id');

-- A capture that lost nothing at all.
CREATE OR REPLACE TEMP TABLE whole AS
SELECT coalesce(k.from_event_id = getvariable('first_event') AND c.entries_written IS NOT DISTINCT FROM c.entries_in_buffer, false) AS whole
FROM complete k CROSS JOIN capture c WHERE c.capture_id = getvariable('capture_id');

INSERT INTO coverage
SELECT getvariable('capture_id'), from_event_id, counted, EXISTS (FROM loss WHERE capture_id = getvariable('capture_id') AND kind = 'count_mismatch')
FROM complete
