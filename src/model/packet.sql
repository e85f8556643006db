-- packet_hop: what the capture shows of each socket buffer, life by life. The address of a freed buffer is used again, and some
-- frees are silent (the bytes of a TCP stream are eaten), so the order of the hops decides as well.
CREATE OR REPLACE TEMP TABLE skb_event AS
SELECT e.event_id, e.ts, e.cpu, e.pid, f.irq_context, n.name, CASE
    WHEN n.name IN ('consume_skb', 'kfree_skb') THEN 'free' WHEN n.name LIKE 'net_dev_%' THEN 'send' WHEN n.name LIKE '%_entry' THEN 'arrive'
    WHEN n.name = 'skb_copy_datagram_iovec' THEN 'copy' ELSE 'receive' END AS side,
  x.dev, TRY_CAST('0x' || x.skb AS UBIGINT) AS skb, TRY_CAST(x.len AS BIGINT) AS len,
  TRY_CAST(x.protocol AS INTEGER) AS protocol, x.reason, x.location
FROM (
  SELECT event_id, known_ts(ts) AS ts, cpu, pid, flags_id, name_id, {
      dev: nullif(regexp_extract(args, '^dev=(\S+)', 1), ''),
      skb: nullif(regexp_extract(args, '(?:^| )skbaddr=(?:0x)?([0-9a-f]+)', 1), ''),
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
JOIN name_dict n USING (name_id) JOIN flags_dict f USING (flags_id)
WHERE skb > 0;

-- Probes print the address itself, tracepoints a hash of it since 4.15: other values for the same buffers.
CREATE OR REPLACE TEMP TABLE skb_probe AS
SELECT event_id, ts, cpu, pid, irq_context, split_part(function, '.', 1) AS name,
  TRY_CAST(regexp_extract(args, '^(?:[^"]* )?(?:skb|skbaddr)=(0x[0-9a-f]{8,16})(?: |$)', 1) AS UBIGINT) AS raw,
  nullif(regexp_extract(args, '^(?:[^"]* )?dev="([!#-~]+)"(?: |$)', 1), '') AS dev
FROM probe_event
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND NOT is_return AND coalesce(func_offset, 99) <= 8
  AND contains(args, 'skb') AND raw > 4294967295;

-- Where a probed function and a tracepoint follow each other on one CPU in one task, and the one is inside the other or calls it
-- with the same buffer, hash and address are of one buffer (net/core/dev.c, 4.15 to 6.12).
CREATE OR REPLACE TEMP TABLE skb_address AS
WITH coincidence AS (
  FROM (VALUES ('dev_queue_xmit', 'net_dev_queue'), ('__dev_queue_xmit', 'net_dev_queue'), ('dev_hard_start_xmit', 'net_dev_start_xmit'),
    ('eth_type_trans', 'netif_rx_entry'), ('eth_type_trans', 'netif_rx'), ('eth_type_trans', 'napi_gro_receive_entry'),
    ('napi_gro_receive', 'napi_gro_receive_entry'), ('netif_rx', 'netif_rx_entry'), ('__netif_receive_skb_core', 'netif_receive_skb'),
    ('kfree_skb', 'kfree_skb'), ('kfree_skb_reason', 'kfree_skb'), ('sk_skb_reason_drop', 'kfree_skb'), ('consume_skb', 'consume_skb'),
    ('netif_receive_skb', 'ip_rcv'), ('netif_receive_skb', 'ipv6_rcv'), ('netif_receive_skb', 'arp_rcv')) AS v(name, next_name)
),
either AS (
  SELECT event_id, cpu, pid, irq_context, name, dev, skb AS hash, NULL AS raw FROM skb_event WHERE skb <= 4294967295
  UNION ALL SELECT event_id, cpu, pid, irq_context, name, dev, NULL, raw FROM skb_probe
),
beside AS (
  SELECT *, lead(name) OVER w AS next_name, lead(dev) OVER w AS next_dev, lead(hash) OVER w AS next_hash, lead(raw) OVER w AS next_raw,
    lead(irq_context) OVER w AS next_context
  FROM either WINDOW w AS (PARTITION BY cpu, pid ORDER BY event_id)
),
witness AS (
  SELECT coalesce(hash, next_hash) AS hash, coalesce(raw, next_raw) AS raw, count(*) AS times
  FROM beside JOIN coincidence USING (name, next_name)
  WHERE (hash IS NULL) <> (next_hash IS NULL) AND coalesce(dev = next_dev, true)
    -- A probe that works by a breakpoint shows NMI.
    AND coalesce(irq_context = next_context OR irq_context IN ('z', 'Z') OR next_context IN ('z', 'Z'), true)
  GROUP BY ALL
)
-- One to one over the whole capture, or not at all: what contradicts itself is left apart.
SELECT hash, raw, times FROM witness
QUALIFY count(*) OVER (PARTITION BY hash) = 1 AND count(*) OVER (PARTITION BY raw) = 1
  AND (times > 1 OR (SELECT bool_and(from_event_id IS NOT NULL) FROM complete));

-- Copies of a buffer. What makes one says so: of which buffer, and where the copy is (net/core/skbuff.c).
CREATE OR REPLACE TEMP TABLE skb_maker AS
SELECT c.entry_event_id, c.return_event_id, split_part(c.function, '.', 1) AS name, c.confidence,
  TRY_CAST(regexp_extract(c.args, '^(?:[^"]* )?(?:skb|skbaddr|from|to_clone|arg1)=(0x[0-9a-f]{8,16})(?: |$)', 1) AS UBIGINT) AS from_raw,
  TRY_CAST(regexp_extract(c.ret, '^(?:[^"]* )?\w+=(0x[0-9a-f]{8,16})$', 1) AS UBIGINT) AS raw
FROM call c
WHERE c.capture_id = getvariable('capture_id') AND c.return_event_id IS NOT NULL
  AND split_part(c.function, '.', 1) IN ('skb_clone', 'skb_copy', '__pskb_copy_fclone', 'pskb_copy', 'skb_copy_expand', 'skb_clone_sk', 'skb_realloc_headroom');

-- And where no such function is probed: a tap gets one copy of what is sent (net/core/dev.c, dev_queue_xmit_nit), and TCP sends a
-- copy of what it keeps (net/ipv4/tcp_output.c, __tcp_transmit_skb). The first other buffer that the same context then has in
-- hand is that copy; two others, and nobody can tell.
CREATE OR REPLACE TEMP TABLE skb_handed AS
WITH named AS (
  SELECT *, CASE name WHEN 'dev_queue_xmit_nit' THEN 'tap' WHEN '__tcp_transmit_skb' THEN 'tcp' END AS hands FROM skb_probe
),
beside AS (
  SELECT *, last_value(CASE WHEN hands IS NOT NULL THEN event_id END IGNORE NULLS) OVER w AS hand_event_id,
    last_value(CASE WHEN name IN ('skb_clone', 'skb_copy', '__pskb_copy_fclone', 'pskb_copy') THEN event_id END IGNORE NULLS) OVER w AS made_event_id
  FROM named WINDOW w AS (PARTITION BY cpu, pid, CASE WHEN irq_context IN ('z', 'Z') THEN NULL ELSE irq_context END ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
handed AS (
  SELECT b.event_id, b.raw, h.event_id AS from_event_id, h.raw AS from_raw, row_number() OVER (PARTITION BY h.event_id ORDER BY b.event_id) AS nth,
    count(DISTINCT b.raw) OVER (PARTITION BY h.event_id) AS others
  FROM beside b JOIN named h ON h.event_id = b.hand_event_id
  LEFT JOIN (FROM call WHERE capture_id = getvariable('capture_id')) c ON c.entry_event_id = h.event_id
  WHERE b.raw <> h.raw AND coalesce(b.made_event_id < h.event_id, true)
    AND CASE h.hands WHEN 'tap' THEN b.name IN ('packet_rcv', 'tpacket_rcv') ELSE b.name LIKE '%dev_queue_xmit' END
    AND coalesce(b.event_id < c.return_event_id, true)
)
SELECT event_id, raw, from_event_id, from_raw FROM handed WHERE nth = 1 AND others = 1;

-- Births of copies: event_id is the first hop of the copy, from_event_id the hop of the buffer that it was made of.
CREATE OR REPLACE TEMP TABLE skb_birth AS
WITH born AS (
  SELECT return_event_id AS event_id, entry_event_id AS from_event_id, raw, from_raw, name, confidence = 'exact' AS sure FROM skb_maker WHERE raw > 4294967295 AND raw IS DISTINCT FROM from_raw
  UNION ALL
  SELECT event_id, from_event_id, raw, from_raw, NULL, false FROM skb_handed WHERE event_id NOT IN (SELECT return_event_id FROM skb_maker)
)
SELECT b.*, coalesce(a.hash, CASE WHEN EXISTS (FROM skb_event WHERE skb > 4294967295) THEN b.raw END) AS skb,
  e.cpu, e.pid, f.irq_context, known_ts(e.ts) AS ts
FROM born b JOIN event_row e USING (event_id) JOIN flags_dict f USING (flags_id) LEFT JOIN skb_address a USING (raw);

INSERT INTO skb_event BY NAME
SELECT event_id, ts, cpu, pid, irq_context, coalesce(name, '') AS name, 'birth' AS side, skb FROM skb_birth WHERE skb IS NOT NULL;

-- Is this hop of the same life as the one before of the same address? same: nothing else is possible while no line is missing;
-- likely: it fits, and the buffer may have been freed unseen and used again; new: it cannot be; unknown: nobody can tell.
CREATE OR REPLACE TEMP TABLE skb_joint AS
WITH beside AS (
  SELECT *, lag(side) OVER w AS before_side, lag(name) OVER w AS before_name, lag(event_id) OVER w AS before_event_id,
    lag(cpu) OVER w = cpu AND lag(pid) OVER w = pid AND lag(irq_context) OVER w IS NOT DISTINCT FROM irq_context AS stays,
    last_value(dev IGNORE NULLS) OVER before AS before_dev, last_value(len IGNORE NULLS) OVER before AS before_len,
    last_value(protocol IGNORE NULLS) OVER before AS before_protocol,
    last_value(CASE WHEN side IN ('send', 'free') THEN name || ' ' || coalesce(dev, '') END IGNORE NULLS) OVER before AS last_sent,
    last_value(CASE WHEN side IN ('arrive', 'receive') THEN dev WHEN side = 'free' OR name = 'net_dev_queue' THEN '' END IGNORE NULLS) OVER before AS last_taken,
    -- Of the packets that the same context has queued or taken in, is this the last one?
    last_value(CASE WHEN name IN ('net_dev_queue', 'netif_receive_skb') OR side = 'birth' THEN skb END IGNORE NULLS)
      OVER (PARTITION BY cpu, pid, irq_context ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) = skb AS in_hand,
    last_value(CASE WHEN name = 'netif_receive_skb' THEN skb END IGNORE NULLS)
      OVER (PARTITION BY cpu, pid, irq_context ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) = skb AS taken_in
  FROM skb_event
  WINDOW w AS (PARTITION BY skb ORDER BY event_id), before AS (PARTITION BY skb ORDER BY event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Two ends of a virtual cable: what one of them sends arrives at the other before the sending is over.
cable AS (
  SELECT DISTINCT before_dev, dev FROM beside WHERE side IN ('arrive', 'receive') AND before_name = 'net_dev_start_xmit' AND stays AND dev <> before_dev
),
seen AS (SELECT bool_or(name = 'consume_skb') AS frees, bool_or(side = 'arrive') AS arrivals FROM skb_event)
SELECT b.*, CASE
    WHEN before_side IS NULL OR before_side = 'free' THEN 'new'
    WHEN before_side = 'copy' AND side IN ('send', 'arrive', 'receive') THEN 'new'
    -- A copy has just been made at this address.
    WHEN side = 'birth' THEN 'new'
    WHEN before_side = 'birth' AND (stays OR (side = 'free' AND coalesce(in_hand, false))) THEN 'same'
    WHEN before_side = 'birth' AND side = 'arrive' THEN 'new'
    WHEN before_side = 'birth' THEN 'likely'
    -- A device on top of another queues the same buffer again before the first transmission is over.
    WHEN name = 'net_dev_queue' AND before_name IN ('net_dev_queue', 'net_dev_start_xmit') AND b.dev <> b.before_dev AND stays THEN 'same'
    -- Forwarded: by whoever has taken it in, out by another device, longer by a link header at most.
    WHEN name = 'net_dev_queue' AND before_side IN ('receive', 'arrive') AND stays AND taken_in AND b.dev <> b.before_dev
      AND len - before_len BETWEEN 0 AND 22 THEN 'likely'
    WHEN name = 'net_dev_queue' THEN 'new'
    -- At the end of a virtual cable the packet has been taken in already when its sending is over.
    WHEN name = 'net_dev_xmit' AND last_sent = 'net_dev_start_xmit ' || b.dev THEN 'same'
    WHEN side = 'send' THEN CASE WHEN before_side = 'send' AND (b.dev = b.before_dev OR stays) THEN 'same' ELSE 'likely' END
    -- What was sent arrives at the other end of a virtual cable; a card fills a buffer of its own.
    WHEN side = 'receive' AND before_name = 'net_dev_xmit' AND last_taken = b.dev THEN 'same'
    WHEN side IN ('arrive', 'receive') AND before_side = 'send' THEN CASE
      WHEN before_len - len NOT BETWEEN 0 AND 22 THEN 'new'
      WHEN b.dev = b.before_dev THEN CASE WHEN b.dev = 'lo' THEN 'same' ELSE 'new' END
      WHEN before_name = 'net_dev_start_xmit' AND stays THEN 'same'
      WHEN c.dev IS NOT NULL THEN CASE WHEN side = 'receive' AND seen.arrivals THEN 'likely' ELSE 'same' END
      WHEN side = 'arrive' THEN 'new'
      WHEN seen.frees THEN 'likely' ELSE 'unknown' END
    WHEN side = 'arrive' AND before_side = 'arrive' AND name <> before_name AND b.dev = b.before_dev THEN 'same'
    WHEN side = 'arrive' THEN 'new'
    WHEN name = 'netif_receive_skb' AND before_name = 'netif_receive_skb' AND b.dev = b.before_dev THEN 'new'
    WHEN side = 'receive' AND before_side IN ('arrive', 'receive') AND (b.dev = b.before_dev OR stays) THEN 'same'
    WHEN side = 'free' AND protocol <> before_protocol AND protocol > 0 AND before_protocol > 0 THEN 'new'
    -- Freed by the context that has it in hand. Later the address may be that of a buffer of which no event tells.
    WHEN side = 'free' AND coalesce(in_hand OR taken_in, false) THEN 'same'
    ELSE 'likely' END AS joint
FROM beside b LEFT JOIN cable c ON c.before_dev = b.before_dev AND c.dev = b.dev CROSS JOIN seen;

-- The place of a probed function on the way of a packet: a life goes forward.
CREATE OR REPLACE TEMP TABLE packet_seen AS
WITH shown AS (
  SELECT *, max(CASE WHEN joint IN ('new', 'unknown') THEN event_id END) OVER (PARTITION BY skb ORDER BY event_id) AS life FROM skb_joint
),
keyed AS (
  SELECT p.*, CASE WHEN a.hash IS NOT NULL THEN a.hash WHEN EXISTS (FROM skb_event WHERE skb > 4294967295) THEN p.raw END AS skb,
    a.hash IS NOT NULL AS learned,
    CASE WHEN regexp_matches(name, '^(__)?dev_queue_xmit|^dev_hard_start|^eth_type_trans|napi_gro_receive|^(__)?netif_(rx|receive)|kfree_skb|consume_skb|skb_reason_drop') THEN 'before' ELSE 'behind' END AS place
  FROM skb_probe p LEFT JOIN skb_address a USING (raw)
),
-- In front of its tracepoint a function belongs to the life of that hop, any other to the life that is going on.
placed AS (
  SELECT k.event_id, k.raw, k.skb, k.learned, k.name, k.ts, k.dev, s.event_id AS behind_event_id, s.life AS behind_life, s.side AS behind_side, n.life AS before_life, n.name AS next_name
  FROM keyed k
  ASOF LEFT JOIN shown s ON s.skb = k.skb AND k.event_id >= s.event_id
  ASOF LEFT JOIN shown n ON n.skb = k.skb AND k.event_id < n.event_id
),
joined AS (
  SELECT *, CASE
      WHEN behind_event_id = event_id THEN behind_life
      WHEN name LIKE '%dev_queue_xmit' AND next_name = 'net_dev_queue' THEN before_life
      WHEN name = 'napi_gro_receive' AND next_name = 'napi_gro_receive_entry' THEN before_life
      WHEN name = 'eth_type_trans' AND next_name IN ('netif_rx_entry', 'netif_rx', 'napi_gro_receive_entry') THEN before_life
      WHEN name LIKE '__netif_receive_skb%' AND next_name = 'netif_receive_skb' THEN before_life
      WHEN name IN ('consume_skb', 'kfree_skb', 'kfree_skb_reason', 'sk_skb_reason_drop') AND next_name IN ('consume_skb', 'kfree_skb')
        AND coalesce(behind_side = 'free', true) THEN before_life
      -- The memory goes back right after the free.
      WHEN name IN ('__kfree_skb', 'kfree_skbmem', 'skb_release_data') AND behind_side = 'free' THEN behind_life
      WHEN name LIKE '%dev_queue_xmit' OR behind_side IN ('free', 'copy') THEN NULL
      ELSE behind_life END AS life
  FROM placed
),
-- Addresses of which no hash is known: by themselves, as long as one context goes on with the same buffer, and forward.
ranked AS (
  SELECT j.*, p.cpu, p.pid, p.irq_context, CASE
      WHEN j.name LIKE '%dev_queue_xmit' THEN 1 WHEN j.name LIKE 'dev_hard_start%' THEN 2 WHEN j.name = 'eth_type_trans' THEN 3
      WHEN regexp_matches(j.name, '^(__)?netif_rx|^napi_gro') THEN 4 WHEN j.name LIKE '%netif_receive_skb%' THEN 5
      WHEN j.name IN ('ip_rcv', 'ipv6_rcv', 'arp_rcv') THEN 6 WHEN regexp_matches(j.name, '^(tcp|udp|icmp)') THEN 8
      WHEN regexp_matches(j.name, 'kfree_skb|consume_skb') THEN 9 ELSE 7 END AS rank
  FROM joined j JOIN skb_probe p USING (event_id) WHERE j.life IS NULL
  UNION ALL BY NAME
  SELECT event_id, raw, name, ts, cpu, pid, irq_context, 0 AS rank FROM skb_birth WHERE skb IS NULL AND name IS NOT NULL
),
alone AS (
  SELECT *, sum(CASE WHEN starts THEN 1 ELSE 0 END) OVER (PARTITION BY raw ORDER BY event_id) AS nth
  FROM (
    SELECT *, coalesce(NOT (lag(raw) OVER (PARTITION BY cpu, pid, irq_context ORDER BY event_id) = raw AND lag(name) OVER same <> name
      AND lag(rank) OVER same BETWEEN 0 AND least(rank, 8)
      AND event_id NOT IN (SELECT event_id FROM skb_birth)), true) AS starts
    FROM ranked WINDOW same AS (PARTITION BY raw ORDER BY event_id)
  )
)
SELECT life AS life_event_id, event_id, skb, ts, name, dev, len, protocol, reason, location,
  joint IN ('same', 'new') AND (side <> 'birth' OR skb > 4294967295) AS sure
FROM shown WHERE name <> ''
UNION ALL
SELECT life, event_id, skb, ts, name, dev, NULL, NULL, NULL, NULL, NOT learned FROM joined WHERE life IS NOT NULL
UNION ALL
SELECT min(event_id) OVER (PARTITION BY raw, nth), event_id, raw, ts, name, dev, NULL, NULL, NULL, NULL, nth = 1 AND starts FROM alone;

INSERT INTO packet_hop
WITH lived AS (
  SELECT *, dense_rank() OVER (ORDER BY life_event_id) AS life, lag(event_id) OVER w AS prev_event_id, lag(ts) OVER w AS prev_ts, row_number() OVER w AS step
  FROM packet_seen WINDOW w AS (PARTITION BY life_event_id ORDER BY event_id)
),
whole AS (SELECT bool_and(from_event_id IS NOT NULL) AS whole, max(from_event_id) AS from_event_id FROM complete),
-- A copy by the first hop of its life.
copied AS (
  SELECT l.life, b.from_event_id, b.sure, o.life AS from_life
  FROM skb_birth b JOIN lived l ON l.event_id = b.event_id AND l.step = 1 LEFT JOIN lived o ON o.event_id = b.from_event_id
)
SELECT getvariable('capture_id'), i.from_id + l.life, l.skb, l.step, l.event_id, l.ts, l.name, l.dev, l.len, l.protocol,
  CASE WHEN l.name = 'kfree_skb' THEN l.reason END, l.location, l.ts - l.prev_ts,
  CASE WHEN l.sure AND (l.step > 1 OR coalesce(c.sure, true)) AND (l.prev_event_id IS NULL OR (w.whole AND l.event_id >= w.from_event_id)) THEN 'exact' ELSE 'inferred' END,
  CASE WHEN l.step > 1 THEN l.prev_event_id WHEN c.from_life IS NOT NULL THEN c.from_event_id END, i.from_id + c.from_life
FROM lived l CROSS JOIN whole w CROSS JOIN (SELECT coalesce(max(lifetime_id), 0) AS from_id FROM packet_hop) i LEFT JOIN copied c USING (life)
ORDER BY l.event_id
