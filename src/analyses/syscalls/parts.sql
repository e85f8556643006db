SELECT n.name, nullif(s.pid, -1) AS part_pid, nullif(e.cpu, -1) AS part_cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS part_ts, count(*) AS part_calls,
  count(*) FILTER (syscall_errno(s.ret) IS NOT NULL) AS part_errors, count(*) FILTER (s.exit_event_id IS NULL) AS part_unfinished,
  sum(s.exit_ts - s.enter_ts)::BIGINT AS part_total_dur
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
JOIN event_row e ON e.event_id = coalesce(s.enter_event_id, s.exit_event_id)
WHERE ($pid::BIGINT IS NULL OR s.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY ALL
