-- What processes whose name matches did and what was done to them: kind, word, how often, first line. A word that the capture
-- does not show (an open without its path) is NULL.
WITH leader AS (
  SELECT task_id, capture_id, pid, comm, coalesce(fork_event_id, first_event_id, 0) AS from_event_id
  FROM task WHERE NOT coalesce(thread, false) AND pid > 0
),
-- A thread belongs to the process that had its tgid when it came.
member AS (
  SELECT task_id, task_id AS leader_id FROM leader
  UNION ALL
  SELECT h.task_id, l.task_id
  FROM (SELECT task_id, capture_id, tgid, coalesce(fork_event_id, first_event_id, 0) AS at FROM task WHERE thread AND tgid IS NOT NULL) h
  ASOF JOIN leader l ON l.capture_id = h.capture_id AND l.pid = h.tgid AND h.at >= l.from_event_id
),
process AS (
  SELECT m.task_id, l.pid, l.comm FROM member m JOIN leader l ON l.task_id = m.leader_id WHERE regexp_full_match(l.comm, $comm)
),
fact AS (
  SELECT 'signals' AS kind, target_task_id AS task_id, signal AS word, coalesce(generate_event_id, deliver_event_id) AS event_id FROM signal
  UNION ALL
  SELECT 'opens', task_id, path, coalesce(enter_event_id, path_event_id, exit_event_id) FROM file
  UNION ALL
  SELECT 'execs', l.task_id, e.filename, e.event_id FROM ev.sched_process_exec e ASOF JOIN life l ON l.pid = e.pid AND e.event_id >= l.from_event_id
  UNION ALL
  SELECT 'syscalls', l.task_id, n.name, coalesce(s.enter_event_id, s.exit_event_id)
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  ASOF JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND coalesce(s.enter_event_id, s.exit_event_id) >= l.from_event_id
  UNION ALL
  SELECT 'errors', l.task_id, errno_name(syscall_errno(s.ret)), coalesce(s.enter_event_id, s.exit_event_id)
  FROM syscall_row s
  ASOF JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND coalesce(s.enter_event_id, s.exit_event_id) >= l.from_event_id
  WHERE syscall_errno(s.ret) IS NOT NULL
)
SELECT f.kind, p.pid, p.comm, f.word, count(*) AS n, min(e.line_no) AS line_no
FROM fact f JOIN process p USING (task_id) JOIN event_row e USING (event_id)
WHERE f.kind = $kind
GROUP BY f.kind, p.pid, p.comm, f.word
