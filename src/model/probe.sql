-- Where probes hit: one row per line of a kprobe, kretprobe, fprobe or uprobe. What stands between the parentheses is read once per
-- text, not once per line; from then on a place and a function are numbers.
--
-- What interrupts a task runs as that task, but not inside its calls: calls are kept by context (lane: task, softirq, hardirq).
-- A probe that works by a breakpoint shows NMI whatever it hits, so of its function the context is not known; a probe in a
-- program needs none. The idle task is one pid on every CPU: its lanes are of a CPU.
CREATE OR REPLACE TEMP TABLE probe_place AS
WITH shown AS (
  SELECT DISTINCT name_id, flags_id, split_part(args, ')', 1) AS place
  FROM event_row
  WHERE name_id IN (FROM probe_name) AND event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND pid >= 0
    AND args[1] = '(' AND instr(args, ')') > 2
),
located AS (SELECT *, place[2:] AS location, probe_target(place[2:]) AS target, probe_symbol(probe_target(place[2:])) AS x FROM shown),
read AS (
  SELECT name_id, flags_id, place, contains(location, ' <- ') AS is_return, probe_function(target, x) AS function, probe_offset(x) AS func_offset,
    probe_caller(location) AS caller
  FROM located WHERE is_probe(location, target, x)
),
lit AS (
  SELECT r.*, f.irq_context, bool_or(coalesce(f.irq_context IN ('z', 'Z'), true)) OVER (PARTITION BY r.function) AS nowhere, r.function[1:2] = '0x' AS of_program
  FROM read r JOIN flags_dict f USING (flags_id)
  -- The first bytes of a function run once a call (+4 is behind endbr64 or bti); further in there may be a loop.
  WHERE (r.is_return OR coalesce(r.func_offset, 0) <= 8)
    -- A probe on a tracepoint (t:, 6.5) hits a stub that nobody calls for itself (kernel/trace/trace_fprobe.c).
    AND NOT starts_with(r.function, '__probestub_')
)
SELECT row_number() OVER (ORDER BY name_id, place, flags_id) AS place_id, (dense_rank() OVER (ORDER BY function))::INTEGER AS function_id,
  name_id, flags_id, place, is_return, function, caller, nowhere AND NOT of_program AS nowhere,
  CASE WHEN nowhere OR of_program THEN 0 WHEN irq_context = 's' THEN 1 WHEN irq_context IN ('h', 'H') THEN 2 ELSE 0 END AS lane
FROM lit;

CREATE OR REPLACE TEMP TABLE probe_hit AS
SELECT e.event_id, l.task_id, CASE WHEN e.pid = 0 THEN e.cpu ELSE -1 END * 4 + p.lane AS lane, e.pid, known_ts(e.ts) AS ts, p.place_id, p.function_id, p.is_return,
  nullif(substr(e.args, instr(e.args, ')') + 2), '') AS args
FROM event_row e
JOIN probe_place p ON p.name_id = e.name_id AND p.flags_id = e.flags_id AND p.place = split_part(e.args, ')', 1)
JOIN (SELECT task_id, pid, from_event_id, coalesce(until_event_id, 9223372036854775807) AS until_event_id FROM life WHERE capture_id = getvariable('capture_id')) l
  ON l.pid = e.pid AND e.event_id >= l.from_event_id AND e.event_id < l.until_event_id
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0 AND instr(e.args, ')') > 2;

-- watched: both ends are probed. shared: one end has several probes.
CREATE OR REPLACE TEMP TABLE probed AS
SELECT function_id, any_value(function) AS function, any_value(nowhere) AS nowhere, count(DISTINCT is_return) > 1 AS watched,
  count(DISTINCT (name_id, is_return)) > count(DISTINCT is_return) AS shared
FROM probe_place GROUP BY function_id;

