-- call: one row per call of a probed function, from the probes at its entry and its return, and from function_graph.
--
-- Entries and returns of one function in one task are brackets: a return closes the entry that was opened last. A return probe
-- misses calls when its instances run out (maxactive), so an entry may stay open for ever: then what follows is inferred, and
-- where the function also calls itself nobody can tell whose return it was, and none is named.
--
-- What interrupts a task runs as that task, but not inside its calls: brackets are kept by context (lane: task, softirq, hardirq).
-- A probe that works by a breakpoint shows NMI whatever it hits, so of its function the context is not known; a probe in a
-- program needs none. The idle task is one pid on every CPU: its lanes are of a CPU.
CREATE OR REPLACE TEMP TABLE probe_hit AS
WITH hit AS (
  FROM probe_event
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
    -- The first bytes of a function run once a call (+4 is behind endbr64 or bti); further in there may be a loop.
    AND pid >= 0 AND (is_return OR coalesce(func_offset, 0) <= 8)
),
place AS (SELECT function, bool_or(coalesce(irq_context IN ('z', 'Z'), true)) AS nowhere FROM hit GROUP BY function)
SELECT p.event_id, l.task_id, CASE WHEN p.pid = 0 THEN coalesce(p.cpu, -1) ELSE -1 END * 4
    + CASE WHEN f.nowhere OR p.function[1:2] = '0x' THEN 0 WHEN p.irq_context = 's' THEN 1 WHEN p.irq_context IN ('h', 'H') THEN 2 ELSE 0 END AS lane,
  f.nowhere AND p.function[1:2] <> '0x' AS nowhere, p.pid, p.ts, p.name, p.function, p.is_return, p.caller, nullif(p.args, '') AS args
FROM hit p
JOIN place f USING (function)
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = p.pid AND p.event_id >= l.from_event_id;

-- watched: both ends are probed. shared: one end has several probes.
CREATE OR REPLACE TEMP TABLE probed AS
SELECT function, row_number() OVER (ORDER BY function) AS function_id,
  count(DISTINCT is_return) > 1 AS watched, count(*) > count(DISTINCT is_return) AS shared
FROM (SELECT DISTINCT function, is_return, name FROM probe_hit)
GROUP BY function;

-- Several probes on one function are one step. They fire in a fixed order at one moment: the one that mostly stands behind the
-- function's other end comes first, or, without other ends, the one with the longest pause before it. Each of its hits begins
-- a step; a probe that hits again without it begins one too.
CREATE OR REPLACE TEMP TABLE probe_step AS
WITH shared AS (SELECT h.*, p.function_id FROM probe_hit h JOIN probed p USING (function) WHERE p.shared),
beside AS (
  SELECT *, lag(is_return) OVER w <> is_return AS turns, ts - lag(ts) OVER w AS pause
  FROM shared WINDOW w AS (PARTITION BY task_id, lane, function_id ORDER BY event_id)
),
paused AS (
  SELECT function_id, is_return, name, count(*) FILTER (turns) AS turned, coalesce(median(pause), 0) AS pause, min(event_id) AS first_event_id
  FROM beside GROUP BY function_id, is_return, name
),
leader AS (SELECT DISTINCT ON (function_id, is_return) function_id, is_return, name FROM paused ORDER BY function_id, is_return, turned DESC, pause DESC, first_event_id),
in_run AS (
  SELECT b.*, count(*) FILTER (coalesce(b.turns, true) OR b.name = l.name) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id) AS run
  FROM beside b JOIN leader l USING (function_id, is_return)
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY task_id, lane, function_id, run, name ORDER BY event_id) AS nth FROM in_run
),
joined AS (
  SELECT task_id, lane, function_id, is_return, any_value(function) AS function, min(event_id) AS event_id, arg_min(ts, event_id) AS ts,
    any_value(pid) AS pid, bool_or(nowhere) AS nowhere, string_agg(args, ' ' ORDER BY event_id) AS args,
    arg_min(caller, event_id) FILTER (caller IS NOT NULL) AS caller, count(*) AS hits
  FROM numbered GROUP BY task_id, lane, function_id, is_return, run, nth
)
-- ragged: fewer probes than elsewhere, so which hits belong together is a guess.
SELECT task_id, lane, function_id, function, is_return, event_id, ts, pid, nowhere, args, caller,
  hits < max(hits) OVER (PARTITION BY function_id, is_return) AS ragged
FROM joined
UNION ALL
SELECT h.task_id, h.lane, p.function_id, h.function, h.is_return, h.event_id, h.ts, h.pid, h.nowhere, h.args, h.caller, false
FROM probe_hit h JOIN probed p USING (function) WHERE NOT p.shared;

