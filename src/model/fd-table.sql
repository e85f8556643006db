-- fd_table: which descriptor table a task works on. Threads share one (CLONE_FILES), a fork copies it. Where the capture does not
-- tell whether two tasks share, they get one table and different actors: a number that one of them changed is then unknown to
-- the other. Tasks that are older than the capture and have no TGID column are all in that position.
CREATE OR REPLACE TEMP TABLE fd_leaver AS
-- Tasks that may have left a shared table: unshare(CLONE_FILES), close_range(CLOSE_RANGE_UNSHARE).
SELECT DISTINCT s.pid
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
WHERE s.capture_id = getvariable('capture_id') AND s.enter_event_id IS NOT NULL
  AND ((n.name = 'unshare' AND (s.form < 2 OR s.a0 & 1024 > 0)) OR (n.name = 'close_range' AND (s.form < 4 OR s.a2 & 2 > 0)));

CREATE OR REPLACE TEMP TABLE fd_birth AS
SELECT l.task_id, l.from_event_id, p.parent_task_id, m.leader_task_id, m.tgid,
  -- The table was copied between these two.
  coalesce(f.enter_event_id, c.enter_event_id, p.fork_event_id) AS copy_from_event_id,
  coalesce(f.exit_event_id, c.exit_event_id, p.fork_event_id) AS copy_until_event_id,
  CASE
    WHEN p.parent_task_id IS NOT NULL AND p.flags & 1024 > 0 THEN
      CASE WHEN l.pid IN (FROM fd_leaver) OR (p.flags & 65536 = 0 AND EXISTS (FROM exec x WHERE x.task_id = l.task_id)) THEN 'maybe' ELSE 'shares' END
    WHEN p.parent_task_id IS NOT NULL AND (p.flags IS NOT NULL OR p.thread IS FALSE OR m.thread IS FALSE) THEN 'copies'
    WHEN m.thread AND m.leader_task_id <> l.task_id THEN 'shares'
    WHEN p.parent_task_id IS NOT NULL THEN 'maybe'
    WHEN r.tgid IS NOT NULL AND l.until_event_id IS NULL THEN 'group'
    ELSE 'unborn' END AS way
FROM life l
JOIN member m USING (task_id)
LEFT JOIN own_range r USING (task_id)
LEFT JOIN parent_of p USING (task_id)
LEFT JOIN birth b USING (task_id)
LEFT JOIN fork_call f ON f.event_id = p.fork_event_id
LEFT JOIN clone_call c ON c.exit_event_id = p.fork_event_id AND b.shown = 3
WHERE l.capture_id = getvariable('capture_id')
QUALIFY row_number() OVER (PARTITION BY l.task_id ORDER BY f.enter_event_id) = 1;

INSERT INTO fd_table
WITH RECURSIVE root AS (
  SELECT *, CASE way WHEN 'group' THEN min(task_id) OVER (PARTITION BY way, tgid) WHEN 'unborn' THEN min(task_id) OVER (PARTITION BY way) ELSE task_id END AS table_id
  FROM fd_birth WHERE way IN ('copies', 'group', 'unborn')
),
placed AS (
  SELECT task_id, table_id, CASE way WHEN 'group' THEN table_id ELSE task_id END AS actor, NULL::BIGINT AS actor_parent, from_event_id AS actor_from
  FROM root
  UNION ALL
  SELECT b.task_id, p.table_id, CASE b.way WHEN 'maybe' THEN b.task_id ELSE p.actor END,
    CASE b.way WHEN 'maybe' THEN p.actor ELSE p.actor_parent END, CASE b.way WHEN 'maybe' THEN b.from_event_id ELSE p.actor_from END
  FROM fd_birth b JOIN placed p ON p.task_id = coalesce(b.parent_task_id, b.leader_task_id)
  WHERE b.way IN ('shares', 'maybe')
)
SELECT getvariable('capture_id'), b.task_id, coalesce(p.table_id, b.task_id), coalesce(p.actor, b.task_id), p.actor_parent,
  coalesce(p.actor_from, b.from_event_id), b.way = 'copies', b.parent_task_id, b.copy_from_event_id, b.copy_until_event_id
FROM fd_birth b LEFT JOIN placed p USING (task_id)
