SELECT
  h.capture_id AS capture_id,
  h.lifetime_id AS lifetime_id,
  h.step AS step,
  h.clone_of AS clone_of,
  h.ts AS ts,
  h.function AS function,
  h.dev AS dev,
  h.len AS len,
  coalesce(ethertype_name(h.protocol), CASE WHEN h.protocol > 0 THEN h.protocol::VARCHAR END) AS protocol,
  h.dur_since_prev AS dur_since_prev,
  h.drop_reason AS drop_reason,
  h.location AS location,
  lpad(bare_hex(h.skb), 16, '0') AS skb,
  nullif(e.pid, -1)::BIGINT AS pid,
  d.comm AS comm,
  h.confidence AS confidence,
  e.line_no AS line_no
FROM packet_hop h
JOIN event_row e USING (event_id)
JOIN comm_dict d USING (comm_id)
ORDER BY h.capture_id, min(h.event_id) OVER (PARTITION BY h.lifetime_id), h.step
