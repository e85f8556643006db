-- What is looked up again and again while the capture is written window by window: which flows there are and where they end, and
-- the instants. Variables: capture_id, first_event, last_event, only_pid.

-- Links between two lines. Enter and return of a call are one slice, nested calls are nested slices, and who woke whom is read
-- from the scheduler's own events.
CREATE OR REPLACE TEMP TABLE export_flow AS
SELECT row_number() OVER (ORDER BY l.from_event_id, l.to_event_id, l.kind) AS flow_id, l.from_event_id, l.to_event_id, l.kind, l.confidence
FROM (SELECT DISTINCT from_event_id, to_event_id, kind, confidence FROM link WHERE capture_id = getvariable('capture_id') AND kind NOT IN ('syscall', 'call', 'wake')) l
JOIN event_row a ON a.event_id = l.from_event_id
JOIN event_row b ON b.event_id = l.to_event_id
WHERE l.from_event_id < l.to_event_id AND known_ts(a.ts) <= known_ts(b.ts)
  AND l.from_event_id >= getvariable('first_event') AND l.to_event_id <= getvariable('last_event')
  AND (getvariable('only_pid') IS NULL OR (a.pid = getvariable('only_pid') AND b.pid = getvariable('only_pid')));

CREATE OR REPLACE TEMP TABLE export_end AS
SELECT event_id, string_agg(flow_id::VARCHAR, ',' ORDER BY flow_id) FILTER (starts) AS flows_out,
  string_agg(flow_id::VARCHAR, ',' ORDER BY flow_id) FILTER (NOT starts) AS flows_in,
  string_agg(DISTINCT kind, ', ' ORDER BY kind) AS links
FROM (
  SELECT from_event_id AS event_id, flow_id, kind, true AS starts FROM export_flow
  UNION ALL SELECT to_event_id, flow_id, kind, false FROM export_flow
) GROUP BY event_id;

-- Calls of functions whose both ends are known: the others are instants.
CREATE OR REPLACE TEMP TABLE export_call AS
SELECT c.entry_event_id, c.return_event_id, any_value(c.function) AS function, any_value(c.args) AS args, any_value(c.ret) AS ret,
  any_value(c.errno) AS errno, any_value(c.caller) AS caller, max(c.confidence) AS confidence
FROM call c
WHERE c.capture_id = getvariable('capture_id') AND c.dur IS NOT NULL AND c.entry_event_id < c.return_event_id
  AND c.entry_event_id >= getvariable('first_event') AND c.return_event_id <= getvariable('last_event')
GROUP BY ALL;

-- One instant an event: where a link ends that no slice begins, every step of a story, and halves of calls.
CREATE OR REPLACE TEMP TABLE export_instant AS
WITH told AS (
  SELECT s.event_id, arg_min(s.kind, p.place) AS kind, string_agg(DISTINCT s.text, '; ' ORDER BY s.text) AS text, max(s.confidence) AS confidence
  FROM step s
  JOIN (VALUES ('generate', 1), ('deliver', 2), ('take', 3), ('fork', 4), ('exec', 5), ('reap', 6), ('exit', 7), ('exit_group', 8), ('reparent', 9), ('open', 10), ('map', 11)) p(kind, place) USING (kind)
  WHERE s.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND s.kind NOT IN ('open', 'map')
  GROUP BY s.event_id
),
half AS (
  SELECT coalesce(s.enter_event_id, s.exit_event_id) AS event_id, n.name,
    CASE WHEN s.enter_event_id IS NULL THEN 'its enter is not in the capture' ELSE 'its return is not in the capture' END AS text
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND (s.enter_event_id IS NULL OR s.exit_event_id IS NULL OR s.exit_event_id > getvariable('last_event'))
  UNION ALL
  SELECT coalesce(entry_event_id, return_event_id), coalesce(function, 'a call'),
    CASE WHEN entry_event_id IS NULL THEN 'only its return is in the capture' ELSE 'its return is not in the capture' END
  FROM call
  WHERE capture_id = getvariable('capture_id') AND coalesce(dur IS NULL OR entry_event_id >= return_event_id OR return_event_id > getvariable('last_event'), true)
),
wanted AS (
  SELECT event_id FROM export_end UNION SELECT event_id FROM told UNION SELECT event_id FROM half
)
SELECT w.event_id, any_value(t.kind) AS kind, any_value(h.name) AS half,
  any_value(coalesce(g.signal, d.signal)) AS signal, any_value(coalesce(t.text, h.text)) AS text, any_value(coalesce(t.confidence, 'exact')) AS confidence
FROM wanted w
LEFT JOIN told t USING (event_id)
LEFT JOIN half h USING (event_id)
LEFT JOIN signal g ON g.generate_event_id = w.event_id
LEFT JOIN signal d ON d.deliver_event_id = w.event_id
WHERE w.event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
  AND w.event_id NOT IN (SELECT enter_event_id FROM syscall_row WHERE enter_event_id IS NOT NULL AND exit_event_id <= getvariable('last_event'))
  AND w.event_id NOT IN (SELECT entry_event_id FROM export_call)
GROUP BY w.event_id;
