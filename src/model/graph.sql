-- Calls that function_graph shows: it prints the depth itself, so a call is an entry and the next line of its depth in the same
-- task. Each text is read once.
CREATE OR REPLACE TEMP TABLE graph_text AS
WITH shown AS (
  SELECT DISTINCT e.args FROM event_row e JOIN name_dict n USING (name_id)
  WHERE n.kind = 'function' AND n.name IN ('funcgraph_entry', 'funcgraph_exit')
    AND e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0
),
read AS (
  SELECT args, regexp_extract(args, '^([^ (;{]+)', 1) AS opens, nullif(regexp_extract(args, '^\} /\* ([^ =*]+)', 1), '') AS closes,
    nullif(regexp_extract(args, '/\*.*?(?:ret| )= ?(-?[0-9][0-9a-fx]*) ', 1), '') AS ret
  FROM shown
)
SELECT row_number() OVER () AS text_id, *, (SELECT coalesce(max(function_id), 0) FROM probed) + dense_rank() OVER (ORDER BY opens) AS opens_id
FROM read;

CREATE OR REPLACE TEMP TABLE graph_function AS
WITH missing AS (SELECT DISTINCT closes FROM graph_text WHERE closes IS NOT NULL AND closes NOT IN (SELECT opens FROM graph_text))
SELECT DISTINCT opens_id AS function_id, opens AS function FROM graph_text
UNION ALL
SELECT (SELECT max(opens_id) FROM graph_text) + row_number() OVER (ORDER BY closes), closes FROM missing;

INSERT INTO call_made
WITH line AS (
  SELECT e.event_id, l.task_id, CASE WHEN e.pid = 0 THEN e.cpu ELSE -1 END * 4 AS lane, e.pid, known_ts(e.ts) AS ts,
    n.name = 'funcgraph_exit' AS is_return, e.a0::BIGINT AS depth, nullif(e.a1, 0)::BIGINT AS dur, t.opens, t.opens_id, t.closes
  FROM event_row e
  JOIN name_dict n USING (name_id)
  JOIN graph_text t USING (args)
  JOIN life l ON l.capture_id = getvariable('capture_id') AND l.pid = e.pid AND e.event_id >= l.from_event_id
    AND e.event_id < coalesce(l.until_event_id, 9223372036854775807)
  WHERE n.kind = 'function' AND n.name IN ('funcgraph_entry', 'funcgraph_exit')
    AND e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0
),
neighbour AS (
  SELECT *, lead(is_return) OVER w AS returns, lead(event_id) OVER w AS return_event_id, lead(ts) OVER w AS return_ts, lead(dur) OVER w AS return_dur,
    lead(closes) OVER w AS return_closes, coalesce(lag(is_return) OVER w, false) AS follows
  FROM line WINDOW w AS (PARTITION BY task_id, lane, depth ORDER BY event_id)
),
fitted AS (SELECT *, coalesce(returns AND coalesce(return_closes = opens, true), false) AS fits FROM neighbour WHERE NOT is_return)
SELECT true, task_id, lane, returns IS NOT NULL AND NOT fits, pid, opens_id, event_id, event_id, CASE WHEN fits THEN return_event_id END,
  CASE WHEN fits THEN coalesce(return_dur, return_ts - ts) END, depth, NULL, true
FROM fitted
UNION ALL
SELECT true, n.task_id, n.lane, n.follows, n.pid, f.function_id, n.event_id, NULL, n.event_id, n.dur, n.depth, NULL, true
FROM neighbour n LEFT JOIN graph_function f ON f.function = n.closes
WHERE n.is_return AND n.event_id NOT IN (SELECT return_event_id FROM fitted WHERE fits);
