-- mapping: successful mmap calls with the file behind their fd, until a munmap covers their start. Each step is a table of its
-- own: as one statement the planner takes ten times as long on a large capture.
CREATE OR REPLACE TEMP TABLE memory_call AS
WITH made AS (
  SELECT s.enter_event_id, s.exit_event_id, s.pid, s.enter_ts, s.exit_ts, s.ret, n.name, e.a0, e.a1, e.a2, e.a3, e.a4, e.a5, e.form
  FROM syscall_row s
  JOIN syscall_name n USING (syscall_id)
  JOIN event_row e ON e.event_id = s.enter_event_id AND e.form BETWEEN 2 AND 7
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('mmap', 'munmap') AND s.ret IS NOT NULL
)
SELECT c.*, l.task_id, m.leader_task_id, t.table_id, t.actor, t.actor_parent, t.actor_from_event_id
FROM made c
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.enter_event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id
JOIN fd_table t ON t.task_id = l.task_id;

CREATE OR REPLACE TEMP TABLE mapped AS
SELECT *, ret AS start_addr, ret + ((a1 + 4095) // 4096) * 4096 AS end_addr,
  -- fd is an int; MAP_ANONYMOUS (0x20) has no file
  CASE WHEN a3 & 32 = 0 AND (a4 & 4294967295) < 2147483648 THEN (a4 & 4294967295)::BIGINT END AS fd
FROM memory_call WHERE name = 'mmap' AND form = 7 AND syscall_errno(ret) IS NULL AND ret < 18446744073709547520;

-- The file behind the fd at the time of the call.
CREATE OR REPLACE TEMP TABLE backed AS
SELECT * EXCLUDE (behind, origin, sureness), CASE WHEN holds THEN behind END AS path, CASE WHEN holds THEN origin END AS open_event_id,
  CASE WHEN holds THEN sureness END AS path_confidence
FROM (
  SELECT a.*, d.path AS behind, d.origin_event_id AS origin, d.confidence AS sureness,
    fd_holds(d.since_event_id, d.until_event_id, d.actor, a.actor, a.actor_parent, a.actor_from_event_id, a.enter_event_id) AS holds
  FROM mapped a
  ASOF LEFT JOIN (FROM descriptor WHERE capture_id = getvariable('capture_id')) d ON d.table_id = a.table_id AND d.fd = a.fd AND a.enter_event_id > d.since_event_id
);

-- Behind a place where lines are missing an address may belong to another mapping.
CREATE OR REPLACE TEMP TABLE unsure_from AS
SELECT m.leader_task_id, t.event_id
FROM torn_at t
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = t.pid AND t.event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id;

CREATE OR REPLACE TEMP TABLE unmapped AS
SELECT leader_task_id, a0, enter_event_id, enter_ts FROM memory_call WHERE name = 'munmap' AND ret = 0;

INSERT INTO mapping
WITH ended AS (
  SELECT b.*, u.enter_ts AS unmap_ts, u.enter_event_id AS unmap_event_id,
    coalesce(t.event_id >= u.enter_event_id, true) AND coalesce(f.event_id >= u.enter_event_id, true) AS sure
  FROM backed b
  ASOF LEFT JOIN unmapped u ON u.leader_task_id = b.leader_task_id AND u.a0 = b.start_addr AND b.exit_event_id <= u.enter_event_id
  ASOF LEFT JOIN unsure_from t ON t.leader_task_id = b.leader_task_id AND b.exit_event_id <= t.event_id
  ASOF LEFT JOIN fd_loss f ON f.here = (b.form > 0) AND b.exit_event_id <= f.event_id
)
SELECT getvariable('capture_id'), task_id, start_addr, end_addr, a1, mmap_prot_text(a2), mmap_flags_text(a3), a5,
  path, fd, exit_ts, CASE WHEN sure THEN unmap_ts END, enter_event_id, exit_event_id, open_event_id,
  CASE WHEN sure THEN unmap_event_id END, path_confidence
FROM ended
