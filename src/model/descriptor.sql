-- descriptor: what each number of a descriptor table stood for, and how long. Every change of a number is a node; a node holds up
-- to the next change of its number, an exec that closes it, or lines that are missing. A dup and an inherited number point to the
-- node they were made from; what is behind it is found over these pointers.

-- Calls that make descriptors whose numbers are not shown take free numbers. Where a close may be missing, a number that looks taken
-- may have been free: from such a call on nothing is certain.
CREATE OR REPLACE TEMP TABLE fd_wipe AS
WITH shown AS (
  SELECT bool_or(name LIKE 'sys_%_close') AS closes, bool_or(name LIKE 'sys_%_exec%' OR name = 'sched_process_exec') AS execs
  FROM name_dict WHERE name_id IN (SELECT name_id FROM event_row WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event'))
)
SELECT c.table_id, c.at_event_id AS event_id
FROM fd_call c CROSS JOIN complete k CROSS JOIN shown s
WHERE ((c.way = 'hidden' AND coalesce(c.value >= 0, true)) OR (c.way IN ('open', 'create', 'dup', 'fcntl') AND c.exit_event_id IS NULL))
  AND NOT coalesce(k.from_event_id <= c.at_event_id AND s.closes AND s.execs, false)
UNION ALL
-- A line of the table's tasks is missing here, and others may be.
SELECT t.table_id, a.event_id
FROM torn_at a
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = a.pid AND a.event_id >= l.from_event_id
JOIN fd_table t ON t.task_id = l.task_id;

-- Where lines are known to be missing, anything can have happened: nothing holds beyond the last event before them.
CREATE OR REPLACE TEMP TABLE fd_loss AS
SELECT DISTINCT e.event_id, true AS here
FROM loss l
ASOF JOIN (
  SELECT capture_id, event_id, line_no FROM event_row
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
    -- Mostly there is no such loss, and nothing to sort.
    AND EXISTS (FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started'))
) e ON e.capture_id = l.capture_id AND l.line_no > e.line_no
WHERE l.capture_id = getvariable('capture_id') AND l.kind IN ('lost', 'buffer_started');

CREATE OR REPLACE TEMP TABLE fd_node AS
WITH made AS (
  SELECT table_id, actor, task_id, value::INTEGER AS fd, exit_event_id AS event_id, way AS op, NULL::INTEGER AS src_fd, kind, cloexec, at_event_id
  FROM fd_call WHERE way IN ('open', 'create') AND value BETWEEN 0 AND 2147483647 AND exit_event_id IS NOT NULL
),
duped AS (
  SELECT table_id, actor, task_id, value::INTEGER, exit_event_id,
    CASE WHEN form < 2 THEN 'unknown' ELSE 'dup' END, fd_number(a0), NULL, CASE WHEN way = 'fcntl' THEN (a1 & 4294967295) = 1030 ELSE cloexec END, at_event_id
  FROM fd_call
  WHERE way IN ('dup', 'fcntl') AND value BETWEEN 0 AND 2147483647 AND exit_event_id IS NOT NULL
    AND (way = 'dup' OR form < 3 OR (a1 & 4294967295) <> 2)
    AND NOT coalesce(form >= 3 AND name IN ('dup2', 'dup3') AND fd_number(a0) = value, false)
  UNION ALL
  -- The return is not in the capture.
  SELECT table_id, actor, task_id, fd_number(a1), enter_event_id, 'unknown', NULL, NULL, NULL, at_event_id
  FROM fd_call WHERE name IN ('dup2', 'dup3') AND form >= 3 AND value IS NULL AND fd_number(a1) IS NOT NULL
),
-- The number is free as soon as close is entered, also where close returns an error of the file (fs/open.c); not for EBADF.
closed AS (
  SELECT table_id, actor, task_id, fd_number(a0), enter_event_id, 'close', NULL, NULL, NULL, at_event_id
  FROM fd_call WHERE way = 'close' AND form >= 2 AND coalesce(value, 0) <> -9 AND fd_number(a0) IS NOT NULL
)
FROM made UNION ALL FROM duped UNION ALL FROM closed;

CREATE OR REPLACE TEMP TABLE fd_flag AS
SELECT table_id, fd_number(a0) AS fd, at_event_id AS event_id,
  CASE WHEN value IS NULL THEN NULL WHEN way = 'fcntl' THEN a2 & 1 > 0 ELSE a1 = 21585 END AS cloexec
FROM fd_call
WHERE (way = 'ioctl' OR (way = 'fcntl' AND form >= 4 AND (a1 & 4294967295) = 2)) AND coalesce(value, 0) >= 0 AND fd_number(a0) IS NOT NULL;

-- Numbers that a task with a copied table uses: only those need to be looked up in its parent's.
CREATE OR REPLACE TEMP TABLE fd_wanted AS
WITH RECURSIVE arg AS (
  SELECT n.syscall_id, a.position FROM syscall_name n JOIN ref.syscall_arg a ON a.syscall = n.name WHERE a.kind IN ('fd', 'dfd')
),
used AS (
  SELECT DISTINCT s.pid, fd_number(CASE a.position WHEN 0 THEN s.a0 WHEN 1 THEN s.a1 WHEN 2 THEN s.a2 WHEN 3 THEN s.a3 ELSE s.a4 END) AS fd
  FROM syscall_row s JOIN arg a USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND s.form >= a.position + 2
    AND s.pid IN (SELECT pid FROM life JOIN fd_table USING (task_id) WHERE copied AND fd_table.capture_id = getvariable('capture_id'))
),
wanted AS (
  SELECT DISTINCT t.table_id, u.fd
  FROM used u JOIN life l ON l.capture_id = getvariable('capture_id') AND l.pid = u.pid JOIN fd_table t ON t.task_id = l.task_id
  WHERE u.fd IS NOT NULL
  UNION
  SELECT p.table_id, w.fd
  FROM wanted w JOIN fd_table t ON t.task_id = w.table_id AND t.copied JOIN fd_table p ON p.task_id = t.parent_task_id
)
FROM wanted;

INSERT INTO fd_node
SELECT t.table_id, t.actor, t.task_id, w.fd, t.actor_from_event_id, 'inherit', w.fd, NULL, NULL, t.copy_from_event_id
FROM fd_wanted w JOIN fd_table t ON t.task_id = w.table_id AND t.copied;

-- close_range names numbers by their bounds.
INSERT INTO fd_node
SELECT c.table_id, c.actor, c.task_id, f.fd, c.at_event_id, CASE WHEN c.value = 0 THEN 'close' ELSE 'unknown' END, NULL, NULL, NULL, c.at_event_id
FROM (FROM fd_call WHERE way = 'range' AND form >= 4 AND coalesce(value, 0) = 0 AND a2 & 4 = 0) c
JOIN (SELECT DISTINCT table_id, fd FROM fd_node) f ON f.table_id = c.table_id AND f.fd BETWEEN (c.a0 & 4294967295) AND (c.a1 & 4294967295);

INSERT INTO fd_flag
SELECT c.table_id, f.fd, c.at_event_id, CASE WHEN c.value = 0 THEN true END
FROM (FROM fd_call WHERE way = 'range' AND form >= 4 AND coalesce(value, 0) = 0 AND a2 & 4 > 0) c
JOIN (SELECT DISTINCT table_id, fd FROM fd_node) f ON f.table_id = c.table_id AND f.fd BETWEEN (c.a0 & 4294967295) AND (c.a1 & 4294967295);

CREATE OR REPLACE TEMP TABLE fd_change AS
SELECT row_number() OVER () AS node, *,
  lead(event_id) OVER w AS next_event_id, lead(op) OVER w AS next_op, lead(actor) OVER w AS next_actor
FROM fd_node WINDOW w AS (PARTITION BY table_id, fd ORDER BY event_id, op <> 'inherit');

-- Nodes that are made from another: where to look, and as whom.
CREATE OR REPLACE TEMP TABLE fd_source AS
WITH source AS (
  SELECT n.node, n.table_id, n.src_fd, n.at_event_id, n.at_event_id AS until_event_id, t.actor, t.actor_parent, t.actor_from_event_id
  FROM fd_change n JOIN fd_table t USING (task_id) WHERE n.op = 'dup' AND n.src_fd IS NOT NULL
  UNION ALL
  SELECT n.node, p.table_id, n.src_fd, t.copy_from_event_id, t.copy_until_event_id, p.actor, p.actor_parent, p.actor_from_event_id
  FROM fd_change n JOIN fd_table t USING (task_id) JOIN fd_table p ON p.task_id = t.parent_task_id WHERE n.op = 'inherit'
)
SELECT s.*, c.node AS up, c.event_id AS up_event_id, c.op AS up_op, c.actor AS up_actor
FROM source s ASOF JOIN fd_change c ON c.table_id = s.table_id AND c.fd = s.src_fd AND c.event_id < s.at_event_id;

-- Close-on-exec over time. An inherited number has it as it was at the fork.
CREATE OR REPLACE TEMP TABLE fd_cloexec AS
WITH RECURSIVE entry AS (
  SELECT row_number() OVER () AS entry, * FROM (
    SELECT table_id, fd, event_id, cloexec, node, op = 'inherit' AS inherited FROM fd_change
    UNION ALL SELECT table_id, fd, event_id, cloexec, NULL, false FROM fd_flag)
),
at_fork AS (
  SELECT i.entry, p.entry AS up, p.cloexec, p.inherited
  FROM (SELECT e.entry, s.table_id, s.src_fd, s.at_event_id FROM entry e JOIN fd_source s USING (node) WHERE e.inherited) i
  ASOF JOIN entry p ON p.table_id = i.table_id AND p.fd = i.src_fd AND p.event_id < i.at_event_id
),
settled AS (
  SELECT entry, cloexec FROM at_fork WHERE NOT inherited
  UNION ALL
  SELECT f.entry, s.cloexec FROM at_fork f JOIN settled s ON s.entry = f.up WHERE f.inherited
)
SELECT e.table_id, e.fd, e.event_id, coalesce(e.cloexec, s.cloexec) AS cloexec,
  lead(e.event_id) OVER (PARTITION BY e.table_id, e.fd ORDER BY e.event_id, e.entry) AS next_event_id
FROM entry e LEFT JOIN settled s USING (entry);

-- The exec that ends a number. An execve whose outcome is not shown may have.
CREATE OR REPLACE TEMP TABLE fd_exec AS
WITH done AS (
  SELECT t.table_id, x.at_event_id AS event_id, true AS certain FROM exec x JOIN fd_table t USING (task_id)
  UNION ALL
  SELECT t.table_id, s.enter_event_id, false
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  JOIN fd_table t ON t.task_id = l.task_id
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat') AND s.enter_event_id IS NOT NULL AND s.exit_event_id IS NULL
    AND s.enter_event_id NOT IN (SELECT enter_event_id FROM exec WHERE enter_event_id IS NOT NULL)
)
SELECT c.table_id, c.fd, x.event_id, x.certain AND c.cloexec IS NOT NULL AS certain
FROM (FROM fd_cloexec WHERE cloexec IS DISTINCT FROM false) c ASOF JOIN done x ON x.table_id = c.table_id AND c.event_id < x.event_id
WHERE c.next_event_id IS NULL OR x.event_id <= c.next_event_id;

CREATE OR REPLACE TEMP TABLE fd_end AS
WITH execed AS (
  SELECT n.node, x.event_id AS exec_event_id, x.certain
  FROM (FROM fd_change SEMI JOIN fd_exec USING (table_id, fd)) n ASOF JOIN fd_exec x ON x.table_id = n.table_id AND x.fd = n.fd AND n.event_id < x.event_id
),
wiped AS (
  SELECT n.node, w.event_id AS wipe_event_id
  FROM (FROM fd_change SEMI JOIN fd_wipe USING (table_id)) n ASOF JOIN fd_wipe w ON w.table_id = n.table_id AND n.event_id < w.event_id
),
lost AS (
  SELECT n.node, l.event_id AS loss_event_id FROM fd_change n ASOF JOIN fd_loss l ON l.here = (n.node > 0) AND n.event_id <= l.event_id
),
cut AS (FROM fd_change LEFT JOIN execed USING (node) LEFT JOIN wiped USING (node) LEFT JOIN lost USING (node))
SELECT *, least(next_event_id, exec_event_id, wipe_event_id, loss_event_id) AS until_event_id,
  CASE least(next_event_id, exec_event_id, wipe_event_id, loss_event_id)
    WHEN exec_event_id THEN CASE WHEN certain THEN 'exec' ELSE 'unknown' END
    WHEN wipe_event_id THEN 'unknown' WHEN loss_event_id THEN 'unknown'
    WHEN next_event_id THEN CASE WHEN next_op = 'close' AND next_actor = actor THEN 'close' WHEN next_op = 'dup' AND next_actor = actor THEN 'replace' ELSE 'unknown' END END AS ended,
  -- A number that is given out again was closed before, and no line shows it.
  coalesce(next_event_id <= least(exec_event_id, wipe_event_id, loss_event_id, next_event_id) AND next_op IN ('open', 'create') AND next_actor = actor, false) AS reopened
FROM cut;

-- Pointers that hold: to a node that is in force, of an actor whose changes apply.
CREATE OR REPLACE TEMP TABLE fd_pointer AS
SELECT s.node, s.up
FROM fd_source s JOIN fd_end u ON u.node = s.up
WHERE s.up_op NOT IN ('close', 'unknown') AND coalesce(u.until_event_id >= s.until_event_id, true)
  AND (s.up_actor = s.actor OR coalesce(s.up_event_id < s.actor_from_event_id AND s.up_actor = s.actor_parent, false));

-- Chains of dup and inherit are as long as the capture: each round doubles the stride.
CREATE OR REPLACE TEMP TABLE fd_root AS
WITH RECURSIVE jump(node, up) USING KEY (node) AS (
  SELECT n.node, coalesce(p.up, n.node) FROM fd_change n LEFT JOIN fd_pointer p USING (node) WHERE n.op IN ('dup', 'inherit')
  UNION
  SELECT a.node, b.up FROM jump a JOIN recurring.jump b ON b.node = a.up WHERE a.up <> b.up
)
SELECT j.node, j.up AS root FROM jump j JOIN fd_change r ON r.node = j.up WHERE r.op IN ('open', 'create')
UNION ALL
SELECT node, node FROM fd_change WHERE op IN ('open', 'create');

-- A relative path goes on from the directory behind its dfd, where that is known.
CREATE OR REPLACE TEMP TABLE open_dir AS
WITH lookup AS (
  SELECT o.exit_event_id, o.enter_event_id, o.table_id, o.dfd, t.actor, t.actor_parent, t.actor_from_event_id
  FROM opened o JOIN fd_table t USING (task_id)
  WHERE o.dfd IS NOT NULL AND o.enter_event_id IS NOT NULL AND o.path <> '' AND o.path[1] <> '/' AND o.exit_event_id IS NOT NULL
)
SELECT k.exit_event_id, root.event_id AS dir_event_id
FROM lookup k
ASOF JOIN fd_end d ON d.table_id = k.table_id AND d.fd = k.dfd AND d.event_id < k.enter_event_id
JOIN fd_root r ON r.node = d.node
JOIN fd_change root ON root.node = r.root
WHERE coalesce(d.until_event_id > k.enter_event_id, true)
  AND (d.actor = k.actor OR coalesce(d.event_id < k.actor_from_event_id AND d.actor = k.actor_parent, false));

CREATE OR REPLACE TEMP TABLE open_place AS
WITH RECURSIVE place AS (
  SELECT d.exit_event_id, d.dir_event_id, o.path AS dir_path
  FROM open_dir d JOIN opened o ON o.exit_event_id = d.dir_event_id
  WHERE o.path IS NOT NULL AND NOT o.cut AND o.exit_event_id NOT IN (SELECT exit_event_id FROM open_dir)
  UNION ALL
  SELECT d.exit_event_id, d.dir_event_id, rtrim(p.dir_path, '/') || '/' || o.path
  FROM place p JOIN opened o ON o.exit_event_id = p.exit_event_id JOIN open_dir d ON d.dir_event_id = p.exit_event_id
  WHERE o.path IS NOT NULL AND NOT o.cut
)
SELECT exit_event_id, dir_path FROM place;

INSERT INTO descriptor
WITH named AS (
  SELECT n.*, root.event_id AS origin_event_id, root.kind AS made, o.path, o.cut, p.dir_path,
    CASE WHEN root.node IS NULL THEN 'what it was made from is not in the capture'
         WHEN n.reopened THEN 'the number is given out again; its close before is not in the capture'
         WHEN NOT coalesce(root.event_id >= (SELECT from_event_id FROM complete), false)
           THEN 'lines are missing in the capture: a close and a new open can be among them' END AS gap
  FROM fd_end n
  LEFT JOIN fd_root r USING (node)
  LEFT JOIN fd_change root ON root.node = r.root
  LEFT JOIN opened o ON o.exit_event_id = root.event_id
  LEFT JOIN open_place p ON p.exit_event_id = root.event_id
  WHERE n.op IN ('open', 'create', 'dup') OR (n.op = 'inherit' AND root.node IS NOT NULL)
)
SELECT getvariable('capture_id'), table_id, actor, fd, event_id, until_event_id, op, ended, origin_event_id,
  coalesce(rtrim(dir_path, '/') || '/' || path, path), coalesce(cut, false), made,
  CASE WHEN gap IS NULL AND dir_path IS NULL THEN 'exact' ELSE 'inferred' END, gap
FROM named
