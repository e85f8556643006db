-- What happened on the way: dropped packets, opens and mappings by name, system calls and probed calls by their length.
SELECT kind, task_id, ts, dur, line_no, text FROM (
  SELECT 'open' AS kind, f.task_id, f.open_ts AS ts, NULL::BIGINT AS dur, e.line_no,
    'opens ' || f.path || CASE WHEN f.fd IS NOT NULL THEN ' as fd ' || f.fd WHEN f.errno IS NOT NULL THEN ': ' || f.errno ELSE '' END AS text,
    1 AS rank, coalesce(f.path_event_id, f.enter_event_id, f.exit_event_id) AS event_id
  FROM file f JOIN event_row e ON e.event_id = coalesce(f.path_event_id, f.enter_event_id, f.exit_event_id)
  WHERE f.capture_id = $capture AND f.path IS NOT NULL
  UNION ALL
  SELECT 'map', m.task_id, m.map_ts, NULL, e.line_no, 'maps ' || m.len || ' bytes of ' || m.path, 1, m.exit_event_id
  FROM mapping m JOIN event_row e ON e.event_id = m.exit_event_id
  WHERE m.capture_id = $capture AND m.path IS NOT NULL
  UNION ALL
  SELECT 'syscall', l.task_id, s.enter_ts, s.exit_ts - s.enter_ts, e.line_no, n.name, 2, s.enter_event_id
  FROM syscall_row s
  JOIN syscall_name n USING (syscall_id)
  JOIN event_row e ON e.event_id = s.enter_event_id
  ASOF JOIN (FROM life WHERE capture_id = $capture) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  WHERE s.capture_id = $capture AND s.exit_event_id IS NOT NULL
  UNION ALL
  SELECT 'call', c.task_id, e.ts, c.dur, e.line_no, 'calls ' || c.function, 2, c.entry_event_id
  FROM call c JOIN event_row e ON e.event_id = c.entry_event_id
  WHERE c.capture_id = $capture AND c.dur IS NOT NULL
  UNION ALL
  -- Where the packet was dropped; an interrupt may have brought it there, so the task need not have a part in it.
  SELECT 'drop', l.task_id, p.ts, NULL, e.line_no, 'a packet is dropped: ' || p.drop_reason, 0, p.event_id
  FROM packet_hop p
  JOIN event_row e ON e.event_id = p.event_id
  ASOF JOIN (FROM life WHERE capture_id = $capture) l ON l.pid = e.pid AND p.event_id >= l.from_event_id
  WHERE p.capture_id = $capture AND p.drop_reason IS NOT NULL
) m
WHERE task_id IN (SELECT unnest(string_split($tasks, ','))::BIGINT)
ORDER BY rank, dur DESC, event_id, kind
LIMIT $limit
