-- Births: what shows that a pid was given to a new task, one row per sighting.
--   fork, newtask  the kernel says so, in the parent's context
--   return         the parent's clone returned the pid, and no event above lies inside that clone; the place is the enter's,
--                  because the child may run (and a vfork child may die) before the parent returns
--   child          the child's own return from a clone it never entered
-- rank: the order in which the sightings of one birth can follow one another.
CREATE OR REPLACE TEMP TABLE clone_call AS
SELECT s.*, n.name, coalesce(s.enter_event_id, s.exit_event_id) AS at_event_id
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('clone', 'clone3', 'fork', 'vfork');

-- The clone call around each of them: same pid, the latest enter before it, not yet returned.
CREATE OR REPLACE TEMP TABLE fork_call AS
SELECT f.event_id, c.enter_event_id, c.exit_event_id, c.exit_ts, c.ret, coalesce(c.ret = f.child_pid OR NOT v.global, false) AS agrees
FROM fork_seen f ASOF JOIN (FROM clone_call WHERE enter_event_id IS NOT NULL) c
  ON c.pid = f.parent_pid AND f.event_id >= c.enter_event_id
LEFT JOIN pid_view v ON v.pid = f.parent_pid
WHERE c.exit_event_id IS NULL OR c.exit_event_id > f.event_id;

-- Returns that name a child which no event above names.
CREATE OR REPLACE TEMP TABLE clone_return AS
SELECT c.ret::BIGINT::INTEGER AS child_pid, c.enter_event_id, c.exit_event_id, c.exit_ts, c.pid AS parent_pid
FROM clone_call c
LEFT JOIN pid_view v ON v.pid = c.pid
WHERE c.ret BETWEEN 1 AND 2147483647 AND c.exit_event_id IS NOT NULL AND coalesce(v.global, true)
  AND NOT EXISTS (FROM fork_call f WHERE f.exit_event_id = c.exit_event_id OR f.enter_event_id = c.enter_event_id)
  AND NOT EXISTS (FROM fork_seen f WHERE f.parent_pid = c.pid AND f.child_pid = c.ret AND c.enter_event_id IS NULL AND f.event_id < c.exit_event_id);

CREATE OR REPLACE TEMP TABLE child_return AS
SELECT pid, exit_event_id AS event_id, exit_ts AS ts FROM clone_call WHERE enter_event_id IS NULL AND ret = 0;

-- A clock that counts in jiffies gives the same stamp to many lines, in the order of their CPUs: the child's lines of that stamp
-- may stand before its birth.
CREATE OR REPLACE TEMP TABLE same_tick AS
SELECT b.event_id, min(e.event_id) AS place
FROM (
  SELECT event_id, ts, child_pid FROM fork_seen
  UNION ALL SELECT c.enter_event_id, s.enter_ts, c.child_pid FROM clone_return c JOIN clone_call s USING (enter_event_id) WHERE c.enter_event_id IS NOT NULL
) b
JOIN event_row e ON e.pid = b.child_pid AND e.ts = b.ts AND e.event_id < b.event_id
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
  AND (SELECT time_unit FROM capture WHERE capture_id = getvariable('capture_id')) = 'tick'
GROUP BY b.event_id;

-- The birth lies between the enter and the return; where the enter is lost, after the line before of the parent. A pid that
-- was at work before, and whose end is not in the capture, was not given away then: the number is one of another namespace, or
-- the lines that would tell are lost.
CREATE OR REPLACE TEMP TABLE return_seen AS
WITH own AS (
  SELECT event_id, pid FROM event_row
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
    AND (pid IN (SELECT child_pid FROM clone_return) OR pid IN (SELECT parent_pid FROM clone_return WHERE enter_event_id IS NULL))
),
since AS (
  SELECT r.*, coalesce(t.place, r.enter_event_id, b.event_id + 1, getvariable('first_event')) AS from_event_id
  FROM clone_return r LEFT JOIN same_tick t ON t.event_id = r.enter_event_id
  ASOF LEFT JOIN own b ON b.pid = r.parent_pid AND b.event_id < r.exit_event_id
),
beside AS (
  SELECT s.*, p.event_id AS before_id, n.event_id AS after_id, c.event_id AS child_id
  FROM since s
  ASOF LEFT JOIN own p ON p.pid = s.child_pid AND p.event_id < s.from_event_id
  ASOF LEFT JOIN own n ON n.pid = s.child_pid AND n.event_id >= s.from_event_id
  ASOF LEFT JOIN child_return c ON c.pid = s.child_pid AND c.event_id >= s.from_event_id
),
ended AS (
  SELECT b.*, e.event_id AS end_id
  FROM beside b ASOF LEFT JOIN (
    SELECT pid, event_id FROM exit_seen
    UNION ALL
    SELECT s.pid, s.enter_event_id FROM syscall_row s JOIN syscall_name n USING (syscall_id)
    WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('exit', 'exit_group') AND s.enter_event_id IS NOT NULL
  ) e ON e.pid = b.child_pid AND e.event_id < b.from_event_id
)
SELECT child_pid, exit_event_id, exit_ts, parent_pid,
  CASE WHEN enter_event_id IS NOT NULL THEN from_event_id
       -- The child ran before its parent returned.
       WHEN child_id < exit_event_id THEN child_id
       WHEN after_id < exit_event_id THEN from_event_id
       ELSE exit_event_id END AS at_event_id,
  CASE WHEN enter_event_id IS NULL AND child_id < exit_event_id THEN 5 ELSE 1 END AS rank
