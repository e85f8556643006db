SELECT s.sender_pid, s.target_pid, s.signal, s.cause, nullif(e.cpu, -1) AS part_cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS part_ts, count(*) AS part_signals,
  count(*) FILTER (s.deliver_event_id IS NOT NULL) AS part_delivered, count(*) FILTER (s.result = 'ignored') AS part_ignored
FROM signal s JOIN event_row e ON e.event_id = coalesce(s.generate_event_id, s.deliver_event_id)
WHERE ($pid::BIGINT IS NULL OR $pid::BIGINT IN (s.sender_pid, s.target_pid))
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY ALL
