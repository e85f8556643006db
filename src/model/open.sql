-- Calls that change descriptors, placed in their tasks, and the path of each open.
-- way: open (of a path), create (of something else), dup, fcntl, close, range, hidden (makes descriptors whose numbers no line
-- shows). cloexec: how close-on-exec shows in the argument `at`; 'always', 'never', or NULL where no argument tells.
CREATE OR REPLACE TEMP TABLE fd_syscall AS
SELECT s.syscall_id, v.*
FROM (VALUES
  ('open', 'open', 'file', 1, 524288), ('openat', 'open', 'file', 2, 524288), ('openat2', 'open', 'file', NULL, NULL),
  ('creat', 'open', 'file', -1, NULL), ('open_by_handle_at', 'create', 'file', 2, 524288), ('open_tree', 'create', 'file', 2, 524288),
  ('socket', 'create', 'socket', 1, 524288), ('accept', 'create', 'socket', -1, NULL), ('accept4', 'create', 'socket', 3, 524288),
  ('eventfd', 'create', 'eventfd', -1, NULL), ('eventfd2', 'create', 'eventfd', 1, 524288),
  ('epoll_create', 'create', 'epoll', -1, NULL), ('epoll_create1', 'create', 'epoll', 0, 524288),
  ('signalfd', 'create', 'signalfd', -1, NULL), ('signalfd4', 'create', 'signalfd', 3, 524288),
  ('timerfd_create', 'create', 'timerfd', 1, 524288), ('inotify_init', 'create', 'inotify', -1, NULL),
  ('inotify_init1', 'create', 'inotify', 0, 524288), ('fanotify_init', 'create', 'fanotify', 0, 1),
  ('memfd_create', 'create', 'memfd', 1, 1), ('memfd_secret', 'create', 'memfd', 0, 524288), ('userfaultfd', 'create', 'userfaultfd', 0, 524288),
  ('pidfd_open', 'create', 'pidfd', NULL, NULL), ('pidfd_getfd', 'create', NULL, NULL, NULL), ('perf_event_open', 'create', 'perf_event', 4, 8),
  ('io_uring_setup', 'create', 'io_uring', NULL, NULL), ('mq_open', 'create', 'mqueue', NULL, NULL), ('fsopen', 'create', 'fscontext', 1, 1),
  ('fspick', 'create', 'fscontext', 2, 1), ('fsmount', 'create', 'mount', 1, 1), ('landlock_create_ruleset', 'create', 'landlock', NULL, NULL),
  ('dup', 'dup', NULL, -1, NULL), ('dup2', 'dup', NULL, -1, NULL), ('dup3', 'dup', NULL, 2, 524288),
  ('fcntl', 'fcntl', NULL, NULL, NULL), ('fcntl64', 'fcntl', NULL, NULL, NULL), ('ioctl', 'ioctl', NULL, NULL, NULL),
  ('close', 'close', NULL, NULL, NULL), ('close_range', 'range', NULL, NULL, NULL),
  ('pipe', 'hidden', NULL, NULL, NULL), ('pipe2', 'hidden', NULL, NULL, NULL), ('socketpair', 'hidden', NULL, NULL, NULL),
  ('recvmsg', 'hidden', NULL, NULL, NULL), ('recvmmsg', 'hidden', NULL, NULL, NULL), ('recvmmsg_time32', 'hidden', NULL, NULL, NULL),
  ('bpf', 'hidden', NULL, NULL, NULL), ('seccomp', 'hidden', NULL, NULL, NULL), ('io_uring_enter', 'hidden', NULL, NULL, NULL)
) AS v(name, way, kind, cloexec_at, cloexec_bit)
JOIN syscall_name s USING (name);

