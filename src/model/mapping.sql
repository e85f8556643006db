-- mapping and mapping_part: what the calls of memory.sql put into memory, the file behind it, and how it ended.
-- The file behind the fd of an mmap, at the time of the call. MAP_ANONYMOUS (0x20) has none.
CREATE OR REPLACE TEMP TABLE mapped_file AS
WITH asked AS (
  SELECT c.enter_event_id, t.table_id, t.actor, t.actor_parent, t.actor_from_event_id, fd_number(c.a4) AS fd
  FROM memory_call c JOIN fd_table t USING (task_id)
  WHERE c.call <= 2 AND c.sane AND c.errno IS NULL AND c.exit_event_id IS NOT NULL AND c.a3 & 32 = 0 AND c.a4 & 2147483648 = 0
)
SELECT enter_event_id, fd, CASE WHEN holds THEN path END AS path, CASE WHEN holds THEN origin_event_id END AS open_event_id, CASE WHEN holds THEN confidence END AS path_confidence
FROM (
  SELECT a.enter_event_id, a.fd, d.path, d.origin_event_id, d.confidence,
    fd_holds(d.since_event_id, d.until_event_id, d.actor, a.actor, a.actor_parent, a.actor_from_event_id, a.enter_event_id) AS holds
  FROM asked a
  ASOF LEFT JOIN (FROM descriptor WHERE capture_id = getvariable('capture_id')) d ON d.table_id = a.table_id AND d.fd = a.fd AND a.enter_event_id > d.since_event_id
);

-- What mremap moves: the state at its source right before. Chains of moves are as long as the capture: each round doubles the stride.
CREATE OR REPLACE TEMP TABLE memory_source AS
SELECT o.op_id, o.actor, o.enter_event_id, CASE WHEN o.ret = o.source THEN 0 ELSE o.source - o.start_addr END AS delta, b.stretch
FROM memory_rare o JOIN memory_bound b ON b.space_id = o.space_id AND b.addr = o.source WHERE o.kind = 2;

CREATE OR REPLACE TEMP TABLE memory_move AS
SELECT m.op_id, m.delta, CASE WHEN holds THEN s.op_id END AS from_op_id, CASE WHEN holds THEN s.base_op_id END AS from_base_op_id
FROM memory_source m ASOF LEFT JOIN (FROM memory_state WHERE stretch IN (SELECT stretch FROM memory_source)) s ON s.stretch = m.stretch AND m.enter_event_id > s.at_event_id
CROSS JOIN LATERAL (SELECT s.actor = m.actor AND coalesce(s.next_event_id >= m.enter_event_id, true) AS holds) h;

-- Of what a move is, and which protection it has: the op that mapped it, the op that last protected it. Those of other ops are their own.
CREATE OR REPLACE TEMP TABLE memory_root AS
WITH RECURSIVE jump(op_id, up, delta) USING KEY (op_id) AS (
  SELECT op_id, from_base_op_id, delta FROM memory_move
  UNION
  SELECT a.op_id, b.up, a.delta + b.delta FROM jump a JOIN recurring.jump b ON b.op_id = a.up WHERE a.up <> b.up
)
SELECT op_id, up AS root_op_id, delta FROM jump SEMI JOIN (FROM memory_op WHERE kind = 1) r ON r.op_id = jump.up;

CREATE OR REPLACE TEMP TABLE memory_prot AS
WITH RECURSIVE jump(op_id, up) USING KEY (op_id) AS (
  SELECT op_id, from_op_id FROM memory_move
  UNION
  SELECT a.op_id, b.up FROM jump a JOIN recurring.jump b ON b.op_id = a.up WHERE a.up <> b.up
)
SELECT j.op_id, o.enter_event_id FROM jump j JOIN memory_op o ON o.op_id = j.up WHERE o.kind IN (1, 3)
UNION ALL
SELECT op_id, enter_event_id FROM memory_rare WHERE kind = 3;

-- A protection of something that a forked task has not mapped itself: what its parent had there at the fork, or the parent's parent.
CREATE OR REPLACE TEMP TABLE memory_wanted AS
SELECT p.part_id, p.start_addr, p.end_addr, t.parent_space_id AS space_id, t.parent_actor AS actor, t.copy_from_event_id, t.copy_until_event_id
FROM memory_part p JOIN task_space t ON t.space_id = p.space_id AND t.began = 'fork' WHERE p.bare;

