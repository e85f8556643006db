WITH freed AS (
  SELECT h.*, e.line_no, s.stack_id,
    h.capture_id IN (SELECT capture_id FROM kallsym) AND regexp_full_match(h.location, '(0x)?f{4}[0-9a-f]{12}') AS raw
  FROM packet_hop h
  JOIN event_row e USING (event_id)
  LEFT JOIN event_stack s USING (event_id)
  WHERE is_drop(h.function, h.drop_reason) AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
-- The frames above the functions that only free and trace.
framed AS (
  SELECT stack_id, string_agg(name, ' <- ' ORDER BY depth) AS stack, arg_min(name, depth) AS top FROM (
    SELECT stack_id, depth, coalesce(symbol, '0x' || bare_hex(address)) AS name,
      row_number() OVER (PARTITION BY stack_id ORDER BY depth) AS nth
    FROM stack_frame
    WHERE space = 'kernel' AND stack_id IN (SELECT stack_id FROM freed)
      AND NOT coalesce(regexp_matches(symbol, '^(trace_event_|__traceiter_|perf_trace_|bpf_trace|_*kfree_skb|sk_skb_reason_drop|skb_release)'), false)
  ) WHERE nth <= 4 GROUP BY stack_id
),
device AS (
  SELECT f.event_id, arg_max(h.dev, h.step) AS dev
  FROM freed f JOIN packet_hop h ON h.lifetime_id = f.lifetime_id AND h.dev IS NOT NULL
  GROUP BY f.event_id
),
symbolised AS (
  SELECT f.event_id, k.symbol
  FROM (SELECT event_id, capture_id, TRY_CAST('0x' || right(location, 16) AS UBIGINT) AS address FROM freed WHERE raw) f
  ASOF JOIN kallsym k ON k.capture_id = f.capture_id AND f.address >= k.address
  -- Code, and no function is a megabyte long: behind the last one of the kernel or of a module there is none.
  WHERE k.type IN ('t', 'T', 'w', 'W') AND f.address - k.address < 1048576
),
placed AS (
  SELECT f.capture_id, f.event_id, f.line_no, f.ts, f.drop_reason, f.location, d.dev, f.protocol, t.stack,
    CASE WHEN contains(f.location, '+0x') THEN f.location ELSE coalesce(k.symbol, t.top) END AS site
  FROM freed f LEFT JOIN framed t USING (stack_id) LEFT JOIN device d USING (event_id) LEFT JOIN symbolised k USING (event_id)
)
SELECT
  capture_id AS capture_id,
  count(*) AS drops,
  site AS site,
  drop_reason AS reason,
  coalesce(ethertype_name(protocol), CASE WHEN protocol > 0 THEN protocol::VARCHAR END) AS protocol,
  nullif(string_agg(DISTINCT dev, ', ' ORDER BY dev), '') AS devices,
  mode(location) AS location,
  mode(stack) AS stack,
  min(ts) AS first_ts,
  max(ts) AS last_ts,
  min(line_no) AS line_no
FROM placed
GROUP BY capture_id, site, CASE WHEN site IS NULL THEN location END, drop_reason, protocol
ORDER BY capture_id, drops DESC, min(line_no)
