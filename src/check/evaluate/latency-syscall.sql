SELECT s.exit_ts - s.enter_ts AS dur, e.line_no, t.comm
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
JOIN event_row e ON e.event_id = s.enter_event_id
ASOF LEFT JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND s.enter_event_id >= l.from_event_id
LEFT JOIN task t ON t.task_id = l.task_id
WHERE n.name = $of AND s.exit_ts IS NOT NULL AND s.enter_ts IS NOT NULL
