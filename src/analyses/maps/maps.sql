WITH compared AS (SELECT DISTINCT capture_id, pid FROM proc_map),
traced AS (
  SELECT m.*, t.pid, t.comm, c.pid IS NOT NULL AS compared,
    CASE WHEN contains(m.prot, 'PROT_READ') THEN 'r' ELSE '-' END || CASE WHEN contains(m.prot, 'PROT_WRITE') THEN 'w' ELSE '-' END
      || CASE WHEN contains(m.prot, 'PROT_EXEC') THEN 'x' ELSE '-' END AS perms
  FROM mapping m JOIN task t USING (task_id) LEFT JOIN compared c ON c.capture_id = m.capture_id AND c.pid = t.pid
),
-- The saved map that holds the first address of the traced one.
held AS (
  SELECT t.exit_event_id, min_by(p, p.start_addr) AS map
  FROM traced t JOIN proc_map p ON p.capture_id = t.capture_id AND p.pid = t.pid AND t.start_addr >= p.start_addr AND t.start_addr < p.end_addr
  GROUP BY t.exit_event_id
),
row AS (
  SELECT t.map_ts AS ts, t.pid::BIGINT AS pid, t.comm, '0x' || bare_hex(t.start_addr) AS start_addr, '0x' || bare_hex(t.end_addr) AS end_addr,
    t.len::BIGINT AS len, t.prot, t.flags_text, t.path, t.fd, t.unmap_ts,
    CASE WHEN NOT t.compared THEN NULL
         WHEN h.map IS NULL AND t.unmap_ts IS NOT NULL THEN 'only in the trace: it was unmapped'
         WHEN h.map IS NULL THEN 'only in the trace: gone or replaced when the maps were saved'
         WHEN left(h.map.perms, 3) = t.perms THEN 'confirmed'
         ELSE 'confirmed at this address, protection is now ' || h.map.perms END AS maps_status,
    h.map.path AS maps_path, e.line_no, e.event_id AS place, 0 AS part
  FROM traced t LEFT JOIN held h USING (exit_event_id) JOIN event_row e ON e.event_id = t.enter_event_id
  UNION ALL
  SELECT NULL, p.pid::BIGINT, NULL, '0x' || bare_hex(p.start_addr), '0x' || bare_hex(p.end_addr), (p.end_addr - p.start_addr)::BIGINT, p.perms, NULL, NULL, NULL, NULL,
    'only in the saved maps: no mmap in the capture begins in it', p.path, NULL, p.line_no, 1
  FROM proc_map p
  WHERE NOT EXISTS (FROM traced t WHERE t.capture_id = p.capture_id AND t.pid = p.pid AND t.start_addr < p.end_addr AND t.end_addr > p.start_addr)
)
SELECT ts, pid, comm, start_addr, end_addr, len, prot, flags_text, path, fd, unmap_ts, maps_status, maps_path, line_no
FROM row
ORDER BY part, place, start_addr
