-- Per path and task: opens by this task, and what it read and wrote through descriptors of it, also inherited ones.
WITH opened AS (
  SELECT f.task_id, coalesce(rtrim(f.dir_path, '/') || '/' || f.path, f.path) AS path, f.path_cut, f.errno,
    f.fd IS NOT NULL AND f.exit_event_id IS NOT NULL AND f.ended IS NULL AS stays, f.dir_path IS NOT NULL AS inferred,
    e.line_no
  FROM file f JOIN event_row e ON e.event_id = coalesce(f.enter_event_id, f.path_event_id, f.exit_event_id)
  WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
opens AS (
  SELECT task_id, path, path_cut, count(*) AS opens, count(errno) AS failed, count(*) FILTER (stays) AS stays, bool_or(inferred) AS inferred,
    min(line_no) AS line_no
  FROM opened GROUP BY task_id, path, path_cut
),
errors AS (
  SELECT task_id, path, path_cut, string_agg(errno || CASE WHEN n > 1 THEN ' x' || n ELSE '' END, ', ' ORDER BY n DESC, errno) AS errors
  FROM (SELECT task_id, path, path_cut, errno, count(*) AS n FROM opened WHERE errno IS NOT NULL GROUP BY ALL) GROUP BY ALL
),
moved AS (
  SELECT u.task_id, u.path, u.ret, u.confidence, e.line_no,
    u.name IN ('read', 'pread64', 'readv', 'preadv', 'preadv2', 'getdents', 'getdents64') AS reads
  FROM fd_use u JOIN event_row e ON e.event_id = u.enter_event_id
  WHERE u.name IN ('read', 'pread64', 'readv', 'preadv', 'preadv2', 'getdents', 'getdents64', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2')
    AND u.path IS NOT NULL AND u.ret >= 0 AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
bytes AS (
  SELECT task_id, path, count(*) FILTER (reads) AS reads, sum(ret) FILTER (reads) AS bytes_read, count(*) FILTER (NOT reads) AS writes,
    sum(ret) FILTER (NOT reads) AS bytes_written, bool_or(confidence = 'inferred') AS inferred, min(line_no) AS line_no
  FROM moved GROUP BY task_id, path
)
SELECT
  t.capture_id AS capture_id,
  coalesce(o.path, b.path) || CASE WHEN o.path_cut THEN '… (cut off in the capture)' ELSE '' END AS path,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  coalesce(o.opens, 0) AS opens,
  coalesce(o.failed, 0) AS failed,
  r.errors AS errors,
  CASE WHEN t.death IN ('exited', 'killed', 'dumped') THEN coalesce(o.stays, 0) ELSE 0 END AS open_at_exit,
  CASE WHEN t.death IN ('exited', 'killed', 'dumped') THEN 0 ELSE coalesce(o.stays, 0) END AS open_at_end,
  coalesce(b.reads, 0) AS reads,
  b.bytes_read::BIGINT AS bytes_read,
  coalesce(b.writes, 0) AS writes,
  b.bytes_written::BIGINT AS bytes_written,
  CASE WHEN coalesce(o.inferred, false) OR coalesce(b.inferred, false) THEN 'inferred' ELSE 'exact' END AS confidence,
  least(o.line_no, b.line_no) AS line_no
FROM opens o
FULL JOIN bytes b ON b.task_id = o.task_id AND b.path = o.path AND NOT o.path_cut
LEFT JOIN errors r ON r.task_id = o.task_id AND r.path IS NOT DISTINCT FROM o.path AND r.path_cut = o.path_cut
JOIN task t ON t.task_id = coalesce(o.task_id, b.task_id)
ORDER BY t.capture_id, opens DESC, path NULLS LAST, pid, line_no