FROM ended LEFT JOIN pid_view v ON v.pid = ended.parent_pid
WHERE (coalesce(child_id = after_id, false) OR before_id IS NULL OR end_id IS NOT NULL)
  -- The number may be one of a namespace: the parent is known to count as the kernel does, or the child shows itself, or the
  -- capture holds neither forks nor children that could tell.
  AND (v.global OR coalesce(child_id = after_id, false)
       OR (before_id IS NULL AND child_pid IN (SELECT pid FROM syscall_row WHERE capture_id = getvariable('capture_id')))
       OR NOT (EXISTS (FROM fork_seen) OR EXISTS (FROM child_return)));

CREATE OR REPLACE TEMP TABLE birth_seen AS
SELECT f.child_pid AS pid, coalesce(t.place, f.event_id) AS at_event_id, f.event_id AS shown_by, f.kind, CASE f.kind WHEN 'newtask' THEN 2 ELSE 3 END AS rank,
  f.parent_pid, f.ts, f.clone_flags
FROM fork_seen f LEFT JOIN same_tick t USING (event_id)
UNION ALL
SELECT child_pid, at_event_id, exit_event_id, 'return', rank, parent_pid, exit_ts, NULL FROM return_seen
UNION ALL
SELECT pid, event_id, event_id, 'child', 4, NULL, ts, NULL FROM child_return;

-- Ends: after one of these the pid does no more on its own account: 'exit' is the kernel's event, 'exit_thread' and
-- 'exit_group' are the calls. The leader's own exit does not end it when another thread of the process execs: that thread
-- takes the pid over.
CREATE OR REPLACE TEMP TABLE end_seen AS
WITH ends AS (
  SELECT pid, event_id, ts, 'exit' AS kind FROM exit_seen
  UNION ALL
  SELECT s.pid, s.enter_event_id, s.enter_ts, CASE n.name WHEN 'exit' THEN 'exit_thread' ELSE n.name END
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('exit', 'exit_group') AND s.enter_event_id IS NOT NULL
),
takeover AS (
  SELECT pid, event_id FROM exec_seen WHERE old_pid <> pid
  UNION ALL
  SELECT s.pid, s.exit_event_id FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat') AND s.enter_event_id IS NULL AND s.ret = 0
  -- Where the exec itself is lost: a leader with threads that goes on after its exit, and that nothing says has been freed.
  UNION ALL
  SELECT t.pid, s.enter_event_id
  FROM (SELECT DISTINCT parent_pid AS pid FROM fork_seen WHERE clone_flags & 65536 > 0) t
  JOIN exit_seen x USING (pid)
  ASOF JOIN (FROM syscall_row WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL) s
    ON s.pid = x.pid AND x.event_id < s.enter_event_id
),
marked AS (
  SELECT pid, event_id, ts, kind FROM ends
  UNION ALL SELECT pid, event_id, NULL, 'takeover' FROM takeover
  UNION ALL SELECT pid, event_id, NULL, 'free' FROM free_seen
  UNION ALL SELECT pid, at_event_id, NULL, 'birth' FROM birth_seen
),
next AS (
  SELECT *, lead(CASE WHEN kind IN ('takeover', 'birth', 'free') THEN kind END IGNORE NULLS) OVER (PARTITION BY pid ORDER BY event_id, kind) AS next_kind
  FROM marked
)
SELECT pid, event_id, ts, kind FROM next
WHERE kind NOT IN ('takeover', 'birth', 'free') AND NOT (kind IN ('exit', 'exit_thread') AND coalesce(next_kind = 'takeover', false))
