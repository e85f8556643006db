WITH dropped AS (
  SELECT e.pid, e.cpu, e.ts, h.drop_reason, s.stack_id
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
SELECT f.site, e.drop_reason AS reason, f.stack, nullif(e.pid, -1) AS part_pid, nullif(e.cpu, -1) AS part_cpu,
  $origin::BIGINT + (known_ts(e.ts) - $origin::BIGINT) // $stretch::BIGINT * $stretch::BIGINT AS part_ts, count(*) AS part_count
FROM dropped e JOIN folded f USING (stack_id)
GROUP BY ALL