CREATE OR REPLACE TEMP TABLE memory_look AS
WITH RECURSIVE look AS (
  FROM memory_wanted
  UNION ALL
  SELECT l.part_id, l.start_addr, l.end_addr, t.parent_space_id, t.parent_actor, t.copy_from_event_id, t.copy_until_event_id
  FROM look l JOIN task_space t ON t.space_id = l.space_id AND t.began = 'fork'
  WHERE NOT EXISTS (FROM memory_op o WHERE o.space_id = l.space_id AND o.start_addr < l.end_addr AND o.end_addr > l.start_addr AND o.at_event_id < l.copy_until_event_id
    AND EXISTS (FROM memory_wanted))
)
FROM look;

CREATE OR REPLACE TEMP TABLE memory_inherited AS
SELECT l.part_id, p.base_op_id
FROM memory_look l
JOIN memory_part p ON p.space_id = l.space_id AND p.start_addr <= l.start_addr AND p.end_addr >= l.end_addr
JOIN memory_op o ON o.op_id = p.op_id
WHERE p.at_event_id < l.copy_from_event_id AND o.actor = l.actor AND coalesce(p.next_event_id > l.copy_until_event_id, true);

-- Where nothing is certain any more: lines of a task are missing, a call is cut off, an execve did not return.
CREATE OR REPLACE TEMP TABLE memory_doubt AS
SELECT t.space_id, d.event_id
FROM torn_at d
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = d.pid AND d.event_id >= l.from_event_id
ASOF JOIN (FROM task_space WHERE capture_id = getvariable('capture_id')) t ON t.task_id = l.task_id AND d.event_id >= t.from_event_id
UNION ALL
SELECT space_id, enter_event_id FROM memory_call WHERE NOT sane AND errno IS NULL
UNION ALL
SELECT space_id, until_event_id FROM task_space WHERE capture_id = getvariable('capture_id') AND NOT until_certain;

-- An address space ends with its last task.
CREATE OR REPLACE TEMP TABLE memory_end AS
SELECT space_id, max(event_id) AS event_id, arg_max(ended, event_id) AS ended
FROM (
  SELECT s.space_id, CASE WHEN s.until_event_id IS NOT NULL THEN 6 ELSE 7 END AS ended,
    coalesce(s.until_event_id, t.exit_event_id, CASE WHEN t.death IN ('exited', 'killed', 'dumped') THEN t.death_event_id END) AS event_id
  FROM task_space s JOIN task t USING (task_id)
  WHERE s.capture_id = getvariable('capture_id') AND s.space_id IN (SELECT space_id FROM memory_op)
)
GROUP BY space_id HAVING count(event_id) = count(*);

-- The first of them behind each part, or the first place where the kernel lost lines.
CREATE OR REPLACE TEMP TABLE memory_cut AS
SELECT part_id, min(event_id) AS event_id
FROM (
  SELECT p.part_id, d.event_id FROM memory_part p ASOF JOIN memory_doubt d ON d.space_id = p.space_id AND p.at_event_id <= d.event_id
  UNION ALL
  SELECT p.part_id, l.event_id FROM memory_part p ASOF JOIN fd_loss l ON l.here = (p.part_id > 0) AND p.at_event_id <= l.event_id
)
GROUP BY part_id;

CREATE OR REPLACE TEMP MACRO ended_text(v) AS ['munmap', 'replace', 'mremap', 'brk', 'mprotect', 'exec', 'exit', 'unknown'][v];

CREATE OR REPLACE TEMP TABLE memory_held AS
WITH shown AS (SELECT count(*) > 0 AS unmaps FROM name_dict WHERE name IN ('sys_enter_munmap', 'sys_exit_munmap'))
SELECT p.part_id, p.op_id, p.kind, p.base_op_id, p.space_id, p.start_addr, p.end_addr, p.at_event_id, least(next_event_id, e.event_id, d.event_id) AS until_event_id,
  CASE least(next_event_id, e.event_id, d.event_id) WHEN d.event_id THEN 8 WHEN next_event_id THEN next_ends WHEN e.event_id THEN e.ended
    -- Still there at the end: where the capture records munmap, and nothing is missing.
    ELSE CASE WHEN s.unmaps AND p.at_event_id >= k.from_event_id THEN NULL ELSE 8 END END::TINYINT AS ended,
  next_ts
