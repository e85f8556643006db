-- The frames from the drop site outwards, those above it only free and trace.
WITH dropped AS (
  SELECT h.capture_id, h.event_id, h.drop_reason, e.line_no, s.stack_id
  FROM packet_hop h JOIN event_row e USING (event_id) JOIN event_stack s USING (event_id)
  WHERE is_drop(h.function, h.drop_reason) AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
folded AS (
  SELECT stack_id, string_agg(name, chr(59) ORDER BY depth DESC) AS stack, arg_min(name, depth) AS site
  FROM (
    SELECT stack_id, depth, coalesce(symbol, '0x' || bare_hex(address)) AS name
    FROM stack_frame
    WHERE space = 'kernel' AND stack_id IN (SELECT stack_id FROM dropped)
      AND NOT coalesce(regexp_matches(symbol, '^(trace_event_|__traceiter_|perf_trace_|bpf_trace|_*kfree_skb|sk_skb_reason_drop|skb_release)'), false)
  ) GROUP BY stack_id
)
SELECT
  d.capture_id AS capture_id,
  count(*) AS count,
  f.site AS site,
  d.drop_reason AS reason,
  f.stack AS stack,
  min(d.line_no) AS line_no
FROM dropped d JOIN folded f USING (stack_id)
GROUP BY d.capture_id, f.site, d.drop_reason, f.stack
ORDER BY d.capture_id, count DESC, min(d.line_no)
