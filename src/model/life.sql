-- Lives: a pid is used again and again; each life starts with a birth, or, where the birth is not in the capture, with the
-- first thing that a task does after an end (a task that has exited does nothing more), or with a second end.
CREATE OR REPLACE TEMP TABLE revived AS
SELECT DISTINCT e.pid, s.at_event_id
FROM end_seen e ASOF JOIN (
  SELECT pid, coalesce(enter_event_id, exit_event_id) AS at_event_id FROM syscall_row WHERE capture_id = getvariable('capture_id')
  UNION ALL SELECT pid, event_id FROM deliver_seen
  UNION ALL SELECT parent_pid, event_id FROM fork_seen
  UNION ALL SELECT pid, event_id FROM exec_seen
) s ON s.pid = e.pid AND e.event_id < s.at_event_id;

-- Nobody is born twice: where a wait has returned the pid since, or its last owner has been freed a while later, two sightings
-- of a birth are two births. (A freed owner can be the one before: memory is freed after the pid.)
CREATE OR REPLACE TEMP TABLE gone AS
SELECT s.ret::BIGINT::INTEGER AS pid, s.exit_event_id AS event_id, NULL::BIGINT AS ts
FROM syscall_row s JOIN syscall_name n USING (syscall_id) LEFT JOIN pid_view v ON v.pid = s.pid
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('wait4', 'waitpid') AND s.ret BETWEEN 1 AND 2147483647 AND coalesce(v.global, true)
UNION ALL
SELECT pid, event_id, ts FROM free_seen;

CREATE OR REPLACE TEMP TABLE life_mark AS
WITH marks AS (
  SELECT pid, at_event_id, ts, 'birth' AS kind, rank, parent_pid FROM birth_seen
  UNION ALL SELECT pid, event_id, ts, 'end', CASE kind WHEN 'exit' THEN 2 ELSE 1 END, NULL FROM end_seen
  UNION ALL SELECT pid, at_event_id, NULL, 'alive', 0, NULL FROM revived
),
before AS (
  SELECT *, lag(kind) OVER w AS previous, lag(rank) OVER w AS previous_rank, lag(parent_pid) OVER w AS previous_parent,
    lag(at_event_id) OVER w AS previous_at, lag(ts) OVER w AS previous_ts
  FROM marks WINDOW w AS (PARTITION BY pid ORDER BY at_event_id, kind = 'end', kind = 'alive', rank)
),
since AS (
  SELECT b.*, coalesce(g.event_id > b.previous_at AND (g.ts IS NULL OR g.ts - b.previous_ts > 5000000), false) AS gone_since
  FROM before b ASOF LEFT JOIN gone g ON g.pid = b.pid AND b.at_event_id > g.event_id
)
SELECT *, CASE kind
    WHEN 'birth' THEN gone_since OR NOT coalesce(previous = 'birth' AND previous_rank < rank AND coalesce(previous_parent = parent_pid, true), false)
    WHEN 'end' THEN coalesce(previous = 'end' AND previous_rank >= rank, false)
    ELSE coalesce(previous = 'end', false) END AS starts
FROM since;

INSERT INTO life
WITH seen AS (
  SELECT DISTINCT pid FROM event_row
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND pid >= 0
  UNION SELECT pid FROM life_mark
  UNION SELECT target_pid FROM generate_seen WHERE target_pid IS NOT NULL
  UNION SELECT target_pid FROM stap_seen
  UNION SELECT pid FROM free_seen
),
-- Does the pid show anything before its first birth? Own events, or a mark.
first_start AS (SELECT pid, min(at_event_id) AS at FROM life_mark WHERE starts GROUP BY pid),
earlier AS (
  SELECT s.pid FROM seen s LEFT JOIN first_start f USING (pid) WHERE f.at IS NULL
  UNION SELECT e.pid FROM event_row e JOIN first_start f USING (pid)
  WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.event_id < f.at
  UNION SELECT m.pid FROM life_mark m JOIN first_start f USING (pid) WHERE m.at_event_id < f.at
),
starts AS (
  SELECT pid, getvariable('first_event') AS from_event_id FROM earlier
  UNION ALL SELECT DISTINCT pid, at_event_id FROM life_mark WHERE starts
)
SELECT getvariable('first_task') + row_number() OVER (ORDER BY from_event_id, pid) - 1, getvariable('capture_id'), pid, from_event_id,
  lead(from_event_id) OVER (PARTITION BY pid ORDER BY from_event_id)
FROM starts;

-- What each birth says about its life. shown: 1 fork event, 2 newtask, 3 return in the parent, 4 only the child itself.
CREATE OR REPLACE TEMP TABLE birth AS
SELECT l.task_id, l.pid,
  arg_min(b.parent_pid, b.shown) FILTER (b.parent_pid IS NOT NULL) AS parent_pid,
  arg_min(b.ts, b.shown) AS fork_ts,
  arg_min(b.shown_by, b.shown) AS fork_event_id,
  min(b.shown) AS shown,
  max(b.clone_flags) AS clone_flags,
  max(b.shown_by) FILTER (b.kind = 'child') AS child_event_id
FROM (SELECT *, CASE kind WHEN 'fork' THEN 1 WHEN 'newtask' THEN 2 WHEN 'return' THEN 3 ELSE 4 END AS shown FROM birth_seen) b
JOIN life l ON l.capture_id = getvariable('capture_id') AND l.pid = b.pid AND b.at_event_id >= l.from_event_id
  AND (l.until_event_id IS NULL OR b.at_event_id < l.until_event_id)
GROUP BY l.task_id, l.pid;

CREATE OR REPLACE TEMP TABLE blurred (task_id BIGINT)
