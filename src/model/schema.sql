-- Derived tables. Rows of every capture in the store; built capture by capture after its import (src/model/build.ts).

-- One row per life of a pid, from its first line up to the next life of the same pid.
CREATE TABLE IF NOT EXISTS life (
  task_id BIGINT NOT NULL,
  capture_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  from_event_id BIGINT NOT NULL,   -- own events have an event_id from here
  until_event_id BIGINT            -- up to, not including, this; NULL = last life of the pid
);

CREATE TABLE IF NOT EXISTS task (
  task_id BIGINT NOT NULL,
  capture_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  tgid INTEGER,                    -- NULL when the capture does not tell
  comm VARCHAR,
  parent_task_id BIGINT,           -- the task that forked it, from the fork itself
  fork_ts BIGINT,
  exec_ts BIGINT,                  -- return of the last successful execve
  exec_path VARCHAR,
  exit_ts BIGINT,
  exit_code INTEGER,
  exit_signal INTEGER,             -- of the wait status
  core_dumped BOOLEAN,
  zombie_dur BIGINT,               -- ns from the parent's notification to the reap; NULL when either is not in the capture
  reaped_ts BIGINT,
  reaper_task_id BIGINT,
  death VARCHAR NOT NULL,          -- exited | killed | dumped | alive | unknown
  fork_event_id BIGINT,            -- event that shows the fork: sched_process_fork, task_newtask or the clone's return
  fork_confidence VARCHAR,
  first_event_id BIGINT,           -- first own event
  last_event_id BIGINT,
  exec_enter_event_id BIGINT,
  exec_event_id BIGINT,
  exit_event_id BIGINT,
  notify_event_id BIGINT,          -- signal_generate that told the parent
  death_event_id BIGINT,           -- exit_group enter, or the fatal signal_deliver
  killer_event_id BIGINT,          -- signal_generate that killed it
  death_evidence VARCHAR,
  reap_event_id BIGINT,
  reap_confidence VARCHAR,
  thread BOOLEAN                   -- true: shares its process with a leader; NULL when unknown
);

CREATE TABLE IF NOT EXISTS signal (
  capture_id INTEGER NOT NULL,
  generate_event_id BIGINT,        -- NULL: delivered without a signal_generate in the capture
  deliver_event_id BIGINT,
  sig INTEGER NOT NULL,
  signal VARCHAR NOT NULL,
  sender_pid INTEGER,
  sender_comm VARCHAR,
  sender_task_id BIGINT,
  target_pid INTEGER,
  target_comm VARCHAR,
  target_task_id BIGINT,
  code INTEGER,
  code_name VARCHAR,
  result VARCHAR,                  -- delivered | ignored | already_pending | overflow_fail | lose_info
  cause VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,     -- of the cause
  evidence VARCHAR NOT NULL,
  generate_ts BIGINT,
  deliver_ts BIGINT,
  latency BIGINT,
  disposition VARCHAR,             -- default | ignore | handler, as the delivery shows it
  delivered_sig INTEGER,           -- number the kernel delivered: 9 for any fatal signal that dumps no core
  receiver_pid INTEGER,            -- thread that took it
  syscall_event_id BIGINT,         -- enter (or else exit) of the syscall that sent it
  stack_id INTEGER,
  taken_event_id BIGINT,           -- return of the sigwaitinfo (rt_sigtimedwait) that took it: no signal_deliver then
  handler_return_event_id BIGINT,  -- rt_sigreturn that ended its handler; NULL also when the handler jumped out
  handler_dur BIGINT               -- ns from the delivery until there
);

CREATE TABLE IF NOT EXISTS wait (
  capture_id INTEGER NOT NULL,
  enter_event_id BIGINT,
  exit_event_id BIGINT,
  pid INTEGER NOT NULL,
  task_id BIGINT,
  name VARCHAR NOT NULL,           -- wait4 | waitid
  options UBIGINT,
  ret BIGINT,
  child_task_id BIGINT,
  reaped BOOLEAN,                  -- NULL: the capture does not tell whether it reaped or reported a stop
  confidence VARCHAR
);

