-- The store. Views `capture`, `event`, `stack_frame` ... are the public relations; tables ending in _row and the dictionaries
-- behind them may change with the schema version, the views' columns may not.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row per imported file.
CREATE TABLE capture (
  capture_id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  sha256 VARCHAR,                 -- of the bytes as they were in the file
  bytes BIGINT,                   -- size of the text
  dialect VARCHAR NOT NULL,
  tracer VARCHAR,                 -- from "# tracer:"
  time_unit VARCHAR NOT NULL,     -- precision of the stamps: us, ns, tick (a clock that counts), none
  cpus INTEGER,                   -- "#P:" of the header
  entries_in_buffer BIGINT,       -- header: records that the kernel says are in the file
  entries_written BIGINT,         -- header: records ever written to the buffer
  lost_events BIGINT,             -- events known to be missing; NULL when something is missing and nobody counted
  events BIGINT NOT NULL,
  records BIGINT NOT NULL,        -- events + stack blocks
  issues BIGINT NOT NULL,
  lines BIGINT NOT NULL,          -- sum of the six classes below
  lines_header BIGINT NOT NULL,
  lines_record BIGINT NOT NULL,
  lines_frame BIGINT NOT NULL,
  lines_continuation BIGINT NOT NULL,
  lines_marker BIGINT NOT NULL,
  lines_unknown BIGINT NOT NULL,
  first_ts BIGINT,                -- ns, or ticks
  last_ts BIGINT,
  header VARCHAR NOT NULL,        -- the header lines as printed
  tool_version VARCHAR NOT NULL,
  imported_at TIMESTAMP NOT NULL
);

-- comm NULL: the line has no such column.
CREATE TABLE comm_dict (comm_id INTEGER NOT NULL, comm VARCHAR);
-- irq_context: '.' task, 's' softirq, 'h' hardirq, 'H' hardirq in softirq, 'z' and 'Z' NMI; NULL when the flags do not say.
CREATE TABLE flags_dict (flags_id INTEGER NOT NULL, flags VARCHAR, irq_context VARCHAR);
-- kind: event, syscall_enter, syscall_exit, function, marker, text, empty. keys: argument names of a syscall enter.
-- Each capture has entries of its own; of_capture_id, so that no join by name_id has two columns capture_id.
CREATE TABLE name_dict (name_id INTEGER NOT NULL, of_capture_id INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, keys VARCHAR[] NOT NULL);
-- Which events a capture has.
CREATE VIEW event_name AS SELECT of_capture_id AS capture_id, name_id, name, kind, keys FROM name_dict;

-- One row per event in file order. -1 stands for "the line has no such column"; form tells how the arguments are held:
-- 0 text in args; 1+n n values, of a syscall's enter in a0..a5 of its syscall_row, of another line in a0 to a2 here; 8 a
-- syscall's exit with its value in `ret` of its syscall_row. args has the text where it does not follow from the values.
-- ts is the smallest BIGINT where the line has no time.
CREATE TABLE event_row (
  event_id BIGINT NOT NULL,
  capture_id INTEGER NOT NULL,
  line_no BIGINT NOT NULL,
  ts BIGINT NOT NULL,
  cpu INTEGER NOT NULL,
  comm_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  tgid INTEGER NOT NULL,
  flags_id INTEGER NOT NULL,
  name_id INTEGER NOT NULL,
  form TINYINT NOT NULL,
  a0 UBIGINT NOT NULL,
  a1 UBIGINT NOT NULL,
  a2 UBIGINT NOT NULL,
  args VARCHAR NOT NULL
);

-- fd_arg: position of the argument that is a descriptor; NULL: none.
CREATE TABLE syscall_name (syscall_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, fd_arg INTEGER);

-- One row per system call: its enter and the exit that belongs to it, either may be missing (src/store/call-pairs.ts). Within
-- each row group the rows are sorted by syscall.
CREATE TABLE syscall_row (
  capture_id INTEGER NOT NULL,
  enter_event_id BIGINT,
  exit_event_id BIGINT,
  pid INTEGER NOT NULL,
  syscall_id INTEGER NOT NULL,
  enter_ts BIGINT,
  exit_ts BIGINT,
  ret UBIGINT,                     -- NULL where the exit is missing, or its line is cut off
  torn BOOLEAN NOT NULL,           -- the call's other line was written and is not in the capture
  form TINYINT NOT NULL,           -- 1+n: n values of the enter in a0..a5; 0: none
  a0 UBIGINT NOT NULL,
  a1 UBIGINT NOT NULL,
  a2 UBIGINT NOT NULL,
  a3 UBIGINT NOT NULL,
  a4 UBIGINT NOT NULL,
  a5 UBIGINT NOT NULL
);

CREATE TABLE event_stack (event_id BIGINT NOT NULL, stack_id INTEGER NOT NULL);

CREATE TABLE stack_frame (
  stack_id INTEGER NOT NULL,
  depth INTEGER NOT NULL,         -- 0 = innermost, counted per space
  symbol VARCHAR,
  "offset" UBIGINT,
  size UBIGINT,
  module VARCHAR,
  address UBIGINT,
  space VARCHAR NOT NULL          -- kernel | user
);

-- One row per code: what could not be fully understood, its first line and how many.
CREATE TABLE import_issue (
  capture_id INTEGER NOT NULL,
  line_no BIGINT NOT NULL,
  code VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  count BIGINT NOT NULL
);

