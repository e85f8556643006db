-- Folded stacks, as flame graph tools read them: `root;..;leaf count`, user space outside the kernel. Without a chosen event the
-- event is the innermost frame. A semicolon or a line break in a name would part frames that are one.
WITH wanted AS (
  SELECT s.stack_id, n.name, count(*) AS events
  FROM event_stack s JOIN event_row e USING (event_id) JOIN name_dict n USING (name_id)
  WHERE ($event::VARCHAR IS NULL OR n.name = $event::VARCHAR) AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
  GROUP BY ALL
),
frame AS (
  SELECT stack_id, depth, space,
    regexp_replace(coalesce(nullif(symbol, ''), module || '+0x' || bare_hex("offset"), '0x' || bare_hex(address), '?'), '[\x00-\x1f\x7f;]', ':', 'g') AS name
  FROM stack_frame WHERE stack_id IN (SELECT stack_id FROM wanted)
),
stack AS (
  SELECT stack_id, string_agg(name, chr(59) ORDER BY space = 'kernel', depth DESC) AS frames FROM frame GROUP BY stack_id
)
SELECT frames || CASE WHEN $event::VARCHAR IS NULL THEN chr(59) || regexp_replace(name, '[\x00-\x1f\x7f;]', ':', 'g') ELSE '' END
  || ' ' || sum(events) AS line
FROM wanted JOIN stack USING (stack_id)
GROUP BY frames, CASE WHEN $event::VARCHAR IS NULL THEN name END, name
ORDER BY line
