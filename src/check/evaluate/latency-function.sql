SELECT c.dur, e.line_no, t.comm
FROM call c JOIN event_row e ON e.event_id = c.entry_event_id JOIN task t USING (task_id)
WHERE c.function = $of AND c.dur IS NOT NULL
