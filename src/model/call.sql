-- call: one row per call of a probed function, from the probes at its entry and its return (probe.sql), and from function_graph
-- (graph.sql).
--
-- Entries and returns of one function in one task are brackets: a return closes the entry that was opened last. A return probe
-- misses calls when its instances run out (maxactive), so an entry may stay open for ever: then what follows is inferred, and
-- where the function also calls itself nobody can tell whose return it was, and none is named.
--
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
SELECT c.function_id FROM call_made c JOIN probed p ON p.function_id = c.function_id AND p.watched
WHERE NOT c.graph AND (SELECT counted_short FROM call_doubt)
GROUP BY c.function_id
HAVING count(*) FILTER (c.entry_event_id IS NULL OR c.return_event_id IS NULL) * 20 > count(*);

INSERT INTO call_made BY NAME
SELECT c.* REPLACE (c.return_event_id AS at_event_id, NULL AS entry_event_id, NULL AS dur, NULL AS args, false AS sure)
FROM call_made c SEMI JOIN thinned_function USING (function_id)
WHERE NOT c.graph AND c.entry_event_id IS NOT NULL AND c.return_event_id IS NOT NULL;

UPDATE call_made SET return_event_id = NULL, dur = NULL, sure = false
WHERE NOT graph AND function_id IN (FROM thinned_function) AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL;

-- Depth and parent by the calls whose both ends are known. A call without a row here is in none.
CREATE OR REPLACE TEMP TABLE call_depth AS
WITH nesting AS (SELECT DISTINCT task_id, lane FROM call_made WHERE NOT graph AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL),
edge AS (
  SELECT task_id, lane, at_event_id AS event_id, at_event_id, CASE WHEN entry_event_id IS NOT NULL AND return_event_id IS NOT NULL THEN 1 ELSE 0 END AS step
  FROM call_made SEMI JOIN nesting USING (task_id, lane) WHERE NOT graph
  UNION ALL
  SELECT task_id, lane, return_event_id, NULL, -1 FROM call_made
  WHERE NOT graph AND entry_event_id IS NOT NULL AND return_event_id IS NOT NULL
)
SELECT at_event_id, depth FROM (
  SELECT at_event_id, (sum(step) OVER (PARTITION BY task_id, lane ORDER BY event_id))::BIGINT - step AS depth FROM edge
) WHERE at_event_id IS NOT NULL
UNION ALL
SELECT at_event_id, depth FROM graph_place;

CREATE OR REPLACE TEMP TABLE call_parent AS
WITH placed AS (SELECT c.*, d.depth FROM call_made c JOIN call_depth d USING (at_event_id) WHERE NOT c.graph)
SELECT c.at_event_id, p.at_event_id AS parent_event_id, p.function_id AS parent_function_id
FROM placed c
ASOF JOIN (FROM placed WHERE entry_event_id IS NOT NULL AND return_event_id IS NOT NULL) p
  ON p.task_id = c.task_id AND p.lane = c.lane AND p.depth = c.depth - 1 AND c.at_event_id > p.at_event_id
WHERE p.return_event_id > coalesce(c.return_event_id, c.at_event_id)
UNION ALL
SELECT at_event_id, parent_event_id, parent_function_id FROM graph_place WHERE parent_event_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE call_function AS
SELECT function_id, function, nowhere, shared FROM probed
UNION ALL
SELECT function_id, function, false, false FROM graph_function;

-- What came back: of several probes what each of them printed.
CREATE OR REPLACE TEMP TABLE call_return AS
SELECT c.at_event_id, t.ret, coalesce(t.caller, o.caller) AS caller
FROM graph_call c
JOIN graph_line x ON x.event_id = c.return_event_id AND x.is_return JOIN graph_text t ON t.text_id = x.text_id
LEFT JOIN graph_text o ON o.text_id = c.text_id
UNION ALL
SELECT c.at_event_id, NULL, t.caller FROM graph_call c JOIN graph_text t USING (text_id) WHERE c.return_event_id IS NULL AND t.caller IS NOT NULL
UNION ALL
SELECT c.at_event_id, s.args, s.caller FROM call_made c JOIN shared_step s ON s.event_id = c.return_event_id WHERE NOT c.graph
UNION ALL
SELECT c.at_event_id, h.args, p.caller
FROM call_made c JOIN call_function f ON f.function_id = c.function_id AND NOT f.shared
JOIN probe_hit h ON h.event_id = c.return_event_id JOIN probe_place p USING (place_id)
WHERE NOT c.graph;