CREATE OR REPLACE TEMP TABLE fd_call AS
WITH called AS (
  SELECT s.enter_event_id, s.exit_event_id, coalesce(s.enter_event_id, s.exit_event_id) AS at_event_id, s.pid, s.enter_ts, s.exit_ts, s.ret,
    f.name, f.way, f.kind, f.cloexec_at, f.cloexec_bit, s.form, s.a0, s.a1, s.a2, s.a3
  FROM (FROM syscall_row WHERE capture_id = getvariable('capture_id')) s
  JOIN fd_syscall f USING (syscall_id)
  -- FIONCLEX, FIOCLEX; F_DUPFD, F_SETFD, F_DUPFD_CLOEXEC
  WHERE (f.way <> 'ioctl' OR (s.form >= 3 AND s.a1 IN (21584, 21585)))
    AND (f.way <> 'fcntl' OR s.form < 3 OR (s.a1 & 4294967295) IN (0, 2, 1030))
)
SELECT c.*, t.task_id, t.table_id, t.actor, as_signed(c.ret) AS value,
  CASE WHEN c.cloexec_at = -1 THEN false
       WHEN c.form >= c.cloexec_at + 2 THEN CASE c.cloexec_at WHEN 0 THEN c.a0 WHEN 1 THEN c.a1 WHEN 2 THEN c.a2 ELSE c.a3 END & c.cloexec_bit > 0
       WHEN c.name = 'pidfd_open' THEN true END AS cloexec
FROM called c
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.at_event_id >= l.from_event_id
JOIN fd_table t ON t.task_id = l.task_id;

-- path_seen: events that show the path of an open in text: probes on the functions that open, the vendor tracepoint, and the
-- strings that 6.19 and later print in the syscall line itself. `cut`: the closing quote is missing, the path may go on. path NULL:
-- the probe printed (fault), the string could not be read.
CREATE OR REPLACE TEMP TABLE path_seen AS
SELECT p.event_id, p.pid, p.path, p.source, p.cut, coalesce(p.probed, '') AS probed, v.flags
FROM path_event p LEFT JOIN ev.do_sys_open v ON p.source = 'do_sys_open' AND v.event_id = p.event_id
WHERE p.event_id BETWEEN getvariable('first_event') AND getvariable('last_event');

-- Opens: the system calls, and where those are not in the capture calls of do_sys_open (do_sys_openat2 since 5.6) whose entry and
-- return are probed. do_filp_open inside them, or inside an exec, returns a pointer or an error.
CREATE OR REPLACE TEMP TABLE open_call AS
WITH returned AS (
  SELECT c.*, regexp_extract(c.ret, '=(0x[0-9a-f]+|-?[0-9]+)( |$)', 1) AS value_text, regexp_replace(c.function, '[.].*$', '') AS symbol
  FROM call c
  WHERE c.capture_id = getvariable('capture_id') AND c.return_event_id IS NOT NULL AND c.entry_event_id IS NOT NULL AND c.confidence = 'exact'
    AND (c.function LIKE 'do_sys_open%' OR c.function LIKE 'do_filp_open%' OR c.function LIKE 'do_file_open%')
),
by_probe AS (
  SELECT *, CASE WHEN value_text[1:2] = '0x' THEN TRY_CAST(value_text AS UBIGINT)
                 WHEN value_text[1] = '-' THEN TRY_CAST(18446744073709551616 + TRY_CAST(value_text AS HUGEINT) AS UBIGINT)
                 ELSE TRY_CAST(value_text AS UBIGINT) END AS ret_value
  FROM returned
)
SELECT task_id, table_id, actor, pid, at_event_id, enter_event_id, exit_event_id, enter_ts, exit_ts, ret, value, cloexec, name, 1 AS rank,
  CASE WHEN form BETWEEN 2 AND 7 THEN CASE name WHEN 'openat' THEN a2 WHEN 'open' THEN a1 WHEN 'creat' THEN 577 END END AS flags,
  CASE WHEN form BETWEEN 2 AND 7 AND name IN ('openat', 'openat2') THEN fd_number(a0) END AS dfd
FROM fd_call WHERE way = 'open'
UNION ALL
SELECT c.task_id, NULL, NULL, c.pid, c.entry_event_id, c.entry_event_id, c.return_event_id, e.ts, e.ts + c.dur, CASE WHEN f.plain OR f.failed THEN c.ret_value END,
  CASE WHEN f.plain OR f.failed THEN as_signed(c.ret_value) END, NULL, c.symbol, CASE WHEN f.plain THEN 2 ELSE 3 END, NULL, NULL
