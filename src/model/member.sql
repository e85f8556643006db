-- Which process a task belongs to. A thread shares the leader of the task that made it; a task is a thread when its clone
-- flags hold CLONE_THREAD, its TGID column or its getpid differs from its pid, or it speaks for its zombie leader; it is a
-- leader when they say so, or when it has called execve. Without any of these the capture does not tell (thread NULL), and the
-- task is taken by itself.
CREATE OR REPLACE TEMP TABLE own_range AS
SELECT l.task_id, min(e.event_id) AS first_event_id, max(e.event_id) AS last_event_id, nullif(max(e.tgid), -1) AS tgid,
  arg_max(e.comm_id, e.event_id) AS comm_id
FROM event_row e ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l
  ON l.pid = e.pid AND e.event_id >= l.from_event_id
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
GROUP BY l.task_id;

CREATE OR REPLACE TEMP TABLE parent_of AS
WITH around AS (
  SELECT b.*, coalesce(f.enter_event_id, c.enter_event_id) AS enter_event_id
  FROM birth b
  LEFT JOIN fork_call f ON f.event_id = b.fork_event_id AND (f.agrees OR (SELECT whole FROM whole))
  LEFT JOIN clone_call c ON c.exit_event_id = b.fork_event_id AND b.shown = 3
),
flagged AS (
  SELECT b.*, coalesce(c.name, '') AS call,
    coalesce(b.clone_flags, CASE list_position(n.keys, 'clone_flags') WHEN 1 THEN c.a0 WHEN 2 THEN c.a1 END) AS flags
  FROM around b
  LEFT JOIN clone_call c ON c.enter_event_id = b.enter_event_id
  LEFT JOIN event_row e ON e.event_id = CASE WHEN c.form >= 1 THEN b.enter_event_id END
  LEFT JOIN name_dict n ON n.name_id = e.name_id
)
SELECT b.task_id, p.task_id AS parent_task_id, b.fork_ts, b.fork_event_id, b.child_event_id, b.flags, b.call, b.enter_event_id,
  CASE WHEN b.flags & 65536 > 0 THEN true WHEN b.flags IS NOT NULL OR b.call IN ('fork', 'vfork') THEN false END AS thread,
  -- The kernel's own event names the child; a clone's return is the pid of the child's namespace, so the child's side must agree.
  CASE WHEN b.shown <= 2 OR b.child_event_id IS NOT NULL THEN 'exact' ELSE 'inferred' END AS confidence
FROM (FROM flagged ANTI JOIN blurred USING (task_id)) b ASOF LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) p
  ON p.pid = b.parent_pid AND b.fork_event_id >= p.from_event_id;

-- The last thread of a process tells the parent of its zombie leader, from release_task (kernel/exit.c): the leader is its own
-- forker when that one has ended and the signal goes to that one's parent.
CREATE OR REPLACE TEMP TABLE told_by_last AS
SELECT g.event_id, g.pid, g.target_pid
FROM generate_seen g JOIN event_stack s ON s.event_id = g.event_id
WHERE g.code IN (1, 2, 3)
  AND s.stack_id IN (SELECT stack_id FROM stack_frame WHERE space = 'kernel' AND regexp_matches(symbol, '^release_task($|\.)'))
  AND s.stack_id IN (SELECT stack_id FROM stack_frame WHERE space = 'kernel' AND regexp_matches(symbol, '^do_notify_parent($|\.)'));

CREATE OR REPLACE TEMP TABLE last_thread AS
WITH teller AS (
  SELECT t.*, l.task_id
  FROM told_by_last t ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = t.pid AND t.event_id >= l.from_event_id
)
SELECT DISTINCT t.task_id
FROM teller t
JOIN parent_of p ON p.task_id = t.task_id AND p.thread IS NULL
JOIN parent_of lp ON lp.task_id = p.parent_task_id
JOIN life lead ON lead.task_id = p.parent_task_id
JOIN life up ON up.task_id = lp.parent_task_id AND up.pid = t.target_pid
WHERE EXISTS (FROM end_seen e WHERE e.pid = lead.pid AND e.event_id >= lead.from_event_id AND e.event_id < t.event_id);

-- What tasks say of themselves: a successful execve makes a leader, getpid returns the pid of the process.
CREATE OR REPLACE TEMP TABLE said AS
WITH word AS (
  SELECT pid, event_id, pid::BIGINT AS tgid FROM exec_seen
  UNION ALL
  SELECT s.pid, s.exit_event_id, s.pid FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat') AND s.ret = 0
  UNION ALL
  SELECT o.pid, o.event_id, o.said FROM own_pid_seen o LEFT JOIN pid_view v USING (pid)
  WHERE o.of_process AND (v.global OR (v.global IS NULL AND o.said = o.pid))
)
SELECT l.task_id, arg_max(w.tgid, w.event_id)::INTEGER AS tgid
FROM word w ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = w.pid AND w.event_id >= l.from_event_id
GROUP BY l.task_id;

CREATE OR REPLACE TEMP TABLE member AS
WITH RECURSIVE known AS (
  SELECT l.task_id, l.pid, coalesce(r.tgid, s.tgid) AS tgid, p.parent_task_id,
    coalesce(r.tgid <> l.pid, s.tgid <> l.pid, p.thread, CASE WHEN t.task_id IS NOT NULL THEN true END) AS thread
  FROM life l
  -- The TGID column is looked up when the file is read: after a pid has been given away again it is the last owner's.
  LEFT JOIN (FROM own_range ANTI JOIN (SELECT task_id FROM life WHERE until_event_id IS NOT NULL) USING (task_id)) r USING (task_id)
  LEFT JOIN said s USING (task_id) LEFT JOIN parent_of p USING (task_id) LEFT JOIN last_thread t USING (task_id)
  WHERE l.capture_id = getvariable('capture_id')
),
up AS (
  SELECT task_id, task_id AS leader_task_id, thread FROM known WHERE thread IS DISTINCT FROM true OR parent_task_id IS NULL
  UNION ALL
  SELECT k.task_id, up.leader_task_id, true FROM known k JOIN up ON up.task_id = k.parent_task_id WHERE k.thread
)
SELECT k.task_id, k.pid, k.thread, coalesce(g.task_id, up.leader_task_id, k.task_id) AS leader_task_id,
  coalesce(k.tgid, CASE WHEN k.thread THEN CASE WHEN up.leader_task_id <> k.task_id THEN lead_life.pid END WHEN NOT k.thread THEN k.pid END) AS tgid
FROM known k
LEFT JOIN up USING (task_id)
LEFT JOIN life lead_life ON lead_life.task_id = up.leader_task_id
-- The TGID column names the leader directly: its life that holds this task's first event.
LEFT JOIN own_range r ON r.task_id = k.task_id
LEFT JOIN life g ON k.thread AND k.tgid IS NOT NULL AND g.capture_id = getvariable('capture_id') AND g.pid = k.tgid
  AND r.first_event_id >= g.from_event_id AND (g.until_event_id IS NULL OR r.first_event_id < g.until_event_id)
