-- Time on a CPU: from the switch to a task until the next switch on that CPU, where that is the switch away from it.
WITH turn AS (
  SELECT s.event_id, s.ts, s.next_pid, lead(s.ts) OVER w - s.ts AS dur, lead(s.prev_pid) OVER w AS end_pid
  FROM ev.sched_switch s
  WINDOW w AS (PARTITION BY s.cpu ORDER BY s.event_id)
)
SELECT 'run' AS kind, l.task_id, t.ts, t.dur, e.line_no, 'on CPU ' || e.cpu AS text
FROM turn t
JOIN event_row e ON e.event_id = t.event_id AND e.capture_id = $capture
ASOF JOIN (FROM life WHERE capture_id = $capture) l ON l.pid = t.next_pid AND t.event_id >= l.from_event_id
WHERE t.end_pid = t.next_pid AND t.next_pid > 0 AND list_contains(string_split($tasks, ','), l.task_id::VARCHAR)
ORDER BY t.dur DESC, t.event_id
LIMIT $limit
