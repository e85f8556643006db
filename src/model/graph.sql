-- Calls that function_graph shows: it prints the depth itself, so a call is an entry and the next line of its depth in the same
-- task. Each text is read once.
--
-- An interrupt is printed deeper than the function that it interrupts, as if that had called it. What belongs to it the flags
-- say, or arrows, or the functions that begin and end every interrupt: irq_enter and irq_exit, __do_softirq.
CREATE OR REPLACE TEMP TABLE graph_text AS
WITH shown AS (
  SELECT DISTINCT e.args FROM event_row e JOIN name_dict n USING (name_id)
  WHERE n.kind = 'function' AND n.name IN ('funcgraph_entry', 'funcgraph_exit')
    AND e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0
),
read AS (
  SELECT args, regexp_extract(args, '^([^ (;{]+)', 1) AS opens, nullif(regexp_extract(args, '^\} /\* ([^ =*<][^ =*]*) ', 1), '') AS closes,
    nullif(regexp_extract(args, '/\*.*?(?:ret| )= ?(-?[0-9][0-9a-fx]*) ', 1), '') AS ret,
    nullif(regexp_extract(args, '(?s)^[^ (;{]+\((.*)\)(?: \{|;)(?: /\*.*)?$', 1), '') AS arguments,
    nullif(regexp_extract(args, '/\* <-([^ ]+)', 1), '') AS caller
  FROM shown
)
SELECT row_number() OVER () AS text_id, *, (SELECT coalesce(max(function_id), 0) FROM probed) + dense_rank() OVER (ORDER BY opens) AS opens_id
FROM read;

CREATE OR REPLACE TEMP TABLE graph_function AS
WITH missing AS (SELECT DISTINCT closes FROM graph_text WHERE closes IS NOT NULL AND closes NOT IN (SELECT opens FROM graph_text))
SELECT DISTINCT opens_id AS function_id, opens AS function FROM graph_text
UNION ALL
SELECT (SELECT max(opens_id) FROM graph_text) + row_number() OVER (ORDER BY closes), closes FROM missing;

CREATE OR REPLACE TEMP TABLE graph_line AS
WITH line AS (
  SELECT e.event_id, l.task_id, CASE WHEN e.pid = 0 THEN e.cpu ELSE -1 END * 4 AS lane, e.pid, known_ts(e.ts) AS ts,
    n.name = 'funcgraph_exit' AS is_return, e.a0::BIGINT AS depth, nullif(e.a1, 0)::BIGINT AS dur, t.text_id, t.opens_id, t.closes,
    CASE WHEN t.opens IN ('irq_enter', 'irq_enter_rcu', 'irq_exit', 'irq_exit_rcu') THEN 2 WHEN t.opens IN ('__do_softirq', 'handle_softirqs') THEN 1
         WHEN e.a2 = 1 OR f.irq_context IN ('h', 'H') THEN 2 WHEN f.irq_context = 's' THEN 1 WHEN f.irq_context = '.' THEN 0 END AS context,
    CASE WHEN t.opens IN ('irq_enter', 'irq_enter_rcu') THEN true WHEN t.opens IN ('irq_exit', 'irq_exit_rcu') THEN false END AS begins,
    t.opens
  FROM event_row e
  JOIN name_dict n USING (name_id)
  JOIN flags_dict f USING (flags_id)
  JOIN graph_text t USING (args)
  JOIN life l ON l.capture_id = getvariable('capture_id') AND l.pid = e.pid AND e.event_id >= l.from_event_id
    AND e.event_id < coalesce(l.until_event_id, 9223372036854775807)
  WHERE n.kind = 'function' AND n.name IN ('funcgraph_entry', 'funcgraph_exit')
    AND e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0
)
SELECT *, lead(is_return) OVER w AS returns, lead(event_id) OVER w AS return_event_id, lead(ts) OVER w AS return_ts, lead(dur) OVER w AS return_dur,
  lead(closes) OVER w AS return_closes, coalesce(lag(is_return) OVER w, false) AS follows
FROM line WINDOW w AS (PARTITION BY task_id, lane, depth ORDER BY event_id);

