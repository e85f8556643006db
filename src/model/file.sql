-- path_seen: events that show the path of an open in text: probes on the functions that open, the vendor tracepoint, and the
-- strings that 6.19 and later print in the syscall line itself. `cut`: the closing quote is missing, the path may go on.
CREATE OR REPLACE TEMP TABLE path_seen AS
SELECT p.event_id, p.pid, p.path, p.source, p.cut, coalesce(p.probed, '') AS probed
FROM path_event p
WHERE p.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND p.path IS NOT NULL;

CREATE OR REPLACE TEMP TABLE open_call AS
SELECT s.enter_event_id, s.exit_event_id, s.pid, s.enter_ts, s.exit_ts, s.ret, n.name,
  coalesce(s.enter_event_id, s.exit_event_id) AS at_event_id,
  CASE WHEN e.form BETWEEN 2 AND 7 THEN
    CASE n.name WHEN 'openat' THEN e.a2 WHEN 'open' THEN e.a1 WHEN 'creat' THEN 577 END END AS flags
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
LEFT JOIN event_row e ON e.event_id = s.enter_event_id
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('open', 'openat', 'openat2', 'creat');

-- The open around each path: same pid, entered before and returned after. Without its return the open may be over, and the path
-- be of another whose lines are missing.
CREATE OR REPLACE TEMP TABLE path_call AS
SELECT p.event_id, c.at_event_id
FROM path_seen p ASOF JOIN (FROM open_call WHERE enter_event_id IS NOT NULL) c ON c.pid = p.pid AND p.event_id >= c.enter_event_id
WHERE c.exit_event_id > p.event_id OR p.event_id = c.enter_event_id;

CREATE OR REPLACE TEMP TABLE opened AS
WITH named AS (
  SELECT c.at_event_id, min(p.event_id) AS path_event_id, arg_min(p.path, p.event_id) AS path, arg_min(p.source, p.event_id) AS source,
    arg_min(p.cut, p.event_id) AS cut
  FROM path_call c JOIN path_seen p USING (event_id) GROUP BY c.at_event_id
)
SELECT c.pid, c.at_event_id, c.enter_event_id, c.exit_event_id, n.path_event_id, n.path, n.cut, coalesce(n.source || ' in ' || c.name, c.name) AS source,
  c.flags, coalesce(c.exit_ts, c.enter_ts) AS open_ts, c.ret
FROM open_call c LEFT JOIN named n USING (at_event_id)
UNION ALL
-- A path outside any open: an exec, the kernel itself, or a capture without syscalls. The first probe of several in a row on
-- the same path stands for all.
SELECT p.pid, p.event_id, NULL, NULL, p.event_id, p.path, p.cut, p.source, NULL, e.ts, NULL
FROM (
  SELECT *, lag(path) OVER w AS before_path, lag(source) OVER w AS before_source
  FROM path_seen ANTI JOIN path_call USING (event_id) WINDOW w AS (PARTITION BY pid ORDER BY event_id)
) p
JOIN event_row e ON e.event_id = p.event_id
WHERE NOT coalesce(p.before_path = p.path AND p.before_source <> p.source, false);

-- Behind a place where lines are missing a descriptor may stand for another file.
CREATE OR REPLACE TEMP TABLE unsure_from AS
SELECT m.leader_task_id, t.event_id
FROM torn_at t
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = t.pid AND t.event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id;

CREATE OR REPLACE TEMP TABLE lost_from AS
SELECT DISTINCT (SELECT min(e.event_id) FROM event_row e WHERE e.capture_id = l.capture_id AND e.line_no > l.line_no) AS event_id
FROM loss l WHERE l.capture_id = getvariable('capture_id') AND l.kind IN ('lost', 'buffer_started');

INSERT INTO file
WITH placed AS (
  SELECT o.*, l.task_id, m.leader_task_id, as_signed(o.ret) AS signed_ret
  FROM opened o
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = o.pid AND o.at_event_id >= l.from_event_id
  JOIN member m ON m.task_id = l.task_id
),
close_call AS (
  SELECT s.enter_event_id, s.enter_ts, s.pid, as_signed(e.a0 & 4294967295) AS fd
  FROM syscall_row s
  JOIN syscall_name n USING (syscall_id)
  JOIN event_row e ON e.event_id = s.enter_event_id AND e.form = 2
  WHERE s.capture_id = getvariable('capture_id') AND n.name = 'close' AND coalesce(s.ret, 0) = 0
),
closed AS (
  SELECT c.enter_event_id, c.enter_ts, c.fd, m.leader_task_id
  FROM close_call c
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.enter_event_id >= l.from_event_id
  JOIN member m ON m.task_id = l.task_id
)
SELECT getvariable('capture_id'), p.task_id, p.path, CASE WHEN p.signed_ret >= 0 THEN p.signed_ret END, open_flags_text(p.flags),
  p.open_ts, CASE WHEN s.sure THEN c.enter_ts END, p.signed_ret, errno_name(syscall_errno(p.ret)), p.source, coalesce(p.cut, false),
  p.enter_event_id, p.exit_event_id, p.path_event_id, CASE WHEN s.sure THEN c.enter_event_id END
FROM placed p
ASOF LEFT JOIN closed c ON c.leader_task_id = p.leader_task_id AND c.fd = CASE WHEN p.signed_ret >= 0 THEN p.signed_ret END
  AND coalesce(p.exit_event_id, p.at_event_id) <= c.enter_event_id
ASOF LEFT JOIN unsure_from u ON u.leader_task_id = p.leader_task_id AND coalesce(p.exit_event_id, p.at_event_id) <= u.event_id
ASOF LEFT JOIN lost_from f ON coalesce(p.exit_event_id, p.at_event_id) < f.event_id
CROSS JOIN LATERAL (SELECT coalesce(u.event_id >= c.enter_event_id, true) AND coalesce(f.event_id > c.enter_event_id, true) AS sure) s;

-- A close belongs to the latest open of that number; an earlier one was closed by something the capture does not show.
UPDATE file SET close_ts = NULL, close_event_id = NULL
FROM (
  SELECT exit_event_id, row_number() OVER (PARTITION BY close_event_id ORDER BY exit_event_id DESC) AS nth
  FROM file WHERE capture_id = getvariable('capture_id') AND close_event_id IS NOT NULL
) f
WHERE f.exit_event_id = file.exit_event_id AND f.nth > 1
