-- wait: calls of wait4, waitid and waitpid, and which child each one reaped. wait4 returns the child's pid as the caller's pid
-- namespace counts it, so the pid is looked up among what the caller's own clones returned before it is taken as global.
CREATE OR REPLACE TEMP TABLE wait_call AS
WITH call AS (
  SELECT s.enter_event_id, s.exit_event_id, s.pid, n.name, as_signed(s.ret) AS ret, coalesce(s.exit_event_id, s.enter_event_id) AS at_event_id,
    CASE WHEN s.form >= 2 THEN s.a0 END AS a0, CASE WHEN s.form >= 3 THEN s.a1 END AS a1,
    CASE WHEN s.form >= 4 THEN s.a2 END AS a2, CASE WHEN s.form >= 5 THEN s.a3 END AS a3
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('wait4', 'waitid', 'waitpid')
)
SELECT c.*, l.task_id, m.leader_task_id,
  -- An enter that asked for another pid than the one returned is not this return's.
  CASE WHEN c.name = 'waitid' THEN c.a3
       WHEN NOT coalesce(c.ret > 0 AND c.a0 & 4294967295 BETWEEN 1 AND 2147483647 AND c.a0 & 4294967295 <> c.ret, false) THEN c.a2 END AS options,
  -- The pid that identifies the child: what wait4 returned, or the one that waitid(P_PID) asked for.
  CASE WHEN c.name <> 'waitid' AND c.ret > 0 THEN c.ret WHEN c.name = 'waitid' AND c.ret = 0 AND c.a0 = 1 THEN c.a1 & 4294967295 END::BIGINT AS child_pid
FROM call c
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.at_event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id;

-- What each clone of a process returned, and which task that is: the kernel's fork event inside the clone knows the global pid.
CREATE OR REPLACE TEMP TABLE returned_pid AS
WITH clone AS (
  SELECT c.exit_event_id, c.pid, c.ret::BIGINT AS local_pid, coalesce(f.child_pid, c.ret::BIGINT) AS global_pid, coalesce(k.event_id, c.exit_event_id) AS at_event_id
  FROM clone_call c
  LEFT JOIN fork_call k ON k.exit_event_id = c.exit_event_id
  LEFT JOIN fork_seen f ON f.event_id = k.event_id
  WHERE c.ret BETWEEN 1 AND 2147483647 AND c.exit_event_id IS NOT NULL
)
SELECT DISTINCT ON (c.exit_event_id) m.leader_task_id, c.local_pid, c.exit_event_id, c.at_event_id, child.task_id AS child_task_id, c.local_pid <> c.global_pid AS namespaced
FROM clone c
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.exit_event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id
JOIN life child ON child.capture_id = getvariable('capture_id') AND child.pid = c.global_pid
  AND c.at_event_id >= child.from_event_id AND (child.until_event_id IS NULL OR c.at_event_id < child.until_event_id)
ORDER BY c.exit_event_id, c.at_event_id;

CREATE OR REPLACE TEMP TABLE tracer AS
SELECT m.leader_task_id
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id
WHERE s.capture_id = getvariable('capture_id') AND n.name = 'ptrace' AND s.enter_event_id IS NOT NULL AND s.a0 <> 0
UNION
-- A tracee that stops tells its tracer with CLD_TRAPPED.
SELECT target_leader FROM generate WHERE sig = 17 AND code = 4 AND target_leader IS NOT NULL;

