-- The events behind (or, forwards, after) a task's end or an event, over the links, in time order and in words.
WITH RECURSIVE root AS (
  SELECT unnest([reap_event_id, notify_event_id, exit_event_id, death_event_id, killer_event_id]) AS event_id
  FROM task WHERE task_id = $task_id::BIGINT
  UNION ALL SELECT $event_id::BIGINT
),
edge AS (
  SELECT CASE WHEN $forward::BOOLEAN THEN from_event_id ELSE to_event_id END AS here,
    CASE WHEN $forward::BOOLEAN THEN to_event_id ELSE from_event_id END AS there
  FROM link
),
reach AS (
  SELECT DISTINCT event_id FROM root WHERE event_id IS NOT NULL
  UNION
  SELECT e.there FROM reach r JOIN edge e ON e.here = r.event_id
),
-- A task's own way there: its fork, its program, the code it mapped, and that the parent heard of the end.
own AS (
  SELECT unnest([t.fork_event_id, t.exec_enter_event_id, t.exec_event_id]) AS event_id FROM task t WHERE t.task_id = $task_id::BIGINT
  UNION ALL
  SELECT unnest([m.open_event_id, m.exit_event_id]) FROM mapping m WHERE m.task_id = $task_id::BIGINT AND m.path IS NOT NULL AND contains(m.prot, 'PROT_EXEC')
  UNION ALL
  SELECT s.deliver_event_id FROM task t JOIN signal s ON s.generate_event_id = t.notify_event_id WHERE t.task_id = $task_id::BIGINT
),
chosen AS (SELECT event_id FROM reach UNION SELECT event_id FROM own WHERE event_id IS NOT NULL),
told AS (
  SELECT s.event_id, s.kind, s.text, s.confidence FROM step s SEMI JOIN chosen USING (event_id)
  QUALIFY row_number() OVER (PARTITION BY s.event_id, s.kind ORDER BY s.task_id) = 1
)
SELECT e.ts, e.event_id, e.line_no, e.pid::BIGINT AS pid, coalesce(t.comm, e.comm) AS comm,
  coalesce(s.kind, 'event') AS kind, coalesce(s.text, e.name || ': ' || e.args) AS text, coalesce(s.confidence, 'exact') AS confidence
FROM event e
SEMI JOIN chosen USING (event_id)
LEFT JOIN told s USING (event_id)
ASOF LEFT JOIN life l ON l.capture_id = e.capture_id AND l.pid = e.pid AND e.event_id >= l.from_event_id
LEFT JOIN task t ON t.task_id = l.task_id
WHERE s.event_id IS NOT NULL OR e.event_id = $event_id::BIGINT
ORDER BY e.event_id, kind
