-- Each stack by the event that it was taken at, in the folded form that flame graph tools read: outermost frame first, user
-- space outside the kernel. chr(59) is the semicolon.
WITH folded AS (
  SELECT stack_id,
    string_agg(replace(coalesce(symbol, address, '?'), chr(59), ':'), chr(59) ORDER BY space = 'kernel', depth DESC) AS stack
  FROM (SELECT stack_id, depth, symbol, '0x' || bare_hex(address) AS address, space FROM stack_frame)
  GROUP BY stack_id
)
SELECT count(*)::BIGINT AS count, n.name AS event, f.stack, min(e.line_no)::BIGINT AS line_no
FROM event_stack s
JOIN event_row e USING (event_id)
JOIN name_dict n USING (name_id)
JOIN folded f USING (stack_id)
WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY n.name, f.stack
ORDER BY count DESC, event, stack
