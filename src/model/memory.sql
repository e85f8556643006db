-- What the calls of an address space make of it. Each acts on a range of addresses. The bounds of all ranges of a space cut it into
-- stretches, and on a stretch what a call made holds up to the next call that touches it.
CREATE OR REPLACE TEMP TABLE memory_name AS
SELECT s.syscall_id, s.name, v.call, v.form
FROM (VALUES ('mmap', 1, 7), ('mmap2', 2, 7), ('mmap_pgoff', 2, 7), ('munmap', 3, 3), ('mprotect', 4, 4), ('pkey_mprotect', 4, 4), ('mremap', 5, 6), ('brk', 6, 2),
  ('remap_file_pages', 7, 4)) AS v(name, call, form)
JOIN syscall_name s USING (name);

-- The first address behind a range, in pages of 4 KiB.
CREATE OR REPLACE TEMP MACRO page_up(v) AS (v::BIGINT + 4095) & -4096;

-- sane: the arguments are there, and of ranges that a program can have; hostile text holds others, which nobody calculates with.
CREATE OR REPLACE TEMP TABLE memory_call AS
WITH entered AS (
  SELECT s.*, n.call, s.form >= n.form AND s.a0 < 4611686018427387904 AND (n.call = 6 OR s.a1 BETWEEN 1 AND 4611686018427387904)
      AND (n.call <> 5 OR (s.a2 BETWEEN 1 AND 4611686018427387904 AND s.a4 < 4611686018427387904)) AS sane
  FROM syscall_row s JOIN memory_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND s.enter_event_id IS NOT NULL
),
place AS (
  SELECT l.pid, t.from_event_id, t.task_id, t.space_id, t.actor FROM task_space t JOIN life l USING (task_id) WHERE t.capture_id = getvariable('capture_id')
),
called AS (
  SELECT e.enter_event_id, e.exit_event_id, e.enter_ts, e.exit_ts, CASE WHEN e.ret < 4611686018427387904 THEN e.ret END AS ret, e.call, e.a0, e.a1, e.a2, e.a3, e.a4, e.a5, p.task_id, p.space_id, p.actor,
    e.sane AND (e.exit_event_id IS NULL OR coalesce(e.ret < 4611686018427387904 OR e.ret >= 18446744073709547520, false)) AS sane,
    CASE WHEN e.ret >= 18446744073709547521 THEN (18446744073709551615 - e.ret)::INTEGER + 1 END AS errno
  FROM entered e
  ASOF JOIN place p ON p.pid = e.pid AND e.enter_event_id >= p.from_event_id
)
-- Nearly all are mmap and munmap that did what they were asked for: what they do is told here, see memory_op.
SELECT *, CASE WHEN call = 3 THEN enter_event_id ELSE exit_event_id END AS at_event_id,
  CASE WHEN sane AND exit_event_id IS NOT NULL AND errno IS NULL AND call <= 3 THEN CASE WHEN call = 3 THEN 4 ELSE 1 END::TINYINT END AS kind,
  CASE WHEN kind IS NOT NULL THEN CASE WHEN call = 3 THEN a0 ELSE ret END::BIGINT END AS start_addr, CASE WHEN kind IS NOT NULL THEN page_up(start_addr + a1) END AS end_addr,
  -- MAP_FIXED (0x10) without MAP_FIXED_NOREPLACE (0x100000).
  CASE WHEN call = 3 THEN 1 WHEN a3 & 1048592 = 16 THEN 2 ELSE 8 END::TINYINT AS ends
FROM called;

-- kind: 1 maps, 2 moves or grows what is at `source` to here (mremap), 3 protects, 4 frees, 5 leaves it open what is there. What is freed is free
-- as soon as the call is entered, what is made is there when it has returned: at_event_id. ends: what it is to the mapping that
-- was there, a place in ended_text. A call that maps and does not replace what is in its way shows that lines are missing.
CREATE OR REPLACE TEMP TABLE memory_rare AS
WITH rare AS (
  SELECT * EXCLUDE (at_event_id, kind, start_addr, end_addr, ends), exit_event_id IS NULL AS unfinished, exit_event_id IS NOT NULL AND errno IS NULL AS done
  FROM memory_call WHERE sane AND kind IS NULL
),
-- brk returns the break that holds then: the one that was asked for, where that could be had.
heap AS (
  SELECT *, CASE WHEN lag(actor) OVER w = actor THEN lag(CASE WHEN done THEN page_up(ret) END) OVER w END AS break_before
  FROM rare WHERE call = 6 WINDOW w AS (PARTITION BY space_id ORDER BY enter_event_id)
),
op AS (
  -- Out of memory (12), MAP_FIXED can fail after it has unmapped (mm/mmap.c, mmap_region).
  SELECT enter_event_id AS at_event_id, 5::TINYINT AS kind, a0::BIGINT AS start_addr, page_up(a0 + a1) AS end_addr, 8::TINYINT AS ends, NULL::BIGINT AS source, * EXCLUDE (sane, errno, unfinished, done)
  FROM rare WHERE (call IN (1, 2) AND a3 & 1048592 = 16 AND (unfinished OR errno = 12)) OR (call IN (3, 5) AND unfinished) OR (call = 7 AND errno IS NULL)
  UNION ALL
  -- A call that fails behind the first mapping of its range has changed that one (mm/mprotect.c).
  SELECT coalesce(exit_event_id, enter_event_id), 3, a0, page_up(a0 + a1), 5, NULL, * EXCLUDE (sane, errno, unfinished, done)
  FROM rare WHERE call = 4 AND errno IS DISTINCT FROM 22
  UNION ALL
  -- mremap: what moves away, unless MREMAP_DONTUNMAP (4), or what is cut off at its end; and where it goes, or what it grows by.
  SELECT enter_event_id, 4, CASE WHEN ret = a0 THEN page_up(a0 + a2) ELSE a0 END, page_up(a0 + a1), 3, NULL, * EXCLUDE (sane, errno, unfinished, done)
  FROM rare WHERE call = 5 AND done AND CASE WHEN ret = a0 THEN page_up(a2) < page_up(a1) ELSE a3 & 4 = 0 END
  UNION ALL
  SELECT exit_event_id, 2, CASE WHEN ret = a0 THEN page_up(a0 + a1) ELSE ret END, page_up(ret + a2), CASE WHEN a3 & 2 > 0 THEN 2 ELSE 8 END, a0,
    * EXCLUDE (sane, errno, unfinished, done)
  FROM rare WHERE call = 5 AND done AND (ret <> a0 OR page_up(a2) > page_up(a1))
  UNION ALL
  SELECT enter_event_id, 5, a4, page_up(a4 + a2), 8, NULL, * EXCLUDE (sane, errno, unfinished, done)
  FROM rare WHERE call = 5 AND a3 & 2 > 0 AND (unfinished OR errno <> 22)
  UNION ALL
  SELECT exit_event_id, 1, break_before, page_up(ret), 8, NULL, * EXCLUDE (sane, errno, unfinished, done, break_before)
  FROM heap WHERE done AND ret = a0 AND page_up(ret) > break_before
  UNION ALL
  SELECT enter_event_id, CASE WHEN done THEN 4 ELSE 5 END, page_up(a0), break_before, CASE WHEN done THEN 4 ELSE 8 END, NULL, * EXCLUDE (sane, errno, unfinished, done, break_before)
  FROM heap WHERE page_up(a0) < break_before AND a0 > 0 AND CASE WHEN done THEN ret = a0 ELSE unfinished END
)
SELECT -row_number() OVER () AS op_id, * FROM op WHERE start_addr < end_addr;