CREATE OR REPLACE TEMP TABLE probe_pair AS
WITH walked AS (
  SELECT *, sum(CASE WHEN is_return THEN -1 ELSE 1 END) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id)
      + CASE WHEN is_return THEN 1 ELSE 0 END AS level,
    lead(event_id) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id) AS next_event_id
  FROM probe_step SEMI JOIN (FROM probed WHERE watched) USING (function_id)
),
-- Between two neighbours of one level everything deeper is closed.
closed AS (
  SELECT *, lead(is_return) OVER w AS returns, lead(event_id) OVER w AS return_event_id, lead(ts) OVER w AS return_ts, lead(args) OVER w AS ret,
    lead(caller) OVER w AS return_caller, lead(ragged) OVER w AS return_ragged, lag(event_id) OVER w IS NULL AS first_of_level
  FROM walked WINDOW w AS (PARTITION BY task_id, lane, function_id, level ORDER BY event_id)
),
judged AS (
  SELECT *, coalesce(returns, false) AND NOT is_return AS paired,
    bool_or(coalesce(returns, false) AND NOT is_return AND next_event_id <> return_event_id) OVER (PARTITION BY function_id) AS recursive,
    coalesce(count(*) FILTER (NOT is_return AND NOT coalesce(returns, false))
      OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) > 0 AS shadowed
  FROM closed
)
SELECT *, paired AND NOT (shadowed AND recursive) AS certain FROM judged;

CREATE OR REPLACE TEMP TABLE call_made AS
SELECT 'probe' AS source, task_id, lane, nowhere, shadowed AS odd, pid, function, event_id AS at_event_id, event_id AS entry_event_id,
  CASE WHEN certain THEN return_event_id END AS return_event_id, args, CASE WHEN certain THEN ret END AS ret,
  CASE WHEN certain THEN return_caller END AS caller, CASE WHEN certain THEN return_ts - ts END AS dur, NULL::BIGINT AS printed_depth,
  CASE WHEN shadowed OR ragged OR (paired AND (return_ragged OR NOT certain)) THEN 'inferred' ELSE 'exact' END AS confidence
FROM probe_pair WHERE NOT is_return
UNION ALL
SELECT 'probe', task_id, lane, nowhere, NOT first_of_level, pid, function, event_id, NULL, event_id, NULL, args, caller, NULL, NULL,
  CASE WHEN ragged OR NOT first_of_level THEN 'inferred' ELSE 'exact' END
FROM probe_pair
WHERE is_return AND event_id NOT IN (SELECT return_event_id FROM probe_pair WHERE certain)
UNION ALL
SELECT 'probe', task_id, lane, nowhere, false, pid, function, event_id, CASE WHEN NOT is_return THEN event_id END, CASE WHEN is_return THEN event_id END,
  CASE WHEN NOT is_return THEN args END, CASE WHEN is_return THEN args END, caller, NULL, NULL, CASE WHEN ragged THEN 'inferred' ELSE 'exact' END
FROM probe_step SEMI JOIN (FROM probed WHERE NOT watched) USING (function_id);

-- function_graph prints the depth itself: an entry and the next line of its depth in the same task.
INSERT INTO call_made
WITH line AS (
  SELECT e.event_id, l.task_id, CASE WHEN e.pid = 0 THEN e.cpu ELSE -1 END * 4 AS lane, e.pid, known_ts(e.ts) AS ts,
    n.name = 'funcgraph_exit' AS is_return, e.a0::BIGINT AS depth, nullif(e.a1, 0)::BIGINT AS dur, e.args
  FROM (
    SELECT * FROM event_row
    WHERE name_id IN (SELECT name_id FROM name_dict WHERE name IN ('funcgraph_entry', 'funcgraph_exit') AND kind = 'function')
      AND event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND pid >= 0
  ) e
  JOIN name_dict n USING (name_id)
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = e.pid AND e.event_id >= l.from_event_id
),
neighbour AS (
  SELECT *, lead(is_return) OVER w AS returns, lead(event_id) OVER w AS return_event_id, lead(ts) OVER w AS return_ts, lead(dur) OVER w AS return_dur,
    lead(args) OVER w AS return_args, coalesce(lag(is_return) OVER w, false) AS follows
  FROM line WINDOW w AS (PARTITION BY task_id, lane, depth ORDER BY event_id)
),
named AS (
  SELECT *, regexp_extract(args, '^([^ (;{]+)', 1) AS opens, regexp_extract(return_args, '^\} /\* ([^ =*]+)', 1) AS closes,
    -- NULL: nothing of this depth follows.
    returns AS returned
  FROM neighbour
),
fitted AS (SELECT *, coalesce(returned AND closes IN ('', opens), false) AS fits FROM named WHERE NOT is_return)
SELECT 'graph', task_id, lane, false, returned IS NOT NULL AND NOT fits, pid, opens, event_id, event_id, CASE WHEN fits THEN return_event_id END, NULL,
  CASE WHEN fits THEN nullif(regexp_extract(return_args, '/\*.*?(?:ret| )= ?(-?[0-9][0-9a-fx]*) ', 1), '') END, NULL,
  CASE WHEN fits THEN coalesce(return_dur, return_ts - ts) END, depth, 'exact'