FROM memory_part p LEFT JOIN memory_end e USING (space_id) LEFT JOIN memory_cut d USING (part_id) CROSS JOIN shown s CROSS JOIN complete k;

-- Words for few values.
CREATE OR REPLACE TEMP TABLE memory_word AS
SELECT prot, flags, mmap_prot_text(prot) AS prot_text, mmap_flags_text(flags) AS flags_text
FROM (SELECT DISTINCT CASE WHEN call = 6 THEN 3 ELSE a2 END AS prot, CASE WHEN call = 6 THEN 34 ELSE a3 END AS flags FROM memory_op WHERE kind = 1);

INSERT INTO mapping_part
SELECT getvariable('capture_id'), h.space_id, o.actor, o.task_id, h.start_addr, h.end_addr, h.at_event_id, h.until_event_id, o.exit_ts, CASE WHEN h.ended < 5 THEN h.next_ts END,
  w.prot_text, w.flags_text, CASE o.call WHEN 1 THEN o.a5 WHEN 2 THEN (o.a5 & 1152921504606846975) * 4096 END + (h.start_addr - o.start_addr),
  f.path, f.path_confidence, f.open_event_id, f.fd, CASE o.call WHEN 6 THEN 'brk' ELSE 'mmap' END, ended_text(h.ended),
  o.enter_event_id, o.enter_event_id, o.enter_event_id, o.start_addr, o.end_addr, CASE o.call WHEN 6 THEN o.end_addr - o.start_addr ELSE o.a1 END
FROM memory_held h
JOIN memory_op o USING (op_id)
JOIN memory_word w ON w.prot = CASE WHEN o.call = 6 THEN 3 ELSE o.a2 END AND w.flags = CASE WHEN o.call = 6 THEN 34 ELSE o.a3 END
LEFT JOIN mapped_file f ON f.enter_event_id = o.enter_event_id
WHERE h.kind = 1;

INSERT INTO mapping_part
SELECT getvariable('capture_id'), h.space_id, o.actor, o.task_id, h.start_addr, h.end_addr, h.at_event_id, h.until_event_id, coalesce(o.exit_ts, o.enter_ts), CASE WHEN h.ended < 5 THEN h.next_ts END,
  CASE WHEN q.call = 6 THEN 'PROT_READ|PROT_WRITE' WHEN q.exit_event_id IS NOT NULL AND q.errno IS NULL THEN mmap_prot_text(q.a2 & 16777215) END,
  CASE WHEN m.call = 6 THEN mmap_flags_text(34) ELSE mmap_flags_text(m.a3) END,
  CASE m.call WHEN 1 THEN m.a5 WHEN 2 THEN (m.a5 & 1152921504606846975) * 4096 END + (h.start_addr + coalesce(r.delta, 0) - m.start_addr),
  f.path, f.path_confidence, NULL, NULL, CASE o.kind WHEN 2 THEN 'mremap' ELSE 'mprotect' END, ended_text(h.ended),
  o.enter_event_id, m.enter_event_id, b.enter_event_id, o.start_addr, o.end_addr, o.end_addr - o.start_addr
FROM (FROM memory_held WHERE kind > 1) h
JOIN memory_rare o USING (op_id)
LEFT JOIN memory_op b ON b.op_id = h.base_op_id
LEFT JOIN memory_prot p ON p.op_id = h.op_id
LEFT JOIN memory_call q ON q.enter_event_id = p.enter_event_id
LEFT JOIN memory_root r ON r.op_id = h.base_op_id
LEFT JOIN memory_inherited i USING (part_id)
LEFT JOIN memory_op m ON m.op_id = coalesce(r.root_op_id, i.base_op_id, h.base_op_id) AND m.kind = 1
LEFT JOIN mapped_file f ON f.enter_event_id = m.enter_event_id
