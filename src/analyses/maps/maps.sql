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
-- mprotect over the whole of a saved map that gave it its protection: the latest one.
changed AS (
  SELECT p.capture_id, p.pid, p.start_addr, max(s.enter_event_id) AS event_id
  FROM proc_map p
  JOIN syscall_row s ON s.capture_id = p.capture_id AND s.pid = p.pid AND s.ret = 0
  JOIN syscall_name n ON n.syscall_id = s.syscall_id AND n.name IN ('mprotect', 'pkey_mprotect')
  JOIN event_row e ON e.event_id = s.enter_event_id AND e.form >= 4 AND e.a0 <= p.start_addr AND e.a0 + e.a1 >= p.end_addr
  WHERE left(p.perms, 3) = CASE WHEN e.a2 & 1 > 0 THEN 'r' ELSE '-' END || CASE WHEN e.a2 & 2 > 0 THEN 'w' ELSE '-' END || CASE WHEN e.a2 & 4 > 0 THEN 'x' ELSE '-' END
  GROUP BY p.capture_id, p.pid, p.start_addr
),
-- Who maps what no mmap shows: execve the program, its interpreter, the stack and the vdso, and brk the heap.
execed AS (
  SELECT t.capture_id, t.pid, arg_max(t.exec_path, t.exec_event_id) AS exec_path, max(e.line_no) AS exec_line
  FROM task t JOIN event_row e ON e.event_id = t.exec_event_id GROUP BY t.capture_id, t.pid
),
grown AS (
  SELECT s.capture_id, s.pid, max(e.line_no) AS line_no
  FROM syscall_row s JOIN syscall_name n ON n.syscall_id = s.syscall_id AND n.name = 'brk' JOIN event_row e ON e.event_id = s.enter_event_id
  SEMI JOIN compared c ON c.capture_id = s.capture_id AND c.pid = s.pid
  GROUP BY s.capture_id, s.pid
),
row AS (
  SELECT t.map_ts AS ts, t.pid::BIGINT AS pid, t.comm, '0x' || bare_hex(t.start_addr) AS start_addr, '0x' || bare_hex(t.end_addr) AS end_addr,
    t.len::BIGINT AS len, t.prot, t.flags_text, t.path, t.fd, t.unmap_ts,
    CASE WHEN NOT t.compared THEN NULL
         WHEN h.map IS NULL AND t.unmap_ts IS NOT NULL THEN 'only in the trace: it was unmapped'
         WHEN h.map IS NULL THEN 'only in the trace: gone or replaced when the maps were saved'
         WHEN left(h.map.perms, 3) = t.perms THEN 'confirmed'
         WHEN m.event_id > t.exit_event_id THEN 'confirmed: mprotect on line ' || me.line_no || ' made it ' || h.map.perms
         ELSE 'confirmed at this address, protection is now ' || h.map.perms END AS maps_status,
    h.map.path AS maps_path, e.line_no, e.event_id AS place, 0 AS part
  FROM traced t LEFT JOIN held h USING (exit_event_id) JOIN event_row e ON e.event_id = t.enter_event_id
  LEFT JOIN changed m ON m.capture_id = t.capture_id AND m.pid = t.pid AND m.start_addr = h.map.start_addr
  LEFT JOIN event_row me ON me.event_id = m.event_id
  UNION ALL
  SELECT NULL, p.pid::BIGINT, NULL, '0x' || bare_hex(p.start_addr), '0x' || bare_hex(p.end_addr), (p.end_addr - p.start_addr)::BIGINT, p.perms, NULL, NULL, NULL, NULL,
    'only in the saved maps: ' || CASE
      WHEN p.path = '[heap]' THEN coalesce('brk makes it, last on line ' || g.line_no, 'brk makes it, and no brk is in the capture')
      WHEN x.exec_line IS NOT NULL AND (p.path IN ('[stack]', '[vdso]', '[vvar]', '[vvar_vclock]', '[vsyscall]') OR p.path = x.exec_path OR regexp_matches(p.path, '/ld-[^/]*[.]so[^/]*$'))
        THEN 'execve maps it, line ' || x.exec_line
      WHEN x.exec_line IS NOT NULL THEN 'no mmap in the capture begins in it: execve (line ' || x.exec_line || ') maps the program without one'
      ELSE 'older than the capture or inherited: it holds no mmap there and no execve of the task' END, p.path, NULL, p.line_no, 1
  FROM proc_map p LEFT JOIN execed x ON x.capture_id = p.capture_id AND x.pid = p.pid LEFT JOIN grown g ON g.capture_id = p.capture_id AND g.pid = p.pid
  WHERE NOT EXISTS (FROM traced t WHERE t.capture_id = p.capture_id AND t.pid = p.pid AND t.start_addr < p.end_addr AND t.end_addr > p.start_addr)
)
SELECT ts, pid, comm, start_addr, end_addr, len, prot, flags_text, path, fd, unmap_ts, maps_status, maps_path, line_no
FROM row
ORDER BY part, place, start_addr