FROM fitted
UNION ALL
SELECT 'graph', task_id, lane, false, follows, pid, nullif(regexp_extract(args, '^\} /\* ([^ =*]+)', 1), ''), event_id, NULL, event_id, NULL,
  nullif(regexp_extract(args, '/\*.*?(?:ret| )= ?(-?[0-9][0-9a-fx]*) ', 1), ''), NULL, dur, depth, 'exact'
FROM neighbour
WHERE is_return AND event_id NOT IN (SELECT return_event_id FROM fitted WHERE fits);

-- Where lines are missing and nothing says where, any pair may be of two calls. Without the header's count the calls themselves
-- tell: ends whose other end should be there.
CREATE OR REPLACE TEMP TABLE call_doubt AS
SELECT k.from_event_id, k.from_event_id IS NULL AND (
    coalesce(c.records <> c.entries_in_buffer, EXISTS (FROM call_made WHERE odd))
    OR EXISTS (FROM loss l WHERE l.capture_id = c.capture_id AND l.kind NOT IN ('overwritten', 'buffer_started', 'lost', 'elided'))
    OR EXISTS (FROM hole)) AS anywhere,
  coalesce(c.records <> c.entries_in_buffer, false) AS counted_short
FROM capture c CROSS JOIN complete k WHERE c.capture_id = getvariable('capture_id');

-- Of a function that lost one end in twenty the pairs are taken apart, as torn.sql does with system calls.
CREATE OR REPLACE TEMP TABLE thinned_function AS
SELECT c.function FROM call_made c JOIN probed p ON p.function = c.function AND p.watched
WHERE c.source = 'probe' AND (SELECT counted_short FROM call_doubt)
GROUP BY c.function
HAVING count(*) FILTER (c.entry_event_id IS NULL OR c.return_event_id IS NULL) * 20 > count(*);

INSERT INTO call_made BY NAME
SELECT c.* REPLACE (c.return_event_id AS at_event_id, NULL AS entry_event_id, NULL AS args, NULL AS dur, 'inferred' AS confidence)
FROM call_made c SEMI JOIN thinned_function USING (function)
WHERE c.source = 'probe' AND c.entry_event_id IS NOT NULL AND c.return_event_id IS NOT NULL;

UPDATE call_made SET return_event_id = NULL, ret = NULL, caller = NULL, dur = NULL, confidence = 'inferred'
WHERE source = 'probe' AND function IN (FROM thinned_function) AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL;

-- Depth and parent by the calls whose both ends are known.
CREATE OR REPLACE TEMP TABLE call_depth AS
WITH nesting AS (SELECT DISTINCT task_id, lane FROM call_made WHERE source = 'probe' AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL),
edge AS (
  SELECT task_id, lane, at_event_id AS event_id, at_event_id, CASE WHEN entry_event_id IS NOT NULL AND return_event_id IS NOT NULL THEN 1 ELSE 0 END AS step
  FROM call_made SEMI JOIN nesting USING (task_id, lane) WHERE source = 'probe'
  UNION ALL
  SELECT task_id, lane, return_event_id, NULL, -1 FROM call_made
  WHERE source = 'probe' AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL
)
SELECT at_event_id, depth FROM (
  SELECT at_event_id, (sum(step) OVER (PARTITION BY task_id, lane ORDER BY event_id))::BIGINT - step AS depth FROM edge
) WHERE at_event_id IS NOT NULL
UNION ALL
SELECT at_event_id, printed_depth FROM call_made WHERE source = 'graph';

