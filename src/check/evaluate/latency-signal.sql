SELECT s.latency AS dur, e.line_no, coalesce(t.comm, s.target_comm) AS comm
FROM signal s JOIN event_row e ON e.event_id = s.generate_event_id LEFT JOIN task t ON t.task_id = s.target_task_id
WHERE s.signal = $of AND s.latency IS NOT NULL
