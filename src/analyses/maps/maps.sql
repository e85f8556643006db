WITH compared AS (SELECT DISTINCT capture_id, pid FROM proc_map),
part AS (
  SELECT row_number() OVER (ORDER BY p.call_event_id, p.start_addr) AS part_id, p.*, t.pid, t.comm, p.start_addr::BIGINT AS start, p.end_addr::BIGINT AS behind,
    perms_of(p.prot) AS perms
  FROM mapping_part p JOIN task t USING (task_id)
),
saved AS (
  SELECT *, start_addr::BIGINT AS start, end_addr::BIGINT AS behind, left(perms, 3) AS rwx, regexp_replace(path, ' \(deleted\)$', '') AS file FROM proc_map
),
-- Address spaces of the pids that have saved maps. A saved map tells no time: it is held against the moment that it fits best.
space AS (
  SELECT DISTINCT s.capture_id, t.pid, s.space_id, s.began, s.from_event_id, s.parent_space_id, s.copy_from_event_id
  FROM task_space s JOIN task t USING (task_id) JOIN compared c ON c.capture_id = s.capture_id AND c.pid = t.pid
  QUALIFY row_number() OVER (PARTITION BY s.capture_id, t.pid, s.space_id ORDER BY s.from_event_id) = 1
),
fit AS (
  SELECT s.capture_id, s.pid, s.space_id, p.part_id, p.since_event_id, p.until_event_id, p.ended,
    CASE WHEN EXISTS (FROM saved m WHERE m.capture_id = s.capture_id AND m.pid = s.pid AND m.start <= p.start AND m.behind >= p.behind AND m.rwx = p.perms) THEN 1 ELSE -1 END AS score
  FROM part p JOIN space s USING (space_id)
),
moment AS (
  SELECT capture_id, pid, space_id, event_id
  FROM (
    SELECT *, sum(score) OVER (PARTITION BY capture_id, pid, space_id ORDER BY event_id) AS fitting
    FROM (
      SELECT capture_id, pid, space_id, since_event_id AS event_id, score, true AS settled FROM fit
      -- Between the enter and the return of a call that replaces something neither is there.
      UNION ALL SELECT capture_id, pid, space_id, until_event_id, -score, ended IN ('munmap', 'brk') FROM fit WHERE until_event_id IS NOT NULL
      UNION ALL SELECT capture_id, pid, space_id, from_event_id, 0, true FROM space)
  )
  WHERE settled
  QUALIFY row_number() OVER (PARTITION BY capture_id, pid ORDER BY fitting DESC, event_id DESC) = 1
),
alive AS (
  SELECT m.pid AS saved_pid, p.* FROM part p JOIN moment m USING (space_id)
  WHERE p.since_event_id <= m.event_id AND coalesce(p.until_event_id > m.event_id, true)
),
-- Each part that was there then, and the saved maps that it touches.
touched AS (
  SELECT a.capture_id, a.part_id, a.saved_pid, m.line_no, least(a.behind, m.behind) - greatest(a.start, m.start) AS len,
    CASE WHEN a.perms IS NULL OR m.rwx = a.perms THEN 'agrees' ELSE 'protection' END AS outcome,
    a.path IS NOT NULL AND m.file IS NOT NULL AND m."offset" + (greatest(a.start, m.start) - m.start) <> a."offset" + (greatest(a.start, m.start) - a.start) AS shifted,
    m.perms, m.path, m.file
  FROM alive a JOIN saved m ON m.capture_id = a.capture_id AND m.pid = a.saved_pid AND m.start < a.behind AND m.behind > a.start
),
told AS (
  SELECT a.part_id,
    CASE WHEN count(t.line_no) = 0 THEN 'only in the trace: gone when the maps were saved, and the capture does not show how'
         WHEN coalesce(bool_or(t.shifted), false) THEN 'differs: the maps name another part of the file there'
         WHEN bool_or(t.outcome = 'protection') THEN 'differs: the maps say ' || string_agg(DISTINCT t.perms, ', ' ORDER BY t.perms)
         WHEN sum(t.len) < any_value(a.behind - a.start) THEN 'confirmed in part: ' || sum(t.len) || ' of ' || any_value(a.behind - a.start) || ' bytes'
         ELSE 'confirmed' END AS status,
    arg_min(t.path, t.line_no) FILTER (t.path IS NOT NULL) AS path
  FROM alive a LEFT JOIN touched t USING (part_id) GROUP BY a.part_id
),
-- Parts of a compared pid that were not there at that moment.
gone AS (
  SELECT f.part_id, 'only in the trace: ' || CASE
      WHEN m.space_id <> p.space_id AND p.ended = 'exec' THEN 'of the program before, replaced by execve on line ' || u.line_no
      WHEN m.space_id <> p.space_id THEN 'of another life of the pid, or of another program'
      WHEN p.since_event_id > m.event_id THEN 'made after the moment that the maps fit'
      WHEN p.ended = 'munmap' THEN 'unmapped on line ' || u.line_no
      WHEN p.ended = 'replace' THEN 'mapped over on line ' || u.line_no
      WHEN p.ended = 'mprotect' THEN 'protected anew on line ' || u.line_no
      WHEN p.ended IN ('mremap', 'brk') THEN 'taken away by ' || p.ended || ' on line ' || u.line_no
      ELSE 'what became of it is not in the capture' END AS status
  FROM (SELECT DISTINCT capture_id, pid, part_id FROM fit) f JOIN part p USING (part_id)
  JOIN moment m ON m.capture_id = f.capture_id AND m.pid = f.pid LEFT JOIN event_row u ON u.event_id = p.until_event_id
  WHERE p.part_id NOT IN (SELECT part_id FROM alive)
),
-- What a forked task has from those before it.
before AS (
  WITH RECURSIVE up AS (
    SELECT s.capture_id, s.pid, s.parent_space_id AS space_id, s.copy_from_event_id AS event_id
    FROM space s JOIN moment m USING (capture_id, pid, space_id) WHERE s.began = 'fork'
    UNION ALL
    SELECT u.capture_id, u.pid, s.parent_space_id, s.copy_from_event_id
    FROM up u JOIN (SELECT DISTINCT space_id, parent_space_id, copy_from_event_id FROM task_space WHERE began = 'fork') s USING (space_id)
  )
  SELECT m.capture_id, m.pid, m.line_no, arg_max(p.pid, p.since_event_id) AS from_pid, arg_max(p.call_event_id, p.since_event_id) AS event_id
  FROM up u JOIN part p USING (space_id)
  JOIN saved m ON m.capture_id = u.capture_id AND m.pid = u.pid AND m.start >= p.start AND m.behind <= p.behind AND m.rwx = p.perms
  WHERE p.since_event_id < u.event_id AND coalesce(p.until_event_id > u.event_id, true)
  GROUP BY m.capture_id, m.pid, m.line_no
),
heap AS (
  SELECT s.capture_id, s.pid, max(e.line_no) AS line_no
  FROM syscall_row s JOIN syscall_name n ON n.syscall_id = s.syscall_id AND n.name = 'brk' JOIN event_row e ON e.event_id = s.enter_event_id
  SEMI JOIN compared c ON c.capture_id = s.capture_id AND c.pid = s.pid
  GROUP BY s.capture_id, s.pid
),
program AS (
  SELECT m.capture_id, m.pid, s.began, arg_max(t.exec_path, t.exec_event_id) FILTER (s.began = 'exec') AS exec_path,
    any_value(e.line_no) FILTER (s.began = 'exec') AS exec_line, any_value(e.line_no) FILTER (s.began = 'fork') AS fork_line
  FROM moment m JOIN space s USING (capture_id, pid, space_id) JOIN task t ON t.capture_id = m.capture_id AND t.pid = m.pid
  LEFT JOIN event_row e ON e.event_id = s.from_event_id
  GROUP BY m.capture_id, m.pid, s.began
),
-- Execve maps the program and its interpreter without an mmap, and behind them their memory that is zero at the start.
lined AS (
  SELECT m.*, coalesce(file IN ('[stack]', '[vdso]', '[vvar]', '[vvar_vclock]', '[vsyscall]') OR regexp_extract(file, '[^/]+$') = regexp_extract(p.exec_path, '[^/]+$')
      OR regexp_matches(file, '/ld[^/]*[.]so[^/]*$'), false) AS of_exec, p.exec_line, p.fork_line, p.began,
    lag(m.behind) OVER w AS behind_before, lag(file) OVER w AS file_before
  FROM saved m LEFT JOIN program p ON p.capture_id = m.capture_id AND p.pid = m.pid
  WINDOW w AS (PARTITION BY m.capture_id, m.pid ORDER BY m.start)
),
held AS (SELECT capture_id, saved_pid AS pid, line_no, sum(len) AS len FROM touched GROUP BY capture_id, saved_pid, line_no),
row AS (
  SELECT p.capture_id, coalesce(c.exit_ts, c.enter_ts) AS ts, p.pid::BIGINT AS pid, p.comm, '0x' || bare_hex(p.start_addr) AS start_addr, '0x' || bare_hex(p.end_addr) AS end_addr,
    p.behind - p.start AS len, p.prot, p.flags_text, p.path, CASE WHEN p.path IS NOT NULL OR o.fd IS NOT NULL THEN '0x' || bare_hex(p."offset") END AS "offset", o.fd,
    p.how, u.ts AS until_ts, coalesce(p.ended, 'end of capture') AS ended, coalesce(g.status, t.status) AS maps_status, t.path AS maps_path, e.line_no, p.call_event_id AS place, 0 AS part
  FROM part p
  JOIN event_row e ON e.event_id = p.call_event_id
  LEFT JOIN syscall_row c ON c.enter_event_id = p.call_event_id
  LEFT JOIN event_row u ON u.event_id = p.until_event_id
  LEFT JOIN mapping o ON o.enter_event_id = p.mapping_event_id
  LEFT JOIN told t USING (part_id) LEFT JOIN gone g USING (part_id)
  UNION ALL
  SELECT m.capture_id, NULL, m.pid::BIGINT, NULL, '0x' || bare_hex(m.start_addr), '0x' || bare_hex(m.end_addr), m.behind - m.start, m.perms, NULL, NULL, '0x' || bare_hex(m."offset"), NULL, NULL, NULL, NULL,
    CASE WHEN b.event_id IS NOT NULL THEN 'confirmed: inherited from ' || b.from_pid || ', which made it on line ' || be.line_no
         ELSE CASE WHEN d.len IS NULL THEN 'only in the saved maps: ' ELSE m.behind - m.start - d.len || ' bytes of it only in the saved maps: ' END || CASE
      WHEN m.path = '[heap]' THEN coalesce('brk makes it, last on line ' || h.line_no, 'brk makes it, and no brk of the task is in the capture')
      WHEN m.exec_line IS NOT NULL AND m.of_exec THEN 'execve maps it, line ' || m.exec_line
      WHEN m.exec_line IS NOT NULL AND m.path IS NULL AND m.start = m.behind_before AND m.file_before IS NOT NULL
        THEN 'execve (line ' || m.exec_line || ') makes the zeroed memory of a program behind its file'
      WHEN m.exec_line IS NOT NULL THEN 'no mmap in the capture makes it: execve (line ' || m.exec_line || ') maps the program without one'
      WHEN m.fork_line IS NOT NULL THEN 'inherited at the fork, line ' || m.fork_line || ', its parent made it before the capture'
      WHEN m.began IS NOT NULL THEN 'made before the capture: no mmap and no execve of the task explains it'
      ELSE 'the capture holds no task of this pid' END END,
    m.path, NULL, m.line_no, 1
  FROM lined m LEFT JOIN held d ON d.capture_id = m.capture_id AND d.pid = m.pid AND d.line_no = m.line_no
  LEFT JOIN before b ON b.capture_id = m.capture_id AND b.pid = m.pid AND b.line_no = m.line_no LEFT JOIN event_row be ON be.event_id = b.event_id
  LEFT JOIN heap h ON h.capture_id = m.capture_id AND h.pid = m.pid
  WHERE d.len IS NULL OR d.len < m.behind - m.start
)
SELECT capture_id, ts, pid, comm, start_addr, end_addr, len, prot, flags_text, path, "offset", fd, how, until_ts, ended, maps_status, maps_path, line_no
FROM row
ORDER BY capture_id, part, place, start_addr
