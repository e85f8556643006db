-- Births: what shows that a pid was given to a new task, one row per sighting.
--   newtask, fork   the kernel says so, in the parent's context
--   return          the parent's clone returned the pid, and no event above lies inside that clone; the place is the enter's,
--                   because the child may run (and a vfork child may die) before the parent returns
--   child           the child's own return from a clone it never entered
CREATE OR REPLACE TEMP TABLE clone_call AS
SELECT s.*, n.name, coalesce(s.enter_event_id, s.exit_event_id) AS at_event_id
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('clone', 'clone3', 'fork', 'vfork');

CREATE OR REPLACE TEMP TABLE fork_seen AS
SELECT f.event_id, f.ts, f.pid AS parent_pid, f.child_pid, f.child_comm, 'fork' AS kind, NULL::UBIGINT AS clone_flags
FROM ev.sched_process_fork f
WHERE f.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND f.child_pid IS NOT NULL
UNION ALL
SELECT t.event_id, t.ts, t.pid, t.task_pid, t.task_comm, 'newtask', t.clone_flags
FROM ev.task_newtask t
WHERE t.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND t.task_pid IS NOT NULL;

-- The clone call around each of them: same pid, the latest enter before it, not yet returned. Enter lost: the next return.
CREATE OR REPLACE TEMP TABLE fork_call AS
SELECT f.event_id, c.enter_event_id, c.exit_event_id, c.exit_ts, c.ret
FROM fork_seen f ASOF JOIN (FROM clone_call WHERE enter_event_id IS NOT NULL) c
  ON c.pid = f.parent_pid AND f.event_id >= c.enter_event_id
WHERE c.exit_event_id IS NULL OR c.exit_event_id > f.event_id;

CREATE OR REPLACE TEMP TABLE birth_seen AS
SELECT child_pid AS pid, event_id AS at_event_id, event_id AS shown_by, kind, parent_pid, ts, clone_flags FROM fork_seen
UNION ALL
SELECT c.ret::BIGINT::INTEGER, c.at_event_id, c.exit_event_id, CASE WHEN c.enter_event_id IS NULL THEN 'return_only' ELSE 'return' END,
  c.pid, c.exit_ts, NULL
FROM clone_call c
WHERE c.ret BETWEEN 1 AND 2147483647 AND c.exit_event_id IS NOT NULL
  AND NOT EXISTS (FROM fork_call f WHERE f.exit_event_id = c.exit_event_id OR f.enter_event_id = c.enter_event_id)
UNION ALL
SELECT c.pid, c.exit_event_id, c.exit_event_id, 'child', NULL, c.exit_ts, NULL
FROM clone_call c WHERE c.enter_event_id IS NULL AND c.ret = 0;

-- Ends: after one of these the pid does no more on its own account. The leader's own exit does not end it when another
-- thread of the process execs: that thread takes the pid over.
CREATE OR REPLACE TEMP TABLE end_seen AS
WITH ends AS (
  SELECT task_pid AS pid, event_id, ts, 'exit' AS kind FROM ev.sched_process_exit
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL
  UNION ALL
  SELECT task_pid, event_id, ts, 'free' FROM ev.sched_process_free
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL
  UNION ALL
  SELECT s.pid, s.enter_event_id, s.enter_ts, n.name
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('exit', 'exit_group') AND s.enter_event_id IS NOT NULL
),
takeover AS (
  SELECT task_pid AS pid, event_id FROM ev.sched_process_exec
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND old_pid <> task_pid
  UNION ALL
  SELECT s.pid, s.exit_event_id FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat') AND s.enter_event_id IS NULL AND s.ret = 0
),
marked AS (
  SELECT pid, event_id, ts, kind FROM ends
  UNION ALL SELECT pid, event_id, NULL, 'takeover' FROM takeover
  UNION ALL SELECT pid, at_event_id, NULL, 'birth' FROM birth_seen
),
next AS (
  SELECT *, lead(kind) OVER (PARTITION BY pid ORDER BY event_id, kind) AS next_kind FROM marked
)
SELECT pid, event_id, ts, kind FROM next
WHERE kind NOT IN ('takeover', 'birth') AND NOT (kind = 'exit' AND coalesce(next_kind = 'takeover', false));
