SELECT s.in_ts - s.wake_ts AS dur, e.line_no, t.comm
FROM sched s JOIN task t USING (task_id) JOIN event_row e ON e.event_id = s.in_event_id
WHERE s.in_ts >= s.wake_ts AND $of::VARCHAR IS NOT NULL