-- Errors by their number: each text is read once.
CREATE OR REPLACE TEMP TABLE return_error AS
WITH shown AS (
  SELECT DISTINCT ret, c.graph FROM call_return r JOIN call_made c USING (at_event_id) JOIN call_function f USING (function_id)
  -- A program's own functions return what they like.
  WHERE ret IS NOT NULL AND f.function[1:2] <> '0x'
),
valued AS (
  SELECT ret, graph, CASE
      WHEN graph THEN ret
      -- One value named so, or the only one; what stands behind a quote may be part of a string.
      ELSE coalesce(nullif(regexp_extract(ret, '^(?:[^"]* )?(?:ret|retval|rc|arg1|err|error|result)=(-?[0-9]+|0x[0-9a-f]+)(?: |$)', 1), ''),
        nullif(regexp_extract(ret, '^[A-Za-z_][A-Za-z_0-9]*=(-?[0-9]+|0x[0-9a-f]+)$', 1), '')) END AS value
  FROM shown
),
read AS (
  SELECT ret, graph, CASE
      WHEN value[1] = '-' THEN -TRY_CAST(value AS BIGINT)
      WHEN length(value) = 10 AND value[1:7] = '0xfffff' THEN 4294967296 - TRY_CAST(value AS BIGINT)
      WHEN length(value) = 18 AND value[1:15] = '0xfffffffffffff' THEN 4096 - TRY_CAST('0x' || value[16:] AS BIGINT)
      WHEN length(value) = 20 THEN (18446744073709551616 - TRY_CAST(value AS HUGEINT))::BIGINT END AS n
  FROM valued
)
SELECT ret, graph, errno_name(n) AS errno FROM read WHERE n BETWEEN 1 AND 4095;

-- Who called: a return says it; else the frame above the function in the stack of the entry.
CREATE OR REPLACE TEMP TABLE stack_caller AS
SELECT at_event_id, arg_min(f.symbol, f.depth) AS caller
FROM (
  SELECT c.at_event_id, s.stack_id, min(f.depth) AS depth
  FROM call_made c
  JOIN call_function n USING (function_id)
  JOIN event_stack s ON s.event_id = c.entry_event_id
  JOIN stack_frame f ON f.stack_id = s.stack_id AND f.space = 'kernel' AND f.symbol = n.function
  WHERE NOT c.graph
  GROUP BY c.at_event_id, s.stack_id
) own
JOIN stack_frame f ON f.stack_id = own.stack_id AND f.space = 'kernel' AND f.depth = own.depth + 1
GROUP BY at_event_id;

-- A call over a hole of the capture may be two halves of two calls.
CREATE OR REPLACE TEMP TABLE call_torn AS
WITH lost AS (SELECT line_no FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started', 'elided'))
SELECT c.at_event_id
FROM (
  SELECT c.at_event_id, a.line_no AS from_line, b.line_no AS to_line
  FROM call_made c
  JOIN event_row a ON a.event_id = c.entry_event_id
  JOIN event_row b ON b.event_id = c.return_event_id
  WHERE NOT c.graph AND EXISTS (FROM lost)
) c
ASOF JOIN lost l ON c.from_line <= l.line_no
WHERE l.line_no < c.to_line;

INSERT INTO call
WITH entry_text AS (
  SELECT event_id, args FROM shared_step WHERE NOT is_return
  UNION ALL
  SELECT h.event_id, h.args FROM probe_hit h JOIN probed d ON d.function_id = h.function_id AND d.watched AND NOT d.shared
)
SELECT getvariable('capture_id'), c.entry_event_id, c.return_event_id, c.task_id, c.pid, f.function,
  CASE WHEN c.graph THEN d.depth ELSE coalesce(d.depth, 0) END, coalesce(c.args, a.args), r.ret, c.dur,
  coalesce(r.caller, s.caller, CASE WHEN c.graph THEN pf.function END), p.parent_event_id, e.errno,
  CASE CASE WHEN c.graph THEN g.context WHEN f.function[1:2] = '0x' THEN 0 WHEN NOT f.nowhere THEN (c.lane + 4) & 3 END WHEN 0 THEN 'task' WHEN 1 THEN 'softirq' WHEN 2 THEN 'hardirq' END,
  CASE WHEN t.at_event_id IS NOT NULL THEN 'inferred'
       WHEN ((c.entry_event_id IS NOT NULL AND c.return_event_id IS NOT NULL) OR p.at_event_id IS NOT NULL) AND (x.anywhere OR c.at_event_id < x.from_event_id) THEN 'inferred'
       -- Whether it ran inside the call around it or interrupted it, the flags would say.
       WHEN f.nowhere AND d.depth > 0 THEN 'inferred'
       WHEN c.sure THEN 'exact' ELSE 'inferred' END
FROM call_made c CROSS JOIN call_doubt x
LEFT JOIN call_function f USING (function_id)
LEFT JOIN call_depth d USING (at_event_id)
LEFT JOIN call_parent p USING (at_event_id)
LEFT JOIN call_function pf ON pf.function_id = p.parent_function_id
LEFT JOIN stack_caller s USING (at_event_id)
LEFT JOIN call_return r USING (at_event_id)
LEFT JOIN return_error e ON e.ret = r.ret AND e.graph = c.graph
LEFT JOIN entry_text a ON a.event_id = c.entry_event_id
LEFT JOIN graph_place g USING (at_event_id)
LEFT JOIN call_torn t USING (at_event_id)