CREATE OR REPLACE TEMP TABLE call_parent AS
WITH placed AS (SELECT c.*, d.depth FROM call_made c JOIN call_depth d USING (at_event_id))
SELECT c.at_event_id, p.at_event_id AS parent_event_id, p.function AS parent_function
FROM placed c
ASOF JOIN (FROM placed WHERE entry_event_id IS NOT NULL AND return_event_id IS NOT NULL) p
  ON p.source = c.source AND p.task_id = c.task_id AND p.lane = c.lane AND p.depth = c.depth - 1 AND c.at_event_id > p.at_event_id
WHERE p.return_event_id > coalesce(c.return_event_id, c.at_event_id);

-- Who called: a return says it; else the frame above the function in the stack of the entry.
CREATE OR REPLACE TEMP TABLE stack_caller AS
SELECT at_event_id, arg_min(f.symbol, f.depth) AS caller
FROM (
  SELECT c.at_event_id, s.stack_id, min(f.depth) AS depth
  FROM call_made c
  JOIN event_stack s ON s.event_id = c.entry_event_id
  JOIN stack_frame f ON f.stack_id = s.stack_id AND f.space = 'kernel' AND f.symbol = c.function
  WHERE c.caller IS NULL AND c.source = 'probe'
  GROUP BY c.at_event_id, s.stack_id
) own
JOIN stack_frame f ON f.stack_id = own.stack_id AND f.space = 'kernel' AND f.depth = own.depth + 1
GROUP BY at_event_id;

INSERT INTO call
WITH lost AS (SELECT line_no FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started', 'elided')),
-- A call over a hole of the capture may be two halves of two calls.
torn AS (
  SELECT c.at_event_id
  FROM (
    SELECT c.at_event_id, a.line_no AS from_line, b.line_no AS to_line
    FROM call_made c
    JOIN event_row a ON a.event_id = c.entry_event_id
    JOIN event_row b ON b.event_id = c.return_event_id
    WHERE c.source = 'probe' AND EXISTS (FROM lost)
  ) c
  ASOF JOIN lost l ON c.from_line <= l.line_no
  WHERE l.line_no < c.to_line
),
valued AS (
  SELECT *, CASE
      WHEN source = 'graph' THEN ret
      -- One value named so, or the only one; what stands behind a quote may be part of a string.
      ELSE coalesce(nullif(regexp_extract(ret, '^(?:[^"]* )?(?:ret|retval|rc|arg1|err|error|result)=(-?[0-9]+|0x[0-9a-f]+)(?: |$)', 1), ''),
        nullif(regexp_extract(ret, '^[A-Za-z_][A-Za-z_0-9]*=(-?[0-9]+|0x[0-9a-f]+)$', 1), '')) END AS value
  FROM call_made
),
erred AS (
  SELECT at_event_id, CASE
      WHEN value[1] = '-' THEN -TRY_CAST(value AS BIGINT)
      WHEN length(value) = 10 AND value[1:7] = '0xfffff' THEN 4294967296 - TRY_CAST(value AS BIGINT)
      WHEN length(value) = 18 AND value[1:15] = '0xfffffffffffff' THEN 4096 - TRY_CAST('0x' || value[16:] AS BIGINT)
      WHEN length(value) = 20 THEN (18446744073709551616 - TRY_CAST(value AS HUGEINT))::BIGINT END AS n
  FROM valued
  -- A program's own functions return what they like.
  WHERE function IS NOT NULL AND function[1:2] <> '0x'
)
SELECT getvariable('capture_id'), c.entry_event_id, c.return_event_id, c.task_id, c.pid, c.function, CASE WHEN c.source = 'probe' THEN coalesce(d.depth, 0) ELSE d.depth END, c.args, c.ret, c.dur,
  coalesce(c.caller, s.caller, CASE WHEN c.source = 'graph' THEN p.parent_function END), p.parent_event_id,
  errno_name(CASE WHEN e.n BETWEEN 1 AND 4095 THEN e.n END),
  CASE WHEN t.at_event_id IS NOT NULL THEN 'inferred'
       WHEN ((c.entry_event_id IS NOT NULL AND c.return_event_id IS NOT NULL) OR p.at_event_id IS NOT NULL) AND (x.anywhere OR c.at_event_id < x.from_event_id) THEN 'inferred'
       -- Whether it ran inside the call around it or interrupted it, the flags would say.
       WHEN c.nowhere AND d.depth > 0 THEN 'inferred'
       ELSE c.confidence END
FROM call_made c CROSS JOIN call_doubt x
LEFT JOIN call_depth d USING (at_event_id)
LEFT JOIN call_parent p USING (at_event_id)
LEFT JOIN stack_caller s USING (at_event_id)
LEFT JOIN erred e USING (at_event_id)
LEFT JOIN torn t USING (at_event_id)