FROM by_probe c JOIN event_row e ON e.event_id = c.entry_event_id
CROSS JOIN LATERAL (SELECT c.symbol LIKE 'do_sys_open%' AS plain, syscall_errno(c.ret_value) IS NOT NULL AS failed) f;

-- The open around each path: same pid, entered before and returned after; the outermost of several. Without its return the open may
-- be over, and the path be of another whose lines are missing.
CREATE OR REPLACE TEMP TABLE path_call AS
WITH around AS (
  SELECT p.event_id, c.at_event_id, 1 AS rank
  FROM path_seen p ASOF JOIN (FROM open_call WHERE rank = 1 AND enter_event_id IS NOT NULL) c ON c.pid = p.pid AND p.event_id >= c.enter_event_id
  WHERE c.exit_event_id > p.event_id OR p.event_id = c.enter_event_id
  UNION ALL
  SELECT p.event_id, c.at_event_id, 2
  FROM path_seen p ASOF JOIN (FROM open_call WHERE rank = 2) c ON c.pid = p.pid AND p.event_id >= c.enter_event_id
  WHERE c.exit_event_id > p.event_id
  UNION ALL
  SELECT p.event_id, c.at_event_id, 3
  FROM path_seen p ASOF JOIN (FROM open_call WHERE rank = 3) c ON c.pid = p.pid AND p.event_id >= c.enter_event_id
  WHERE c.exit_event_id > p.event_id
)
SELECT event_id, arg_min(at_event_id, rank) AS at_event_id FROM around GROUP BY event_id;

CREATE OR REPLACE TEMP TABLE opened AS
WITH shown AS (
  SELECT c.at_event_id, coalesce(arg_min(p.event_id, p.event_id) FILTER (p.path IS NOT NULL), min(p.event_id)) AS path_event_id,
    arg_min(p.path, p.event_id) FILTER (p.path IS NOT NULL) AS path,
    coalesce(arg_min(p.source, p.event_id) FILTER (p.path IS NOT NULL), arg_min(p.source, p.event_id) || ': (fault)') AS source,
    coalesce(arg_min(p.cut, p.event_id) FILTER (p.path IS NOT NULL), false) AS cut
  FROM path_call c JOIN path_seen p USING (event_id) GROUP BY c.at_event_id
),
-- A probed call counts where it shows a path, and is no part of a system call that the capture shows.
counted AS (
  SELECT c.*, s.path_event_id, s.path, s.cut, coalesce(s.source || ' in ' || c.name, c.name) AS source
  FROM open_call c LEFT JOIN shown s USING (at_event_id)
  WHERE c.rank = 1 OR s.at_event_id IS NOT NULL
)
SELECT task_id, table_id, actor, at_event_id, enter_event_id, exit_event_id, path_event_id, path, coalesce(cut, false) AS cut, source, flags, dfd,
  coalesce(exit_ts, enter_ts) AS open_ts, ret, value, cloexec
FROM counted
UNION ALL
-- A path outside any open: an exec, the kernel itself, or a capture without syscalls. The first probe of several in a row on
-- the same path stands for all.
SELECT l.task_id, NULL, NULL, p.event_id, NULL, NULL, p.event_id, p.path, coalesce(p.cut, false),
  p.source || CASE WHEN p.path IS NULL THEN ': (fault)' ELSE '' END, p.flags, NULL, e.ts, NULL, NULL, NULL
FROM (
  SELECT *, lag(coalesce(path, '')) OVER w AS before_path, lag(path IS NULL) OVER w AS before_fault, lag(source) OVER w AS before_source
  FROM path_seen ANTI JOIN path_call USING (event_id) WINDOW w AS (PARTITION BY pid ORDER BY event_id)
) p
JOIN event_row e ON e.event_id = p.event_id
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = p.pid AND p.event_id >= l.from_event_id
-- A string that could not be read at one probe is read at the next of the same open.
WHERE NOT coalesce((p.before_path = coalesce(p.path, '') OR p.before_fault) AND p.before_source <> p.source, false)