CREATE OR REPLACE TEMP TABLE reap AS
WITH RECURSIVE namespaced AS (SELECT DISTINCT leader_task_id FROM returned_pid WHERE namespaced),
by_clone AS (
  SELECT w.exit_event_id, r.child_task_id, r.namespaced
  FROM (FROM wait_call WHERE child_pid IS NOT NULL AND exit_event_id IS NOT NULL) w
  ASOF JOIN returned_pid r ON r.leader_task_id = w.leader_task_id AND r.local_pid = w.child_pid AND w.exit_event_id >= r.at_event_id
  -- A pid is given away again only after its zombie is gone.
  JOIN life l ON l.task_id = r.child_task_id AND (l.until_event_id IS NULL OR w.exit_event_id < l.until_event_id)
),
by_pid AS (
  SELECT w.exit_event_id, l.task_id AS child_task_id
  FROM (FROM wait_call WHERE child_pid IS NOT NULL AND exit_event_id IS NOT NULL) w
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = w.child_pid AND w.exit_event_id >= l.from_event_id
),
-- Orphans of a namespace go to its init: a pid that none of its own clones returned was returned by a clone of a descendant in
-- the same namespace that has died since. More than one such child is no answer.
splits AS (
  SELECT DISTINCT m.leader_task_id
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  JOIN member m ON m.task_id = l.task_id
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('unshare', 'setns') AND s.enter_event_id IS NOT NULL
),
below AS (
  SELECT r.leader_task_id, r.local_pid, r.child_task_id, p.thread = false AND coalesce(p.flags, 0) & 536870912 = 0 AND s.leader_task_id IS NULL AS same
  FROM returned_pid r JOIN parent_of p ON p.task_id = r.child_task_id LEFT JOIN splits s USING (leader_task_id)
  WHERE r.namespaced
),
descendant AS (
  SELECT leader_task_id AS ancestor_task_id, child_task_id AS task_id FROM below WHERE same
  UNION
  SELECT d.ancestor_task_id, b.child_task_id FROM descendant d JOIN below b ON b.leader_task_id = d.task_id WHERE b.same
),
by_orphan AS (
  SELECT w.exit_event_id, any_value(b.child_task_id) AS child_task_id
  FROM (FROM wait_call WHERE child_pid IS NOT NULL AND exit_event_id IS NOT NULL) w
  JOIN descendant d ON d.ancestor_task_id = w.leader_task_id
  JOIN below b ON b.leader_task_id = d.task_id AND b.local_pid = w.child_pid AND b.same
  JOIN process_end f ON f.leader_task_id = b.leader_task_id AND f.dead_event_id < w.exit_event_id
  JOIN process_end e ON e.leader_task_id = b.child_task_id AND e.dead_event_id < w.exit_event_id
  GROUP BY w.exit_event_id
  HAVING count(DISTINCT b.child_task_id) = 1
),
named AS (
  SELECT w.*, coalesce(c.child_task_id, o.child_task_id, CASE WHEN s.leader_task_id IS NULL THEN p.child_task_id END) AS child_task_id, coalesce(c.namespaced, o.child_task_id IS NOT NULL) AS local,
    c.child_task_id IS NOT NULL AS own_clone
  FROM (FROM wait_call WHERE child_pid IS NOT NULL AND exit_event_id IS NOT NULL) w
  LEFT JOIN by_clone c USING (exit_event_id)
  LEFT JOIN by_orphan o USING (exit_event_id)
  LEFT JOIN by_pid p USING (exit_event_id)
  LEFT JOIN namespaced s ON s.leader_task_id = w.leader_task_id
),
judged AS (
  SELECT n.*, e.dead_event_id, e.dead_event_id < n.exit_event_id AS dead,
    n.own_clone OR coalesce(pm.leader_task_id = n.leader_task_id, false) AS child,
    -- A tracer waits for tasks that are not its children.
    coalesce(pe.dead_event_id < n.exit_event_id, pm.leader_task_id IS NULL) AND t.leader_task_id IS NULL AS heir,
    -- Whoever counts pids as the kernel does, traces nobody and gets a dead child's pid has inherited it, when its parent does no more.
    e.dead_event_id < n.exit_event_id AND coalesce(v.global, n.pid = 1) AND NOT n.local AND t.leader_task_id IS NULL
      AND coalesce(pr.last_event_id < n.exit_event_id, true) AS inherits,
    t.leader_task_id IS NOT NULL AS traces,
    coalesce(r.last_event_id < n.exit_event_id, true) AS silent
  FROM named n
  JOIN process_end e ON e.leader_task_id = n.child_task_id
  LEFT JOIN parent_of p ON p.task_id = n.child_task_id
  LEFT JOIN member pm ON pm.task_id = p.parent_task_id
  LEFT JOIN process_end pe ON pe.leader_task_id = pm.leader_task_id
  LEFT JOIN own_range pr ON pr.task_id = p.parent_task_id
  LEFT JOIN own_range r ON r.task_id = n.child_task_id
  LEFT JOIN tracer t ON t.leader_task_id = n.leader_task_id
  LEFT JOIN pid_view v ON v.pid = n.pid
),
explicit AS (
  SELECT exit_event_id, enter_event_id, task_id, child_task_id, CASE WHEN dead AND NOT local AND (child OR heir) THEN 'exact' ELSE 'inferred' END AS confidence
  FROM judged
  WHERE (child OR heir OR coalesce(inherits, false)) AND CASE WHEN name = 'waitid' THEN options & 4 > 0 AND options & 16777216 = 0 AND coalesce(dead, false)
      -- A return for a child that only stopped or continued reaps nothing; nor does a tracer's.
      ELSE coalesce(dead, false) OR (dead IS NULL AND child AND silent AND NOT traces AND options & 1073741834 = 0) END
  QUALIFY row_number() OVER (PARTITION BY child_task_id ORDER BY child OR heir DESC, exit_event_id) = 1
),
-- waitid that names no child: the one child that died since the caller's last wait, if there is exactly one.
open_wait AS (
  SELECT w.*, lag(exit_event_id) OVER (PARTITION BY leader_task_id ORDER BY exit_event_id) AS since
  FROM wait_call w WHERE w.name = 'waitid' AND w.ret = 0 AND w.a0 <> 1 AND w.exit_event_id IS NOT NULL AND w.options & 4 > 0 AND w.options & 16777216 = 0
),
guessed AS (
  SELECT w.exit_event_id, w.enter_event_id, w.task_id, any_value(e.leader_task_id) AS child_task_id
  FROM open_wait w
  JOIN member pm ON pm.leader_task_id = w.leader_task_id
  JOIN parent_of p ON p.parent_task_id = pm.task_id AND p.thread IS DISTINCT FROM true
  JOIN process_end e ON e.leader_task_id = p.task_id AND e.dead_event_id < w.exit_event_id AND e.dead_event_id > coalesce(w.since, 0)
  WHERE e.leader_task_id NOT IN (SELECT child_task_id FROM explicit)
  GROUP BY w.exit_event_id, w.enter_event_id, w.task_id
  HAVING count(*) = 1 AND (SELECT coalesce(any_value(w.exit_event_id) >= from_event_id, false) FROM complete)
)
FROM (FROM explicit UNION ALL SELECT exit_event_id, enter_event_id, task_id, child_task_id, 'inferred' FROM guessed)
ANTI JOIN blurred ON blurred.task_id = child_task_id
QUALIFY row_number() OVER (PARTITION BY child_task_id ORDER BY exit_event_id) = 1;