-- Stretches of which the capture shows nothing or not all. kind: overwritten, buffer_started, lost, line_too_big,
-- count_mismatch, elided. cpu NULL = any; from_ts or to_ts NULL = open; events NULL = nobody counted.
CREATE TABLE loss (
  capture_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  cpu INTEGER,
  line_no BIGINT NOT NULL,
  from_ts BIGINT,
  to_ts BIGINT,
  events BIGINT
);

-- What a person said about a capture on import: --label key=value.
CREATE TABLE capture_label (capture_id INTEGER NOT NULL, key VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- Side files: /proc/PID/maps of the target (--maps) ...
CREATE TABLE proc_map (
  capture_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  line_no BIGINT NOT NULL,        -- of the maps file
  start_addr UBIGINT NOT NULL,
  end_addr UBIGINT NOT NULL,      -- first address behind the mapping
  perms VARCHAR NOT NULL,         -- r, w, x, then p (private) or s (shared)
  "offset" UBIGINT NOT NULL,
  dev VARCHAR NOT NULL,
  inode UBIGINT NOT NULL,
  path VARCHAR                    -- NULL for anonymous memory
);

-- ... and /proc/kallsyms (--kallsyms).
CREATE TABLE kallsym (
  capture_id INTEGER NOT NULL,
  address UBIGINT NOT NULL,
  type VARCHAR NOT NULL,          -- one letter, as nm prints it
  symbol VARCHAR NOT NULL,
  module VARCHAR                  -- NULL for the kernel itself
);
-- A 64-bit value as the signed number that the kernel meant.
CREATE MACRO as_signed(v) AS
  (CASE WHEN v >= 9223372036854775808 THEN v::HUGEINT - 18446744073709551616 ELSE v::HUGEINT END)::BIGINT;

-- The stamp of an event whose line has one.
CREATE MACRO known_ts(ts) AS nullif(ts, -9223372036854775808);

CREATE MACRO bare_hex(v) AS lower(hex(v::UBIGINT));

-- The text of a canonical line of a syscall's enter, made again from its argument names and values.
CREATE MACRO canonical_args(keys, a0, a1, a2, a3, a4, a5) AS
  array_to_string(list_transform(list_zip(keys, [a0, a1, a2, a3, a4, a5][1:len(keys)]), lambda x: x[1] || ': ' || bare_hex(x[2])), ', ');

CREATE VIEW event AS
SELECT
  e.event_id, e.capture_id, e.line_no,
  known_ts(e.ts) AS ts,
  nullif(e.cpu, -1) AS cpu, d.comm, nullif(e.pid, -1) AS pid, nullif(e.tgid, -1) AS tgid,
  f.flags, n.name,
  CASE WHEN e.form = 0 OR e.args <> '' THEN e.args WHEN e.form = 8 THEN '0x' || bare_hex(x.ret)
       ELSE canonical_args(n.keys, c.a0, c.a1, c.a2, c.a3, c.a4, c.a5) END AS args,
  s.stack_id
FROM event_row e
JOIN capture c ON c.capture_id = e.capture_id
JOIN name_dict n ON n.name_id = e.name_id
JOIN comm_dict d ON d.comm_id = e.comm_id
JOIN flags_dict f ON f.flags_id = e.flags_id
LEFT JOIN event_stack s ON s.event_id = e.event_id
LEFT JOIN syscall_row c ON c.enter_event_id = e.event_id
LEFT JOIN syscall_row x ON x.exit_event_id = e.event_id;

-- Lines whose arguments are text, without what only syscalls need.
CREATE VIEW text_event AS
SELECT e.event_id, e.capture_id, known_ts(e.ts) AS ts, nullif(e.cpu, -1) AS cpu, d.comm, nullif(e.pid, -1) AS pid, n.name, e.args, e.form, e.a0, e.a1, e.a2
FROM event_row e JOIN name_dict n USING (name_id) JOIN comm_dict d USING (comm_id);

CREATE SCHEMA ev;

-- ... and its kernel log (--dmesg).
CREATE TABLE kernel_log (
  capture_id INTEGER NOT NULL,
  line_no BIGINT NOT NULL,        -- of the log file
  ts BIGINT,                      -- ns since boot, on the clock of printk; NULL for wall time
  level VARCHAR,                  -- emerg ... debug, where the log has it
  caller VARCHAR,                 -- T and a pid, or C and a CPU
  text VARCHAR NOT NULL
);

-- What a capture shows: names of its events, and words for what no event name says. Probes have the names that people give them, so
-- `kprobes:*` stands for any line that shows a call of a function.
CREATE VIEW shown_name AS
SELECT DISTINCT capture_id, name FROM event_name
UNION ALL
SELECT DISTINCT capture_id, 'kprobes:*' FROM event_row JOIN name_dict USING (name_id)
WHERE name = 'funcgraph_entry' OR kind = 'event' AND args[1] = '(' AND regexp_matches(args, '^[(](?:[^ )]+[+])?0x[0-9a-f]+[/ )]')
UNION ALL
SELECT DISTINCT capture_id, '--dmesg FILE' FROM kernel_log
UNION ALL
SELECT capture_id, unnest(['kprobes:do_sys_openat2', 'path=+0($arg2):string']) FROM (
  SELECT DISTINCT capture_id FROM event_row JOIN name_dict USING (name_id)
  WHERE name = 'do_sys_open' OR kind = 'event' AND args[1] = '('
    AND regexp_matches(args, '^[(](?:do_sys_open|do_sys_openat2|do_filp_open|do_file_open|getname|getname_flags|vfs_open|path_openat)[.+].*="'));
