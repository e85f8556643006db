-- Events in words, in order of time. The list of ids is written into the statement: as constants it reaches every table behind
-- the view, so that only the rows asked for are read. Where one event is a step of several tasks, the task asked for comes first;
-- of the end of a parent only what it means for that task is told. Around a line, events without words of their own stand as printed.
WITH told AS (
  SELECT s.event_id, s.kind, s.text || in_thread(s.kind, e.pid, t.pid, t.thread) AS text, s.confidence
  FROM (FROM story_step WHERE event_id IN (:ids)) s
  JOIN event_row e USING (event_id)
  LEFT JOIN task t ON t.task_id = s.task_id
  WHERE s.kind <> 'reparent' OR s.task_id IS NOT DISTINCT FROM $task_id::BIGINT OR t.parent_task_id IS NOT DISTINCT FROM $task_id::BIGINT
  QUALIFY row_number() OVER (
    PARTITION BY s.event_id, s.kind, CASE WHEN s.kind = 'reparent' THEN s.task_id END
    ORDER BY s.task_id IS NOT DISTINCT FROM $task_id::BIGINT DESC, coalesce(t.thread, false), s.task_id) = 1
),
apart AS (SELECT DISTINCT event_id FROM told WHERE kind = 'reparent'),
-- Where in user space an event comes from, the innermost frame first.
placed AS (
  SELECT event_id, '; in user space at ' || string_agg(path || coalesce('+0x' || bare_hex("offset"), ''), ' < ' ORDER BY depth)
    || CASE WHEN bool_or(confidence = 'inferred') THEN CASE WHEN bool_or(call_event_id IS NULL) THEN ' (by the saved maps)' ELSE ' (inferred)' END ELSE '' END AS text
  FROM user_frame WHERE event_id IN (:ids) GROUP BY event_id
)
SELECT e.ts, e.event_id, e.line_no, e.pid::BIGINT AS pid, coalesce(t.comm, e.comm) AS comm,
  coalesce(s.kind, 'event') AS kind, coalesce(s.text, rtrim(e.name || ': ' || e.args, ': ')) || coalesce(u.text, '') AS text, coalesce(s.confidence, 'exact') AS confidence
FROM (FROM event WHERE event_id IN (:ids)) e
LEFT JOIN told s USING (event_id)
LEFT JOIN placed u USING (event_id)
ASOF LEFT JOIN life l ON l.capture_id = e.capture_id AND l.pid = e.pid AND e.event_id >= l.from_event_id
LEFT JOIN task t ON t.task_id = l.task_id
WHERE (s.event_id IS NOT NULL OR $event_id::BIGINT IS NOT NULL)
  AND (s.kind IS DISTINCT FROM 'exit' OR t.task_id IS NOT DISTINCT FROM $task_id::BIGINT OR e.event_id NOT IN (FROM apart))
ORDER BY e.event_id, kind
