-- task_space: which address space a task works on, from its birth or an exec to the next exec. Threads and CLONE_VM share one (vfork
-- until the exec), a fork copies it, an exec makes a new one. As with descriptors (fd-table.sql), where the capture does not tell
-- whether two tasks share, they get one space and different actors: what one of them changed is then unknown to the other.
CREATE OR REPLACE TEMP TABLE space_cut AS
WITH born AS (
  SELECT l.task_id, l.from_event_id AS at_event_id, m.leader_task_id, p.parent_task_id,
    coalesce(p.enter_event_id, p.fork_event_id) AS copy_from_event_id, coalesce(c.exit_event_id, p.fork_event_id) AS copy_until_event_id,
    CASE
      WHEN m.thread AND m.leader_task_id <> l.task_id THEN 'shares'
      WHEN p.flags & 256 > 0 OR p.call = 'vfork' THEN 'shares'
      WHEN p.flags IS NOT NULL OR p.call = 'fork' THEN 'copies'
      WHEN p.parent_task_id IS NOT NULL THEN 'maybe'
      WHEN m.tgid IS NOT NULL THEN 'own' ELSE 'unborn' END AS way
  FROM life l
  JOIN member m USING (task_id)
  LEFT JOIN parent_of p USING (task_id)
  LEFT JOIN clone_call c ON c.enter_event_id = p.enter_event_id
  WHERE l.capture_id = getvariable('capture_id')
),
cut AS (
  SELECT *, true AS certain FROM born
  UNION ALL
  SELECT task_id, at_event_id, NULL, NULL, NULL, NULL, 'exec', true FROM exec
  UNION ALL
  -- An execve whose outcome is not shown may have replaced everything.
  SELECT l.task_id, s.enter_event_id, NULL, NULL, NULL, NULL, 'exec', false
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat') AND s.enter_event_id IS NOT NULL AND s.exit_event_id IS NULL
    AND s.enter_event_id NOT IN (SELECT enter_event_id FROM exec WHERE enter_event_id IS NOT NULL)
)
SELECT (SELECT coalesce(max(space_id), 0) FROM task_space) + row_number() OVER (ORDER BY at_event_id, task_id) AS cut_id, *,
  lead(at_event_id) OVER w AS until_event_id, lead(certain) OVER w AS until_certain
FROM cut WINDOW w AS (PARTITION BY task_id ORDER BY at_event_id, way = 'exec');

INSERT INTO task_space
WITH RECURSIVE
-- Whose space a task begins with: that of its leader or parent at its birth.
beside AS (
  SELECT c.*, u.cut_id AS up, u.task_id AS up_task_id
  FROM space_cut c ASOF LEFT JOIN space_cut u ON u.task_id = CASE WHEN c.way <> 'exec' THEN coalesce(c.parent_task_id, c.leader_task_id) END AND c.at_event_id >= u.at_event_id
),
placed AS (
  SELECT cut_id, CASE way WHEN 'unborn' THEN min(cut_id) FILTER (way = 'unborn') OVER () ELSE cut_id END AS space_id, cut_id AS actor,
    NULL::BIGINT AS actor_parent, at_event_id AS actor_from
  FROM beside WHERE way NOT IN ('shares', 'maybe') OR up IS NULL OR up = cut_id
  UNION ALL
  SELECT b.cut_id, p.space_id, CASE b.way WHEN 'maybe' THEN b.cut_id ELSE p.actor END, CASE b.way WHEN 'maybe' THEN p.actor ELSE p.actor_parent END,
    CASE b.way WHEN 'maybe' THEN b.at_event_id ELSE p.actor_from END
  FROM beside b JOIN placed p ON p.cut_id = b.up WHERE b.way IN ('shares', 'maybe') AND b.up <> b.cut_id
)
SELECT getvariable('capture_id'), c.task_id, c.at_event_id, c.until_event_id, c.until_certain, p.space_id, p.actor, p.actor_parent, p.actor_from,
  CASE WHEN p.actor <> c.cut_id THEN 'share' WHEN c.way = 'exec' AND c.certain THEN 'exec' WHEN c.way = 'copies' AND u.cut_id IS NOT NULL THEN 'fork' ELSE 'unknown' END,
  CASE WHEN c.way = 'copies' THEN u.space_id END, CASE WHEN c.way = 'copies' THEN u.actor END, c.copy_from_event_id, c.copy_until_event_id
FROM beside c JOIN placed p USING (cut_id) LEFT JOIN placed u ON u.cut_id = c.up
