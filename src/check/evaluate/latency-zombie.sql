SELECT t.zombie_dur AS dur, e.line_no, t.comm
FROM task t JOIN event_row e ON e.event_id = t.reap_event_id
WHERE t.zombie_dur IS NOT NULL AND NOT coalesce(t.thread, false) AND $of::VARCHAR IS NOT NULL