CREATE OR REPLACE TEMP TABLE graph_call AS
WITH fitted AS (SELECT *, coalesce(returns AND coalesce(return_closes = opens, true), false) AS fits FROM graph_line WHERE NOT is_return)
SELECT task_id, lane, returns IS NOT NULL AND NOT fits AS odd, pid, opens_id AS function_id, event_id AS at_event_id, event_id AS entry_event_id,
  CASE WHEN fits THEN return_event_id END AS return_event_id, CASE WHEN fits THEN coalesce(return_dur, return_ts - ts) END AS dur, depth, text_id, context, begins
FROM fitted
UNION ALL
SELECT n.task_id, n.lane, n.follows, n.pid, f.function_id, n.event_id, NULL, n.event_id, n.dur, n.depth, n.text_id, NULL, NULL
FROM graph_line n LEFT JOIN graph_function f ON f.function = n.closes
WHERE n.is_return AND n.event_id NOT IN (SELECT return_event_id FROM fitted WHERE fits);

-- The call around each, as printed, and whether it begins another context than that.
CREATE OR REPLACE TEMP TABLE graph_nested AS
WITH around AS (
  SELECT c.*, CASE WHEN p.return_event_id > coalesce(c.return_event_id, c.at_event_id) THEN p.at_event_id END AS parent_event_id,
    p.context AS parent_context, p.function_id AS parent_function_id
  FROM graph_call c
  ASOF LEFT JOIN (FROM graph_call WHERE entry_event_id IS NOT NULL AND return_event_id IS NOT NULL) p
    ON p.task_id = c.task_id AND p.lane = c.lane AND p.depth = c.depth - 1 AND c.at_event_id > p.at_event_id
),
-- Between irq_enter and irq_exit of one depth everything is of the interrupt. Without funcgraph-irqs the second is not shown.
told AS (
  SELECT * REPLACE (coalesce(context, CASE WHEN last_value(begins IGNORE NULLS) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    AND NOT first_value(begins IGNORE NULLS) OVER (w ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) THEN 2 END) AS context)
  FROM around WINDOW w AS (PARTITION BY task_id, lane, parent_event_id, depth ORDER BY at_event_id)
)
SELECT c.*, coalesce(c.context, 0) > 0 AND c.context IS DISTINCT FROM CASE WHEN c.parent_event_id IS NOT NULL THEN p.context END AS begins_context
FROM told c LEFT JOIN (SELECT at_event_id, context FROM told) p ON p.at_event_id = c.parent_event_id;

-- Depth counts from the call that began the context.
CREATE OR REPLACE TEMP TABLE graph_place AS
WITH edge AS (
  SELECT task_id, lane, at_event_id AS event_id, at_event_id, depth, context, begins_context, CASE WHEN begins_context AND return_event_id IS NOT NULL THEN 1 ELSE 0 END AS step
  FROM graph_nested
  UNION ALL
  SELECT task_id, lane, return_event_id, NULL, NULL, NULL, NULL, -1 FROM graph_nested WHERE begins_context AND return_event_id IS NOT NULL
),
levelled AS (SELECT *, sum(step) OVER (PARTITION BY task_id, lane ORDER BY event_id) AS level FROM edge),
rooted AS (
  SELECT c.at_event_id, c.depth, c.context, c.level, c.begins_context, r.depth AS root_depth, r.context AS root_context
  FROM (FROM levelled WHERE at_event_id IS NOT NULL) c
  ASOF LEFT JOIN (FROM levelled WHERE step = 1) r ON r.task_id = c.task_id AND r.lane = c.lane AND r.level = c.level AND c.event_id >= r.event_id
)
SELECT n.at_event_id, n.depth - CASE WHEN r.begins_context THEN n.depth WHEN r.level > 0 THEN r.root_depth ELSE 0 END AS depth,
  CASE WHEN NOT n.begins_context THEN n.parent_event_id END AS parent_event_id, CASE WHEN NOT n.begins_context AND n.parent_event_id IS NOT NULL THEN n.parent_function_id END AS parent_function_id,
  CASE WHEN r.begins_context THEN n.context WHEN r.level > 0 THEN r.root_context ELSE n.context END AS context
FROM graph_nested n JOIN rooted r USING (at_event_id);

INSERT INTO call_made
SELECT true, c.task_id, c.lane, c.odd, c.pid, c.function_id, c.at_event_id, c.entry_event_id, c.return_event_id, c.dur, CASE WHEN c.entry_event_id IS NOT NULL THEN t.arguments END, true
FROM graph_call c JOIN graph_text t USING (text_id);