-- Several probes on one function are one step. They fire in a fixed order at one moment: the one that mostly stands behind the
-- function's other end comes first, or, without other ends, the one with the longest pause before it. Each of its hits begins
-- a step; a probe that hits again without it begins one too.
CREATE OR REPLACE TEMP TABLE shared_step AS
WITH shared AS (
  SELECT h.*, p.name_id, p.caller FROM probe_hit h JOIN probe_place p USING (place_id)
  WHERE p.function_id IN (SELECT function_id FROM probed WHERE shared)
),
beside AS (
  SELECT *, lag(is_return) OVER w <> is_return AS turns, ts - lag(ts) OVER w AS pause
  FROM shared WINDOW w AS (PARTITION BY task_id, lane, function_id ORDER BY event_id)
),
paused AS (
  SELECT function_id, is_return, name_id, count(*) FILTER (turns) AS turned, coalesce(median(pause), 0) AS pause, min(event_id) AS first_event_id
  FROM beside GROUP BY function_id, is_return, name_id
),
leader AS (SELECT DISTINCT ON (function_id, is_return) function_id, is_return, name_id FROM paused ORDER BY function_id, is_return, turned DESC, pause DESC, first_event_id),
in_run AS (
  SELECT b.*, count(*) FILTER (coalesce(b.turns, true) OR b.name_id = l.name_id) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id) AS run
  FROM beside b JOIN leader l USING (function_id, is_return)
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY task_id, lane, function_id, run, name_id ORDER BY event_id) AS nth FROM in_run
),
joined AS (
  SELECT task_id, lane, function_id, is_return, min(event_id) AS event_id, arg_min(ts, event_id) AS ts,
    any_value(pid) AS pid, string_agg(args, ' ' ORDER BY event_id) AS args,
    arg_min(caller, event_id) FILTER (caller IS NOT NULL) AS caller, count(*) AS hits
  FROM numbered GROUP BY task_id, lane, function_id, is_return, run, nth
)
-- ragged: fewer probes than elsewhere, so which hits belong together is a guess.
SELECT task_id, lane, function_id, is_return, event_id, ts, pid, args, caller,
  hits < max(hits) OVER (PARTITION BY function_id, is_return) AS ragged
FROM joined;

CREATE OR REPLACE TEMP TABLE probe_step AS
SELECT task_id, lane, function_id, is_return, event_id, ts, pid, ragged FROM shared_step
UNION ALL
SELECT h.task_id, h.lane, h.function_id, h.is_return, h.event_id, h.ts, h.pid, false
FROM probe_hit h JOIN probed d ON d.function_id = h.function_id AND d.watched AND NOT d.shared;

CREATE OR REPLACE TEMP TABLE probe_pair AS
WITH walked AS (
  SELECT *, sum(CASE WHEN is_return THEN -1 ELSE 1 END) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id)
      + CASE WHEN is_return THEN 1 ELSE 0 END AS level,
    lead(event_id) OVER (PARTITION BY task_id, lane, function_id ORDER BY event_id) AS next_event_id
  FROM probe_step WHERE function_id IN (SELECT function_id FROM probed WHERE watched)
),
-- Between two neighbours of one level everything deeper is closed.
closed AS (
  SELECT *, lead(is_return) OVER w AS returns, lead(event_id) OVER w AS return_event_id, lead(ts) OVER w AS return_ts,
    lead(ragged) OVER w AS return_ragged, lag(event_id) OVER w IS NULL AS first_of_level
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

-- A row per call, named by at_event_id. odd: its other end should be there. sure: the two ends belong together.
CREATE OR REPLACE TEMP TABLE call_made AS
SELECT false AS graph, task_id, lane, shadowed AS odd, pid, function_id, event_id AS at_event_id, event_id AS entry_event_id,
  CASE WHEN certain THEN return_event_id END AS return_event_id, CASE WHEN certain THEN return_ts - ts END AS dur,
  NULL::VARCHAR AS args, NOT (shadowed OR ragged OR (paired AND (return_ragged OR NOT certain))) AS sure
FROM probe_pair WHERE NOT is_return
UNION ALL
SELECT false, task_id, lane, NOT first_of_level, pid, function_id, event_id, NULL, event_id, NULL, NULL, NOT ragged AND first_of_level
FROM probe_pair
WHERE is_return AND event_id NOT IN (SELECT return_event_id FROM probe_pair WHERE certain)
UNION ALL
SELECT false, task_id, lane, false, pid, function_id, event_id, CASE WHEN NOT is_return THEN event_id END, CASE WHEN is_return THEN event_id END,
  NULL, NULL, NOT ragged
FROM probe_step WHERE function_id NOT IN (SELECT function_id FROM probed WHERE watched)
UNION ALL
SELECT false, h.task_id, h.lane, false, h.pid, h.function_id, h.event_id, CASE WHEN NOT h.is_return THEN h.event_id END, CASE WHEN h.is_return THEN h.event_id END,
  NULL, CASE WHEN NOT h.is_return THEN h.args END, true
FROM probe_hit h JOIN probed d ON d.function_id = h.function_id AND NOT d.watched AND NOT d.shared;
