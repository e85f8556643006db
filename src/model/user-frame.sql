-- user_frame: addresses of user stacks as file and place in it, by the mapping that was there when the stack was taken, or by saved
-- maps of the process, which tell no time and so are only inferred.
CREATE OR REPLACE TEMP TABLE raw_frame AS
WITH raw AS (SELECT stack_id, depth, address::BIGINT AS address FROM stack_frame WHERE space = 'user' AND symbol IS NULL AND address < 4611686018427387904),
taken AS (
  SELECT s.event_id, s.stack_id, e.pid
  FROM event_stack s JOIN event_row e USING (event_id)
  WHERE s.stack_id IN (SELECT stack_id FROM raw) AND e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
)
SELECT t.event_id, t.stack_id, r.depth, r.address, t.pid, l.until_event_id IS NULL AS last_life, p.space_id, p.actor
FROM taken t
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = t.pid AND t.event_id >= l.from_event_id
ASOF LEFT JOIN (FROM task_space WHERE capture_id = getvariable('capture_id')) p ON p.task_id = l.task_id AND t.event_id >= p.from_event_id
JOIN raw r USING (stack_id);

-- A forked task has what those before it had at the fork.
CREATE OR REPLACE TEMP TABLE frame_space AS
WITH RECURSIVE copied AS (
  SELECT DISTINCT space_id, parent_space_id, parent_actor, copy_from_event_id, copy_until_event_id FROM task_space WHERE began = 'fork'
),
up AS (
  SELECT DISTINCT space_id AS of_space_id, space_id, actor, NULL::BIGINT AS from_event_id, NULL::BIGINT AS until_event_id, 0 AS level FROM raw_frame WHERE space_id IS NOT NULL
  UNION ALL
  SELECT u.of_space_id, c.parent_space_id, c.parent_actor, c.copy_from_event_id, c.copy_until_event_id, u.level + 1
  FROM up u JOIN copied c USING (space_id) WHERE u.level < 100
)
FROM up;

CREATE OR REPLACE TEMP TABLE framed AS
WITH looked AS (
  SELECT f.event_id, f.stack_id, f.depth, f.address, s.level, s.space_id, s.actor, coalesce(s.from_event_id, f.event_id) AS from_event_id, coalesce(s.until_event_id, f.event_id) AS until_event_id
  FROM raw_frame f JOIN frame_space s ON s.of_space_id = f.space_id AND (s.level > 0 OR s.actor = f.actor)
),
bounded AS (
  SELECT k.*, b.stretch FROM looked k ASOF JOIN memory_bound b ON b.space_id = k.space_id AND k.address >= b.addr
),
stated AS (
  SELECT b.*, m.at_event_id FROM bounded b ASOF JOIN memory_state m ON m.stretch = b.stretch AND b.from_event_id > m.at_event_id
)
SELECT s.event_id, s.stack_id, s.depth, s.address, p.path, p."offset" + (s.address - p.start_addr) AS "offset", p.call_event_id,
  CASE WHEN p.path_confidence = 'exact' AND (p.until_event_id IS NOT NULL OR p.ended IS NULL) THEN 'exact' ELSE 'inferred' END AS confidence
FROM stated s
JOIN mapping_part p ON p.since_event_id = s.at_event_id AND p.space_id = s.space_id AND p.actor = s.actor AND s.address >= p.start_addr AND s.address < p.end_addr
WHERE p.path IS NOT NULL AND coalesce(p.until_event_id >= s.until_event_id, true)
QUALIFY row_number() OVER (PARTITION BY s.event_id, s.depth ORDER BY s.level) = 1;

INSERT INTO user_frame
SELECT getvariable('capture_id'), event_id, stack_id, depth, address, path, "offset", call_event_id, confidence FROM framed
UNION ALL
SELECT getvariable('capture_id'), f.event_id, f.stack_id, f.depth, f.address, m.path, m."offset" + (f.address - m.start), NULL, 'inferred'
FROM (FROM raw_frame ANTI JOIN framed USING (event_id, depth)) f
ASOF JOIN (SELECT pid, start_addr::BIGINT AS start, end_addr::BIGINT AS behind, "offset", path FROM proc_map WHERE capture_id = getvariable('capture_id') AND start_addr < 4611686018427387904) m
  ON m.pid = f.pid AND f.address >= m.start
WHERE f.last_life AND f.address < m.behind AND m.path IS NOT NULL
