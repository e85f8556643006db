-- mapping: successful mmap calls with the file behind their fd, until a munmap covers them whole.
INSERT INTO mapping
WITH call AS (
  SELECT s.*, n.name, e.a0, e.a1, e.a2, e.a3, e.a4, e.a5, e.form, l.task_id, m.leader_task_id
  FROM syscall_row s
  JOIN syscall_name n USING (syscall_id)
  JOIN event_row e ON e.event_id = s.enter_event_id AND e.form BETWEEN 2 AND 7
  JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND s.enter_event_id >= l.from_event_id
    AND (l.until_event_id IS NULL OR s.enter_event_id < l.until_event_id)
  JOIN member m ON m.task_id = l.task_id
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('mmap', 'munmap') AND s.ret IS NOT NULL
),
mapped AS (
  SELECT *, ret AS start_addr, ret + ((a1 + 4095) // 4096) * 4096 AS end_addr,
    -- fd is an int; MAP_ANONYMOUS (0x20) has no file
    CASE WHEN a3 & 32 = 0 AND (a4 & 4294967295) < 2147483648 THEN (a4 & 4294967295)::BIGINT END AS fd
  FROM call WHERE name = 'mmap' AND form = 7 AND syscall_errno(ret) IS NULL AND ret < 18446744073709547520
),
opened AS (
  SELECT f.fd, f.path, f.open_ts, f.exit_event_id, f.close_event_id, m.leader_task_id
  FROM file f JOIN member m ON m.task_id = f.task_id
  WHERE f.capture_id = getvariable('capture_id') AND f.fd IS NOT NULL AND f.exit_event_id IS NOT NULL
),
backed AS (
  SELECT a.*, o.path, o.exit_event_id AS open_event_id
  FROM mapped a ASOF LEFT JOIN opened o
    ON o.leader_task_id = a.leader_task_id AND o.fd = a.fd AND a.enter_event_id >= o.exit_event_id
),
unmapped AS (SELECT leader_task_id, a0, enter_event_id, enter_ts, a0 + a1 AS until_addr FROM call WHERE name = 'munmap' AND ret = 0)
SELECT getvariable('capture_id'), b.task_id, b.start_addr, b.end_addr, b.a1, mmap_prot_text(b.a2), mmap_flags_text(b.a3), b.a5,
  b.path, b.fd, b.exit_ts, u.enter_ts, b.enter_event_id, b.exit_event_id, b.open_event_id, u.enter_event_id
FROM backed b
ASOF LEFT JOIN unmapped u ON u.leader_task_id = b.leader_task_id AND u.a0 = b.start_addr AND b.exit_event_id <= u.enter_event_id
