SELECT s.task_id, nullif(e.cpu, -1) AS part_cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS part_ts, count(s.in_event_id) AS part_turns, sum(s.out_ts - s.in_ts)::BIGINT AS part_run_dur
FROM sched s JOIN task t USING (task_id) JOIN event_row e ON e.event_id = s.turn_event_id
WHERE ($pid::BIGINT IS NULL OR t.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY ALL
