WITH folded AS (
  SELECT stack_id,
    string_agg(replace(coalesce(symbol, address, '?'), chr(59), ':'), chr(59) ORDER BY space = 'kernel', depth DESC) AS stack
  FROM (SELECT stack_id, depth, symbol, '0x' || bare_hex(address) AS address, space FROM stack_frame)
  GROUP BY stack_id
),
counted AS (
  SELECT e.name_id, s.stack_id, nullif(e.pid, -1) AS pid, nullif(e.cpu, -1) AS cpu, $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS slice, count(*) AS n
  FROM event_stack s JOIN event_row e USING (event_id)
  WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
  GROUP BY ALL
)
SELECT n.name AS event, f.stack, c.pid AS part_pid, c.cpu AS part_cpu, c.slice AS part_ts, c.n AS part_count
FROM counted c JOIN name_dict n USING (name_id) JOIN folded f USING (stack_id)