-- A child that calls the kernel later is alive, if no birth can be missing. (Its last switch can stand behind the wait that reaped
-- it.)
CREATE OR REPLACE TEMP TABLE alive_after AS
SELECT DISTINCT w.exit_event_id
FROM (FROM wait_call WHERE child_pid IS NOT NULL AND exit_event_id IS NOT NULL) w
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = w.child_pid AND w.exit_event_id >= l.from_event_id
ASOF JOIN (SELECT pid, coalesce(enter_event_id, exit_event_id) AS event_id FROM syscall_row WHERE capture_id = getvariable('capture_id')) s
  ON s.pid = w.child_pid AND w.exit_event_id < s.event_id
LEFT JOIN pid_view v ON v.pid = w.pid
CROSS JOIN complete k
WHERE coalesce(v.global, true) AND (l.until_event_id IS NULL OR s.event_id < l.until_event_id) AND w.exit_event_id >= k.from_event_id;

INSERT INTO wait
SELECT getvariable('capture_id'), w.enter_event_id, w.exit_event_id, w.pid, w.task_id, w.name, w.options, w.ret, r.child_task_id,
  CASE WHEN r.child_task_id IS NOT NULL THEN true
       WHEN w.ret < 0 OR (w.ret = 0 AND w.name <> 'waitid') OR w.options & 16777216 > 0 THEN false
       -- The child goes on: a stop or a continuation was reported.
       WHEN a.exit_event_id IS NOT NULL THEN false END,
  r.confidence
FROM wait_call w LEFT JOIN reap r ON r.exit_event_id = w.exit_event_id LEFT JOIN alive_after a ON a.exit_event_id = w.exit_event_id
