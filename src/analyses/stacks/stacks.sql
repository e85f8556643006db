-- Each stack by the event that it was taken at, in the folded form that flame graph tools read: outermost frame first, user
-- space outside the kernel. chr(59) is the semicolon. User addresses that a mapping names stand as file and place in it.
WITH folded AS (
  SELECT stack_id,
    string_agg(replace(coalesce(symbol, address, '?'), chr(59), ':'), chr(59) ORDER BY space = 'kernel', depth DESC) AS stack
  FROM (SELECT stack_id, depth, symbol, '0x' || bare_hex(address) AS address, space FROM stack_frame)
  GROUP BY stack_id
),
-- The same addresses are of other files in other processes.
placed AS (
  SELECT s.event_id,
    string_agg(replace(coalesce(f.symbol, u.path || coalesce('+0x' || bare_hex(u."offset"), ''), '0x' || bare_hex(f.address), '?'), chr(59), ':'),
      chr(59) ORDER BY f.space = 'kernel', f.depth DESC) AS stack,
    coalesce(bool_or(u.confidence = 'inferred'), false) AS inferred
  FROM (FROM event_stack SEMI JOIN user_frame USING (event_id)) s
  JOIN stack_frame f USING (stack_id)
  LEFT JOIN user_frame u ON u.event_id = s.event_id AND u.depth = f.depth AND f.space = 'user'
  GROUP BY s.event_id
)
SELECT e.capture_id AS capture_id, count(*)::BIGINT AS count, n.name AS event, coalesce(p.stack, f.stack) AS stack, CASE WHEN bool_or(p.inferred) THEN 'inferred' ELSE 'exact' END AS confidence,
  min(e.line_no)::BIGINT AS line_no
FROM event_stack s
JOIN event_row e USING (event_id)
JOIN name_dict n USING (name_id)
JOIN folded f USING (stack_id)
LEFT JOIN placed p USING (event_id)
WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY e.capture_id, n.name, coalesce(p.stack, f.stack)
ORDER BY e.capture_id, count DESC, event, stack