CREATE OR REPLACE TEMP VIEW memory_op AS
SELECT enter_event_id AS op_id, at_event_id, kind, start_addr, end_addr, ends, NULL::BIGINT AS source, enter_event_id, exit_event_id, enter_ts, exit_ts, ret, call, a0, a1, a2, a3, a4, a5,
  task_id, space_id, actor
FROM memory_call WHERE kind IS NOT NULL AND start_addr < end_addr
UNION ALL BY NAME FROM memory_rare;

-- Stretches, numbered over all spaces.
CREATE OR REPLACE TEMP TABLE memory_bound AS
SELECT row_number() OVER (ORDER BY space_id, addr) AS stretch, space_id, addr
FROM (SELECT space_id, start_addr AS addr FROM memory_op UNION SELECT space_id, end_addr FROM memory_op UNION SELECT space_id, source FROM memory_rare WHERE source IS NOT NULL);

-- base: the call that put there what a protection changes. next: the call that ends this.
CREATE OR REPLACE TEMP TABLE memory_state AS
WITH placed AS (
  SELECT o.op_id, o.at_event_id, o.kind, o.actor, o.ends, o.enter_event_id, o.enter_ts, s.stretch AS first, e.stretch AS behind
  FROM memory_op o JOIN memory_bound s ON s.space_id = o.space_id AND s.addr = o.start_addr JOIN memory_bound e ON e.space_id = o.space_id AND e.addr = o.end_addr
),
node AS (
  SELECT * EXCLUDE (first, behind), first AS stretch, false AS parted FROM placed WHERE behind = first + 1
  UNION ALL
  SELECT * EXCLUDE (first, behind), unnest(range(first, behind)), true FROM placed WHERE behind > first + 1
),
beside AS (
  SELECT op_id, at_event_id, kind, actor, stretch, parted,
    lead(enter_event_id) OVER w AS next_event_id, lead(enter_ts) OVER w AS next_ts, CASE WHEN lead(actor) OVER w <> actor THEN 8 ELSE lead(ends) OVER w END AS next_ends,
    last_value(CASE WHEN kind <> 3 THEN op_id END IGNORE NULLS) OVER w AS base_op_id,
    last_value(CASE WHEN kind <> 3 THEN actor END IGNORE NULLS) OVER w AS base_actor
  FROM node WINDOW w AS (PARTITION BY stretch ORDER BY at_event_id)
)
SELECT * EXCLUDE (base_op_id, base_actor), CASE WHEN base_actor = actor THEN base_op_id END AS base_op_id, base_op_id IS NULL AS bare
FROM beside WHERE kind <= 3;

-- Neighbours of one fate are one part.
CREATE OR REPLACE TEMP TABLE memory_part AS
WITH part AS (
  SELECT op_id, at_event_id, kind, base_op_id, bare, next_event_id, next_ts, next_ends, stretch AS first, stretch AS last FROM memory_state WHERE NOT parted
  UNION ALL
  SELECT op_id, at_event_id, kind, base_op_id, bare, next_event_id, any_value(next_ts), any_value(next_ends), min(stretch), max(stretch)
  FROM (SELECT *, stretch - row_number() OVER (PARTITION BY op_id, base_op_id, bare, next_event_id ORDER BY stretch) AS run FROM memory_state WHERE parted)
  GROUP BY op_id, at_event_id, kind, base_op_id, bare, next_event_id, run
)
SELECT row_number() OVER () AS part_id, p.* EXCLUDE (first, last), f.space_id, f.addr AS start_addr, b.addr AS end_addr
FROM part p JOIN memory_bound f ON f.stretch = p.first JOIN memory_bound b ON b.stretch = p.last + 1