-- Ended children that no wait reaped, because the kernel did: their parent ignores SIGCHLD or sets SA_NOCLDWAIT.
CREATE TABLE IF NOT EXISTS self_reaped (
  capture_id INTEGER NOT NULL,
  task_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,        -- what tells
  how VARCHAR NOT NULL             -- childless (a later wait finds no child) | freed | untold (no SIGCHLD was written)
);

-- One row per turn of a task on a CPU.
CREATE TABLE IF NOT EXISTS sched (
  capture_id INTEGER NOT NULL,
  task_id BIGINT NOT NULL,
  pid INTEGER NOT NULL,
  cpu INTEGER NOT NULL,
  in_event_id BIGINT,              -- the switch to it; NULL: it ran since before the capture, or the line is missing
  in_ts BIGINT,
  out_event_id BIGINT,             -- the switch away; NULL: it ran when the capture ended, or the line is missing
  out_ts BIGINT,
  out_state VARCHAR,               -- prev_state as printed: R and R+ can go on, S, D ... sleep
  off_event_id BIGINT,             -- the switch away that ended its turn before this one
  off_ts BIGINT,
  off_state VARCHAR,
  wake_event_id BIGINT,            -- what woke it for this turn: sched_waking, else sched_wakeup or sched_wakeup_new
  wake_ts BIGINT,
  waker VARCHAR,                   -- task, idle, or the interrupt that woke it; NULL: not shown
  waker_pid INTEGER,               -- only of a task: in an interrupt the task of the line is nobody's waker
  waker_task_id BIGINT,
  turn_event_id BIGINT NOT NULL,   -- names the turn: in_event_id, or else out_event_id
  before_event_id BIGINT,          -- turn_event_id of its own turn before
  waker_turn_event_id BIGINT,      -- turn_event_id of the waker's turn
  confidence VARCHAR NOT NULL      -- inferred: lines are missing somewhere, or only sched_wakeup shows the waker
);

