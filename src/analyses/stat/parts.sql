SELECT n.name, c.pid AS part_pid, c.cpu AS part_cpu, c.slice AS part_ts, c.events AS part_events
FROM (
  SELECT e.name_id, nullif(e.pid, -1) AS pid, nullif(e.cpu, -1) AS cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS slice, count(*) AS events
  FROM event_row e
  WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
  GROUP BY ALL
) c JOIN name_dict n USING (name_id)
