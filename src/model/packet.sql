-- packet_hop: what the tracepoints show of each socket buffer, life by life. The address of a freed buffer is used again, and
-- some frees are silent (the bytes of a TCP stream are eaten), so the order of the hops decides as well. Addresses in kprobes
-- are not hashed: they are other values for the same buffers and are not merged with these.
CREATE OR REPLACE TEMP TABLE skb_event AS
SELECT e.event_id, e.ts, n.name, x.dev, TRY_CAST('0x' || x.skb AS UBIGINT) AS skb, TRY_CAST(x.len AS BIGINT) AS len,
  TRY_CAST(x.protocol AS INTEGER) AS protocol, x.reason, x.location
FROM (
  SELECT event_id, known_ts(ts) AS ts, name_id, {
      dev: nullif(regexp_extract(args, '^dev=(\S+)', 1), ''),
      skb: nullif(regexp_extract(args, '(?:^| )skbaddr=([0-9a-f]+)', 1), ''),
      len: nullif(regexp_extract(args, ' len=(\d+)', 1), ''),
      protocol: nullif(regexp_extract(args, ' protocol=(0x[0-9a-f]+|\d+)', 1), ''),
      reason: nullif(regexp_extract(args, ' reason: (\S+)$', 1), ''),
      location: nullif(regexp_extract(args, ' location=(.*?)(?: reason: \S+)?$', 1), '')
    } AS x
  FROM event_row
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
    AND name_id IN (SELECT name_id FROM name_dict WHERE kind = 'event' AND name IN ('net_dev_queue', 'net_dev_start_xmit', 'net_dev_xmit',
      'netif_rx', 'netif_rx_entry', 'netif_receive_skb', 'netif_receive_skb_entry', 'netif_receive_skb_list_entry', 'napi_gro_receive_entry', 'napi_gro_frags_entry',
      'skb_copy_datagram_iovec', 'consume_skb', 'kfree_skb'))
) e
JOIN name_dict n USING (name_id);

INSERT INTO packet_hop
WITH sided AS (
  SELECT *, CASE WHEN name IN ('consume_skb', 'kfree_skb') THEN 'free' WHEN name LIKE 'net_dev_%' THEN 'send'
    WHEN name LIKE '%_entry' THEN 'arrive' WHEN name = 'skb_copy_datagram_iovec' THEN 'copy' ELSE 'receive' END AS side
  FROM skb_event WHERE skb > 0
),
beside AS (
  SELECT *, lag(side) OVER w AS before_side, lag(name) OVER w AS before_name, last_value(dev IGNORE NULLS) OVER before AS before_dev,
    last_value(len IGNORE NULLS) OVER before AS before_len
  FROM sided
  WINDOW w AS (PARTITION BY skb ORDER BY event_id), before AS (PARTITION BY skb ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
judged AS (
  SELECT *, CASE
      WHEN before_side IS NULL OR before_side = 'free' THEN 'new'
      WHEN before_side = 'copy' AND side IN ('send', 'arrive', 'receive') THEN 'new'
      -- A device on top of another queues the same buffer again before the first transmission is over.
      WHEN name = 'net_dev_queue' AND before_name IN ('net_dev_queue', 'net_dev_start_xmit') AND dev <> before_dev THEN 'same'
      -- Forwarded: out by another device, longer by a link header at most.
      WHEN name = 'net_dev_queue' AND before_side IN ('receive', 'arrive') AND dev <> before_dev AND len - before_len BETWEEN 0 AND 22 THEN 'likely'
      WHEN name = 'net_dev_queue' THEN 'new'
      -- What was sent arrives at the other end of a virtual cable; a card fills a buffer of its own.
      WHEN side = 'arrive' AND before_side = 'send' AND (dev <> before_dev OR dev = 'lo') THEN 'same'
      WHEN side = 'arrive' AND before_side = 'arrive' AND name <> before_name AND dev = before_dev THEN 'same'
      WHEN side = 'arrive' THEN 'new'
      WHEN name = 'netif_receive_skb' AND before_name = 'netif_receive_skb' AND dev = before_dev THEN 'new'
      WHEN name = 'netif_receive_skb' AND before_side = 'send' AND dev = before_dev AND dev <> 'lo' THEN 'new'
      ELSE 'same' END AS joint
  FROM beside
),
lived AS (
  SELECT *, dense_rank() OVER (ORDER BY first_event_id) AS life
  FROM (SELECT *, max(CASE WHEN joint = 'new' THEN event_id END) OVER (PARTITION BY skb ORDER BY event_id) AS first_event_id FROM judged)
),
lost AS (SELECT min(line_no) AS line_no FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started', 'elided'))
SELECT getvariable('capture_id'), (SELECT coalesce(max(lifetime_id), 0) FROM packet_hop) + life, skb,
  row_number() OVER (PARTITION BY life ORDER BY l.event_id), l.event_id, l.ts, name, dev, len, protocol, CASE WHEN name = 'kfree_skb' THEN reason END, location,
  CASE WHEN joint <> 'new' THEN l.ts - lag(l.ts) OVER (PARTITION BY life ORDER BY l.event_id) END,
  CASE WHEN joint = 'likely' OR (joint = 'same' AND (SELECT line_no FROM lost) IS NOT NULL) THEN 'inferred' ELSE 'exact' END
FROM lived l
ORDER BY l.event_id
