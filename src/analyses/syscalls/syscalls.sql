SELECT
  s.capture_id AS capture_id,
  n.name AS name,
  count(*) AS calls,
  count(*) FILTER (syscall_errno(s.ret) IS NOT NULL) AS errors,
  count(*) FILTER (s.exit_event_id IS NULL) AS unfinished,
  sum(s.exit_ts - s.enter_ts)::BIGINT AS total_dur,
  avg(s.exit_ts - s.enter_ts)::BIGINT AS avg_dur,
  quantile_disc(s.exit_ts - s.enter_ts, 0.5)::BIGINT AS p50_dur,
  quantile_disc(s.exit_ts - s.enter_ts, 0.99)::BIGINT AS p99_dur,
  max(s.exit_ts - s.enter_ts)::BIGINT AS max_dur,
  first(e.line_no ORDER BY s.exit_ts - s.enter_ts DESC, e.line_no) FILTER (s.exit_ts IS NOT NULL AND s.enter_ts IS NOT NULL) AS max_line_no,
  min(e.line_no) AS line_no
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
JOIN event_row e ON e.event_id = coalesce(s.enter_event_id, s.exit_event_id)
WHERE ($pid::BIGINT IS NULL OR s.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY s.capture_id, n.name
ORDER BY s.capture_id, total_dur DESC NULLS LAST, calls DESC, n.name
