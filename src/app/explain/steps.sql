-- Events in words, in order of time. The list of ids is written into the statement: as constants it reaches every table behind
-- the view, so that only the rows asked for are read.
WITH told AS (
  SELECT s.event_id, s.kind, s.text, s.confidence FROM story_step s WHERE s.event_id IN (:ids)
  QUALIFY row_number() OVER (PARTITION BY s.event_id, s.kind ORDER BY s.task_id) = 1
)
SELECT e.ts, e.event_id, e.line_no, e.pid::BIGINT AS pid, coalesce(t.comm, e.comm) AS comm,
  coalesce(s.kind, 'event') AS kind, coalesce(s.text, e.name || ': ' || e.args) AS text, coalesce(s.confidence, 'exact') AS confidence
FROM (FROM event WHERE event_id IN (:ids)) e
LEFT JOIN told s USING (event_id)
ASOF LEFT JOIN life l ON l.capture_id = e.capture_id AND l.pid = e.pid AND e.event_id >= l.from_event_id
LEFT JOIN task t ON t.task_id = l.task_id
WHERE s.event_id IS NOT NULL OR e.event_id = $event_id::BIGINT
ORDER BY e.event_id, kind
