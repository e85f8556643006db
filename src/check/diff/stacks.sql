-- Stacks as a line of symbols, outermost first, below the event that has them.
WITH folded AS (
  SELECT stack_id, string_agg(coalesce(symbol, '?'), ';' ORDER BY depth DESC) AS frames
  FROM stack_frame WHERE space = 'kernel' GROUP BY stack_id
)
SELECT n.name || ';' || f.frames AS key, count(*) AS n, min(e.line_no) AS line_no
FROM event_stack s JOIN event_row e USING (event_id) JOIN name_dict n USING (name_id) JOIN folded f USING (stack_id)
GROUP BY ALL
ORDER BY n DESC, key