CREATE TABLE IF NOT EXISTS link_row (
  capture_id INTEGER NOT NULL,
  from_event_id BIGINT NOT NULL,
  to_event_id BIGINT NOT NULL,
  kind VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,
  evidence VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS file (
  capture_id INTEGER NOT NULL,
  task_id BIGINT NOT NULL,
  path VARCHAR,                    -- NULL when no event shows it
  fd BIGINT,
  flags_text VARCHAR,
  open_ts BIGINT,
  close_ts BIGINT,
  ret BIGINT,
  errno VARCHAR,                   -- name, NULL when the open succeeded or did not return
  source VARCHAR NOT NULL,         -- which event or call shows it
  path_cut BOOLEAN NOT NULL,       -- the closing quote is missing: the path may go on
  enter_event_id BIGINT,
  exit_event_id BIGINT,
  path_event_id BIGINT,
  close_event_id BIGINT,
  ended VARCHAR,                   -- how the fd ended: as descriptor.ended
  dir_path VARCHAR                 -- where a relative path starts: the directory behind dfd, where its open is in the capture
);

-- Which descriptor table a task works on.
CREATE TABLE IF NOT EXISTS fd_table (
  capture_id INTEGER NOT NULL,
  task_id BIGINT NOT NULL,
  table_id BIGINT NOT NULL,        -- the same for tasks that share their descriptors, or may share them
  actor BIGINT NOT NULL,           -- the same for tasks that are known to share them
  actor_parent BIGINT,             -- actor that made this one, when they may share
  actor_from_event_id BIGINT NOT NULL,
  copied BOOLEAN NOT NULL,         -- the task began with a copy of its parent's table
  parent_task_id BIGINT,
  copy_from_event_id BIGINT,       -- the copy was made between these two
  copy_until_event_id BIGINT
);

-- One row per stretch in which a number of a descriptor table stood for the same open file.
CREATE TABLE IF NOT EXISTS descriptor (
  capture_id INTEGER NOT NULL,
  table_id BIGINT NOT NULL,        -- fd_table
  actor BIGINT NOT NULL,
  fd INTEGER NOT NULL,
  since_event_id BIGINT NOT NULL,  -- return of the call that made it; the birth of the task for an inherited one
  until_event_id BIGINT,           -- from this event on it no longer holds; NULL: to the end of the table, or of the capture
  how VARCHAR NOT NULL,            -- open | create (a call that makes no path: socket, eventfd2 ...) | dup | inherit
  ended VARCHAR,                   -- close | replace | exec (close-on-exec) | unknown (what happens then is not shown); NULL with until_event_id
  origin_event_id BIGINT,          -- return of the open or create behind it; NULL: before the capture, or not to be told
  path VARCHAR,                    -- as the capture shows it, after a known directory when it is relative; NULL when nothing shows it
  path_cut BOOLEAN NOT NULL,
  kind VARCHAR,                    -- file, or what the call made: socket, eventfd, epoll ...; NULL when unknown
  confidence VARCHAR NOT NULL,
  gap VARCHAR                      -- why it is only inferred
);

-- Which address space a task works on, from its birth or an exec to the next exec.
CREATE TABLE IF NOT EXISTS task_space (
  capture_id INTEGER NOT NULL,
  task_id BIGINT NOT NULL,
  from_event_id BIGINT NOT NULL,
  until_event_id BIGINT,           -- the exec that replaces it
  until_certain BOOLEAN,           -- false: an execve whose outcome is not shown
  space_id BIGINT NOT NULL,        -- the same for tasks that share their memory, or may share it
  actor BIGINT NOT NULL,           -- the same for tasks that are known to share it
  actor_parent BIGINT,             -- actor that made this one, when they may share
  actor_from_event_id BIGINT NOT NULL,
  began VARCHAR NOT NULL,          -- exec | fork (a copy of the parent's) | share | unknown (before the capture, or not to be told)
  parent_space_id BIGINT,          -- of a copy: the space that was copied, and the actor whose it was
  parent_actor BIGINT,
  copy_from_event_id BIGINT,       -- the copy was made between these two
  copy_until_event_id BIGINT
);

-- What was at an address when: one row per stretch of addresses and time in which nothing changed.
CREATE TABLE IF NOT EXISTS mapping_part (
  capture_id INTEGER NOT NULL,
  space_id BIGINT NOT NULL,        -- task_space
  actor BIGINT NOT NULL,
  task_id BIGINT NOT NULL,         -- whose call made it so
  start_addr UBIGINT NOT NULL,
  end_addr UBIGINT NOT NULL,       -- first address behind, in pages of 4 KiB
  since_event_id BIGINT NOT NULL,  -- return of the call that made it so
  until_event_id BIGINT,           -- enter of the call that ends it, or the exec or exit; NULL: to the end of the capture
  since_ts BIGINT,
  until_ts BIGINT,                 -- NULL unless a call ends it
  prot VARCHAR,                    -- NULL: not to be told
  flags_text VARCHAR,
  "offset" UBIGINT,                -- of start_addr in the file
  path VARCHAR,
  path_confidence VARCHAR,
  open_event_id BIGINT,            -- return of the open that gave the fd of the mmap
  fd BIGINT,
  how VARCHAR NOT NULL,            -- mmap | mremap | brk | mprotect
  ended VARCHAR,                   -- munmap | replace (mapped over) | mremap | brk | mprotect (goes on with another protection) | exec | exit | unknown (what happens then is not shown)
  call_event_id BIGINT NOT NULL,   -- enter of the call that made it so
  mapping_event_id BIGINT,         -- enter of the mmap or brk behind it; NULL: made before the capture, by execve, or not to be told
  base_event_id BIGINT,            -- enter of the call that put it there: that, or the last mremap
  call_start_addr UBIGINT NOT NULL,
  call_end_addr UBIGINT NOT NULL,  -- the whole range of the call
  call_len UBIGINT NOT NULL        -- bytes that it asked for
);

-- Addresses of user stacks, as file and place in it. Frames that are not here stand for themselves (stack_frame).
CREATE TABLE IF NOT EXISTS user_frame (
  capture_id INTEGER NOT NULL,
  event_id BIGINT NOT NULL,
  stack_id INTEGER NOT NULL,
  depth INTEGER NOT NULL,          -- as stack_frame.depth
  address UBIGINT NOT NULL,
  path VARCHAR NOT NULL,
  "offset" UBIGINT,                -- in the file
  call_event_id BIGINT,            -- enter of the call that mapped it so; NULL: from saved maps
  confidence VARCHAR NOT NULL
);

-- What calls put into memory: mmap, mremap (what it moves or adds) and brk (what it adds), whole; unmap_ts: when nothing of it was left.
CREATE OR REPLACE VIEW mapping AS
WITH made AS (
  SELECT capture_id, task_id, call_event_id, since_event_id, any_value(space_id) AS space_id, any_value(how) AS how, any_value(call_start_addr) AS start_addr,
    any_value(call_end_addr) AS end_addr, any_value(call_len) AS len, arg_min(prot, start_addr) AS prot, arg_min(flags_text, start_addr) AS flags_text,
    arg_min("offset", start_addr) AS "offset", any_value(path) AS path, any_value(fd) AS fd, any_value(since_ts) AS map_ts, any_value(open_event_id) AS open_event_id,
    any_value(path_confidence) AS path_confidence
  FROM mapping_part WHERE how <> 'mprotect'
  GROUP BY capture_id, task_id, call_event_id, since_event_id
),
gone AS (
  SELECT base_event_id, max(until_event_id) AS event_id, max(until_ts) AS ts, arg_max(ended, until_event_id) AS ended
  FROM mapping_part WHERE ended IS DISTINCT FROM 'mprotect' AND base_event_id IS NOT NULL
  GROUP BY base_event_id HAVING count(*) = count(until_event_id) AND NOT bool_or(ended = 'unknown')
)
SELECT m.capture_id, m.task_id, m.start_addr, m.end_addr, m.len, m.prot, m.flags_text, m."offset", m.path, m.fd, m.map_ts,
  CASE WHEN g.ended NOT IN ('exec', 'exit') THEN g.ts END AS unmap_ts, m.call_event_id AS enter_event_id, m.since_event_id AS exit_event_id, m.open_event_id,
  CASE WHEN g.ended NOT IN ('exec', 'exit') THEN g.event_id END AS unmap_event_id, m.path_confidence, m.how, g.ended, m.space_id
FROM made m LEFT JOIN gone g ON g.base_event_id = m.call_event_id;

CREATE TABLE IF NOT EXISTS call (
  capture_id INTEGER NOT NULL,
  entry_event_id BIGINT,           -- NULL: only the return is in the capture
  return_event_id BIGINT,          -- NULL: missed, cut off, or not to be told from another's
  task_id BIGINT NOT NULL,
  pid INTEGER NOT NULL,
  function VARCHAR,                -- symbol, or the address of a uprobe; NULL where a graph closes a call without naming it
  depth BIGINT,                    -- calls of the capture around it whose both ends are known; function_graph prints it
  args VARCHAR,                    -- as the entry's probes printed them
  ret VARCHAR,                     -- as the return's probes printed it
  dur BIGINT,
  caller VARCHAR,                  -- as the return or the stack shows it
  parent_event_id BIGINT,          -- entry of the innermost call around it
  errno VARCHAR,                   -- name, where the kernel function returned a negative error
  context VARCHAR,                 -- where it ran: task | softirq | hardirq; NULL: the capture does not tell
  confidence VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS packet_hop (
  capture_id INTEGER NOT NULL,
  lifetime_id BIGINT NOT NULL,     -- one life of one socket buffer; its address is used again after its end
  skb UBIGINT NOT NULL,            -- as the tracepoint prints it: hashed since 4.15; of a probe whose hash is not known, the address
  step BIGINT NOT NULL,            -- 1 = first hop of the life
  event_id BIGINT NOT NULL,
  ts BIGINT,
  function VARCHAR NOT NULL,       -- the event, or the probed function
  dev VARCHAR,
  len BIGINT,
  protocol INTEGER,                -- EtherType; NULL where the event does not print it
  drop_reason VARCHAR,
  location VARCHAR,                -- of a free, as printed: symbol or hashed address
  dur_since_prev BIGINT,
  confidence VARCHAR NOT NULL,     -- does this hop belong to this life; of a first hop: does a life begin here
  prev_event_id BIGINT,            -- the hop before; of the first hop of a copy: that of the buffer that was copied
  clone_of BIGINT                  -- lifetime_id of the buffer that this one is a copy of; NULL: none, or not shown
);

-- Does the capture hold everything? What rests on the absence of lines is said only from there on.
CREATE TABLE IF NOT EXISTS coverage (
  capture_id INTEGER NOT NULL,
  complete_from_event_id BIGINT,   -- nothing is missing from here on; NULL: something is, or nobody can tell
  counted BOOLEAN NOT NULL,        -- the header counts the records
  unplaced BOOLEAN NOT NULL        -- records are missing, and nobody knows where
);

-- Protection as /proc/PID/maps prints it.
CREATE OR REPLACE MACRO perms_of(prot) AS
  CASE WHEN contains(prot, 'PROT_READ') THEN 'r' ELSE '-' END || CASE WHEN contains(prot, 'PROT_WRITE') THEN 'w' ELSE '-' END
    || CASE WHEN contains(prot, 'PROT_EXEC') THEN 'x' ELSE '-' END || CASE WHEN prot IS NULL THEN NULL ELSE '' END;

-- kfree_skb is a drop unless its reason says otherwise; 0x0 is SKB_NOT_DROPPED_YET where the kernel has no name for it.
CREATE OR REPLACE MACRO is_drop(function, drop_reason) AS
  function = 'kfree_skb' AND coalesce(drop_reason NOT IN ('NOT_DROPPED_YET', 'NOT_DROPPED', 'CONSUMED', '0x0'), true);

-- What lines of a kernel log say. `clock` tells whether their times compare with those of the trace: the capture script said so, or
-- log and trace overlap. entry and return: a module prints where a function begins and ends, in the kernel's own ways
-- (initcall_debug, samples/kprobes) and in people's. took: the line of a return holds the whole call.
CREATE OR REPLACE VIEW kernel_log_fact AS
WITH overlap AS (
  SELECT capture_id, coalesce(bool_or(v.value = 'local' OR l.ts BETWEEN c.first_ts - 1000000000 AND c.last_ts + 1000000000), false)
      AND any_value(c.time_unit) IN ('us', 'ns') AS clock
  FROM kernel_log l JOIN capture c USING (capture_id) LEFT JOIN (FROM capture_label WHERE key = 'clock') v USING (capture_id)
  GROUP BY capture_id
),
-- fn of a line that may be an entry (i) or a return (o).
worded AS (
  SELECT l.*, o.clock,
    regexp_extract(text, '^(?:<(\S+)> pre_handler: |[Cc]alling +(?:function +)?([A-Za-z_][\w.]*)(?:[+ (@,:]|$)|(?i:enter(?:ing|ed)?|-+>) *:? *(?:function +)?([A-Za-z_][\w.]*)\(?|([A-Za-z_][\w.]*)(?:\(\))?[:,]? +(?i:enter|entry|entered|entering)\b)', ['a', 'b', 'c', 'd']) AS i,
    regexp_extract(text, '^(?:initcall ([A-Za-z_][\w.]*)\S* returned |([A-Za-z_][\w.]*) returned -?\w+ and took \d+ ns|(?i:return(?:ing|ed))(?: from)? +([A-Za-z_][\w.]*).*(?i:with an? ?return value)|(?i:leav(?:e|ing)|left|exit(?:ing|ed)?|<-+) *:? *(?:function +)?([A-Za-z_][\w.]*)|([A-Za-z_][\w.]*)(?:\(\))?[:,]? +(?i:leave|leaving|exit|exiting|returns|returned|returning)\b)', ['a', 'b', 'c', 'd', 'e']) AS o
  FROM kernel_log l JOIN overlap o USING (capture_id)
),
named AS (
  SELECT *, coalesce(nullif(i.a, ''), nullif(i.b, ''), nullif(i.c, ''), nullif(i.d, '')) AS entered, coalesce(nullif(o.a, ''), nullif(o.b, ''), nullif(o.c, ''), nullif(o.d, ''), nullif(o.e, '')) AS left_,
    -- Forms of the kernel say it by themselves; of people's words both ends must be there.
    i.a <> '' OR i.b <> '' AS surely_in, o.a <> '' OR o.b <> '' OR o.c <> '' AS surely_out
  FROM worded
),
ends AS (
  SELECT capture_id, coalesce(entered, left_) AS function, bool_or(entered IS NOT NULL) AND bool_or(left_ IS NOT NULL) AS both FROM named
  WHERE entered IS NOT NULL OR left_ IS NOT NULL GROUP BY ALL
),
parsed AS (
  SELECT n.*, CASE WHEN regexp_matches(text, '^oom-kill:.*,pid=\d+,') THEN 'oom_kill'
         WHEN regexp_matches(text, 'Killed process \d+ \(') THEN 'killed'
         WHEN regexp_matches(text, '^.{1,16}\[\d+\]: segfault at [0-9a-f]+ ip ') THEN 'segfault'
         WHEN regexp_matches(text, '^.{1,16}\[\d+\]:? (general protection|trap |bad frame|vsyscall )') THEN 'trap'
         WHEN regexp_matches(text, '^<[^>]+> post_handler: ') THEN 'after'
         WHEN n.left_ IS NOT NULL AND (n.surely_out OR e.both) THEN 'return'
         WHEN n.entered IS NOT NULL AND (n.surely_in OR e.both) THEN 'entry' END AS kind
  FROM named n LEFT JOIN ends e ON e.capture_id = n.capture_id AND e.function = coalesce(n.entered, n.left_)
)
SELECT capture_id, line_no, ts, clock, level, caller, kind,
  TRY_CAST(CASE kind WHEN 'oom_kill' THEN regexp_extract(text, ',pid=(\d+),', 1) WHEN 'killed' THEN regexp_extract(text, 'Killed process (\d+) \(', 1)
    WHEN 'segfault' THEN regexp_extract(text, '\[(\d+)\]: segfault at ', 1) WHEN 'trap' THEN regexp_extract(text, '\[(\d+)\]', 1)
    ELSE coalesce(nullif(regexp_extract(caller, '^T(\d+)$', 1), ''), regexp_extract(text, '^calling +\S+ @ (\d+)', 1)) END AS INTEGER) AS pid,
  CASE kind WHEN 'entry' THEN entered WHEN 'return' THEN left_ WHEN 'after' THEN regexp_extract(text, '^<([^>]+)>', 1) END AS function,
  nullif(CASE kind WHEN 'return' THEN coalesce(nullif(regexp_extract(text, ' returned (-?\w+) (?:after|and took) ', 1), ''),
    regexp_extract(text, '(?i)(?:return value(?: of)?|returns|returned|\bret(?:val)?|\brc|\bwith)[ :=]+(-?\d+|0x[0-9a-f]+)\b', 1)) END, '') AS ret,
  CASE kind WHEN 'return' THEN TRY_CAST(nullif(regexp_extract(text, ' and took (\d+) ns', 1), '') AS BIGINT) END AS took,
  text
FROM parsed;

-- Calls that the log itself shows: an entry and the return that closes it, brackets per function and caller. Where the log does
-- not say who printed a line, and always where a pair encloses another of its function, the two may be of two tasks.
CREATE OR REPLACE VIEW kernel_log_call AS
WITH told AS (
  SELECT *, kind = 'return' AS is_return, coalesce(caller, '') AS who FROM kernel_log_fact WHERE kind IN ('entry', 'return') AND function IS NOT NULL AND took IS NULL AND NOT text LIKE '%pre_handler: %'
),
walked AS (
  SELECT *, sum(CASE WHEN is_return THEN -1 ELSE 1 END) OVER (PARTITION BY capture_id, who, function ORDER BY line_no) + CASE WHEN is_return THEN 1 ELSE 0 END AS level,
    lead(line_no) OVER (PARTITION BY capture_id, who, function ORDER BY line_no) AS next_line_no
  FROM told
),
closed AS (
  SELECT *, lead(is_return) OVER w AS returns, lead(line_no) OVER w AS return_line_no, lead(ts) OVER w AS return_ts, lead(ret) OVER w AS return_ret
  FROM walked WINDOW w AS (PARTITION BY capture_id, who, function, level ORDER BY line_no)
),
paired AS (
  SELECT capture_id, line_no AS entry_line_no, return_line_no, ts, return_ts - ts AS dur, pid, function, return_ret AS ret,
    CASE WHEN who[1] = 'T' OR (text LIKE 'calling %' AND next_line_no = return_line_no) THEN 'exact' ELSE 'inferred' END AS confidence
  FROM closed WHERE NOT is_return AND returns
),
called AS (
  FROM paired
  UNION ALL BY NAME
  SELECT capture_id, line_no AS entry_line_no, line_no AS return_line_no, ts - took AS ts, took AS dur, pid, function, ret, 'exact' AS confidence FROM kernel_log_fact WHERE took IS NOT NULL
)
SELECT *, errno_name(CASE WHEN ret[1] = '-' AND TRY_CAST(ret AS BIGINT) BETWEEN -4095 AND -1 THEN -TRY_CAST(ret AS BIGINT)
  WHEN TRY_CAST(ret AS UBIGINT) BETWEEN 18446744073709547521 AND 18446744073709551615 THEN (18446744073709551616 - TRY_CAST(ret AS HUGEINT))::BIGINT END) AS errno
FROM called;

-- How far the trace's clock is ahead of the log's, from lines that tell of a signal that the trace holds. printk's clock is
-- local_clock(), ftrace's `local` is sched_clock(): where the TSC is not stable (kernel/sched/clock.c) they differ by a constant.
CREATE OR REPLACE VIEW kernel_log_anchor AS
SELECT s.generate_event_id, k.capture_id, k.line_no, k.kind, k.text, s.generate_ts - k.ts AS shift
FROM kernel_log_fact k JOIN signal s ON s.capture_id = k.capture_id AND s.target_pid = k.pid
  AND ((k.kind = 'killed' AND s.sig = 9) OR (k.kind IN ('segfault', 'trap') AND s.sig IN (4, 5, 7, 8, 11)))
WHERE k.clock AND s.code > 0 AND s.generate_ts BETWEEN k.ts - 1000000000 AND k.ts + 1000000000
QUALIFY row_number() OVER (PARTITION BY s.generate_event_id ORDER BY abs(s.generate_ts - k.ts), k.line_no) = 1
  AND row_number() OVER (PARTITION BY k.capture_id, k.line_no ORDER BY abs(s.generate_ts - k.ts), s.generate_event_id) = 1;

CREATE OR REPLACE VIEW link AS
SELECT capture_id, from_event_id, to_event_id, kind, confidence, evidence FROM link_row
UNION ALL
-- Where lines may be missing, a call that lasts may be two.
SELECT s.capture_id, s.enter_event_id, s.exit_event_id, 'syscall',
  CASE WHEN (s.exit_ts - s.enter_ts < 1000000 AND NOT c.unplaced) OR coalesce(c.counted AND s.enter_event_id >= c.complete_from_event_id, false) THEN 'exact' ELSE 'inferred' END,
  'enter and return of one call'
FROM syscall_row s JOIN coverage c USING (capture_id)
WHERE s.enter_event_id IS NOT NULL AND s.exit_event_id IS NOT NULL
UNION ALL
SELECT capture_id, entry_event_id, return_event_id, 'call', confidence, 'entry and return of one call of ' || function FROM call
WHERE entry_event_id < return_event_id
UNION ALL
SELECT c.capture_id, c.parent_event_id, c.entry_event_id, 'call', CASE WHEN c.confidence = 'exact' AND p.confidence = 'exact' THEN 'exact' ELSE 'inferred' END,
  'a call inside the call around it'
FROM call c JOIN call p ON p.entry_event_id = c.parent_event_id
WHERE c.parent_event_id < c.entry_event_id
UNION ALL
SELECT h.capture_id, h.prev_event_id, h.event_id, CASE WHEN is_drop(h.function, h.drop_reason) THEN 'drop' ELSE 'hop' END,
  CASE WHEN h.confidence = 'exact' AND p.confidence = 'exact' THEN 'exact' ELSE 'inferred' END,
  CASE WHEN h.lifetime_id <> p.lifetime_id THEN 'a copy of that socket buffer'
       WHEN h.confidence = 'exact' AND p.confidence = 'exact' THEN 'the same socket buffer' ELSE 'the same socket buffer, as far as addresses and order tell' END
FROM packet_hop h JOIN packet_hop p ON p.event_id = h.prev_event_id;

CREATE OR REPLACE MACRO fd_number(v) AS CASE WHEN (v & 4294967295) < 2147483648 THEN (v & 4294967295)::INTEGER END;

-- Does the latest row of descriptor before an event speak for a task of fd_table at that event?
CREATE OR REPLACE MACRO fd_holds(since, until, changed_by, actor, actor_parent, actor_from, at_event_id) AS coalesce(
  (until IS NULL OR until >= at_event_id) AND (changed_by = actor OR (since < actor_from AND changed_by = actor_parent)), false);

-- Calls on descriptors, one row per descriptor argument, with what the number stood for. path NULL: the capture does not show it.
CREATE OR REPLACE VIEW fd_use AS
WITH used AS (
  SELECT s.capture_id, s.enter_event_id, s.exit_event_id, s.pid, n.name, a.position,
    fd_number(CASE a.position WHEN 0 THEN s.a0 WHEN 1 THEN s.a1 WHEN 2 THEN s.a2 WHEN 3 THEN s.a3 ELSE s.a4 END) AS fd,
    as_signed(s.ret) AS ret, syscall_errno(s.ret) AS errno
  FROM syscall_row s
  JOIN syscall_name n USING (syscall_id)
  JOIN ref.syscall_arg a ON a.syscall = n.name AND a.kind IN ('fd', 'dfd') AND a.name <> 'newfd' AND n.name <> 'pidfd_getfd'
  WHERE s.form >= a.position + 2 AND NOT (n.name = 'mmap' AND s.a3 & 32 > 0)
)
SELECT u.capture_id, u.enter_event_id, u.exit_event_id, l.task_id, u.pid, u.name, u.position, u.fd, u.ret, errno_name(u.errno) AS errno,
  CASE WHEN h.holds THEN d.path END AS path, CASE WHEN h.holds THEN d.kind END AS kind, CASE WHEN h.holds THEN d.origin_event_id END AS origin_event_id,
  CASE WHEN h.holds AND d.origin_event_id IS NOT NULL THEN d.confidence END AS confidence
FROM used u
ASOF JOIN life l ON l.capture_id = u.capture_id AND l.pid = u.pid AND u.enter_event_id >= l.from_event_id
JOIN fd_table t ON t.task_id = l.task_id
ASOF LEFT JOIN descriptor d ON d.table_id = t.table_id AND d.fd = u.fd AND u.enter_event_id > d.since_event_id
CROSS JOIN LATERAL (SELECT fd_holds(d.since_event_id, d.until_event_id, d.actor, t.actor, t.actor_parent, t.actor_from_event_id, u.enter_event_id) AND u.errno IS DISTINCT FROM 9 AS holds) h
WHERE u.fd IS NOT NULL;

-- Arguments and return value as text are made when they are asked for.
CREATE OR REPLACE VIEW syscall AS
SELECT s.capture_id, s.enter_event_id, s.exit_event_id, l.task_id, s.pid, n.name,
  -- Text that the values do not give: strings that the kernel prints behind their pointer (6.19), or a line that was cut off.
  CASE WHEN s.form >= 1 AND NOT contains(e.args, '"')
    THEN syscall_args_text(n.name, s.a0, s.a1, s.a2, s.a3, s.a4, s.a5, d.keys[1:s.form - 1]) ELSE e.args END AS args,
  CASE WHEN s.exit_event_id IS NOT NULL THEN as_signed(s.ret) END AS ret,
  errno_name(syscall_errno(s.ret, n.name)) AS errno,
  s.exit_ts - s.enter_ts AS dur,
  coalesce(f.path, CASE WHEN fd_holds(o.since_event_id, o.until_event_id, o.actor, t.actor, t.actor_parent, t.actor_from_event_id, s.enter_event_id) AND syscall_errno(s.ret) IS DISTINCT FROM 9 THEN o.path END) AS path,
  coalesce(s.enter_ts, s.exit_ts) AS ts
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
LEFT JOIN event_row e ON e.event_id = s.enter_event_id
LEFT JOIN name_dict d ON d.name_id = e.name_id
LEFT JOIN file f ON f.exit_event_id = s.exit_event_id AND f.exit_event_id IS NOT NULL
ASOF LEFT JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND coalesce(s.enter_event_id, s.exit_event_id) >= l.from_event_id
LEFT JOIN fd_table t ON t.task_id = l.task_id
ASOF LEFT JOIN descriptor o ON o.table_id = t.table_id AND s.enter_event_id > o.since_event_id
  AND o.fd = CASE WHEN s.form >= n.fd_arg + 2 THEN fd_number(CASE n.fd_arg WHEN 0 THEN s.a0 WHEN 1 THEN s.a1 ELSE s.a4 END) END;
