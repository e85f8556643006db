-- Calls and packets in the words of a story: views that cost nothing until they are asked for. A call that nothing joins to
-- another event is told by its own line.
CREATE OR REPLACE VIEW probe_step_text AS
SELECT c.entry_event_id AS event_id, c.task_id, 'call' AS kind,
  c.function || coalesce('(' || c.args || ')', '') || ' is called' || coalesce(' by ' || regexp_replace(c.caller, '[+]0x.*$', ''), '')
    || CASE WHEN p.function IS NULL OR split_part(coalesce(c.caller, ''), '+', 1) = p.function THEN '' ELSE ' inside ' || p.function END AS text,
  c.confidence AS confidence
FROM call c
LEFT JOIN call p ON p.entry_event_id = c.parent_event_id AND p.capture_id = c.capture_id
WHERE c.entry_event_id IS NOT NULL AND (c.return_event_id IS NOT NULL OR c.parent_event_id IS NOT NULL)
UNION ALL
SELECT c.return_event_id, c.task_id, 'return',
  c.function || ' returns' || coalesce(' ' || c.ret, '') || coalesce(' (' || c.errno || ')', '')
    || CASE WHEN c.dur IS NULL THEN '' WHEN k.time_unit = 'tick' THEN ' after ' || c.dur || ' ticks' ELSE ' after ' || dur_text(c.dur) END,
  c.confidence
FROM call c JOIN capture k USING (capture_id)
WHERE c.entry_event_id < c.return_event_id;

CREATE OR REPLACE VIEW packet_step_text AS
WITH hop AS (
  SELECT h.*, is_drop(function, drop_reason) AS dropped, count(*) OVER (PARTITION BY lifetime_id) AS hops,
    last_value(h.dev IGNORE NULLS) OVER (PARTITION BY lifetime_id ORDER BY step) AS at_dev
  FROM packet_hop h
)
SELECT h.event_id, NULL::BIGINT AS task_id, CASE WHEN dropped THEN 'drop' ELSE 'hop' END AS kind,
  'packet ' || h.lifetime_id || CASE
    WHEN dropped THEN ' is dropped' || CASE WHEN contains(h.location, '+0x') THEN ' in ' || split_part(h.location, '+0x', 1) ELSE '' END
      || coalesce(' (' || h.drop_reason || ')', '; the capture gives no reason')
    WHEN h.function IN ('consume_skb', 'kfree_skb') THEN ' is freed'
    WHEN h.step = 1 AND h.clone_of IS NOT NULL THEN ', a copy of packet ' || h.clone_of || ', begins in ' || h.function
    ELSE ' passes ' || h.function END
    || coalesce(CASE WHEN h.dev IS NULL AND dropped THEN ', last seen on ' ELSE ' on ' END || CASE WHEN h.dev IS NOT NULL OR dropped THEN h.at_dev END, '')
    || coalesce(', ' || h.len || ' bytes', '') || coalesce(', ' || nullif(ethertype_name(h.protocol), ''), '')
    || CASE WHEN h.dur_since_prev IS NULL THEN '' WHEN k.time_unit = 'tick' THEN ', ' || h.dur_since_prev || ' ticks later'
            ELSE ', ' || dur_text(h.dur_since_prev) || ' later' END AS text,
  h.confidence
FROM hop h JOIN capture k USING (capture_id)
WHERE hops > 1 OR dropped;

CREATE OR REPLACE VIEW story_step AS
FROM step UNION ALL FROM probe_step_text UNION ALL FROM packet_step_text
