SELECT c.function, nullif(e.pid, -1) AS part_pid, nullif(e.cpu, -1) AS part_cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS part_ts, count(*) AS part_calls,
  count(c.return_event_id) AS part_returns
FROM call c JOIN event_row e ON e.event_id = coalesce(c.entry_event_id, c.return_event_id)
WHERE c.function IS NOT NULL AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY ALL
