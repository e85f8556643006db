-- Calls and packets in the words of a story: views that cost nothing until they are asked for. A call that nothing joins to
-- another event is told by its own line.
CREATE OR REPLACE VIEW probe_step_text AS
SELECT c.entry_event_id AS event_id, c.task_id, 'call' AS kind,
  c.function || coalesce('(' || c.args || ')', '') || ' is called' || coalesce(' by ' || regexp_replace(c.caller, '[+]0x.*$', ''), '')
    || CASE WHEN p.function IS NULL OR split_part(coalesce(c.caller, ''), '+', 1) = p.function THEN '' ELSE ' inside ' || p.function END AS text,
  c.confidence AS confidence
FROM call c
LEFT JOIN call p ON p.entry_event_id = c.parent_event_id AND p.capture_id = c.capture_id
WHERE c.entry_event_id IS NOT NULL AND (c.return_event_id IS NOT NULL OR c.parent_event_id IS NOT NULL)
UNION ALL
SELECT c.return_event_id, c.task_id, 'return',
  c.function || ' returns' || coalesce(' ' || c.ret, '') || coalesce(' (' || c.errno || ')', '')
    || CASE WHEN c.dur IS NULL THEN '' WHEN k.time_unit = 'tick' THEN ' after ' || c.dur || ' ticks' ELSE ' after ' || dur_text(c.dur) END,
  c.confidence
FROM call c JOIN capture k USING (capture_id)
WHERE c.entry_event_id < c.return_event_id;

CREATE OR REPLACE VIEW story_step AS
FROM step UNION ALL FROM probe_step_text
