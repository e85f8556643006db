-- Causal links between the given tasks. What runs in an interrupt is nobody's doing: the arrow then starts at its target.
WITH placed AS (
  SELECT e.event_id, e.ts, e.line_no, l.task_id, coalesce(f.irq_context, '.') = '.' AS own
  FROM event_row e
  JOIN flags_dict f USING (flags_id)
  ASOF JOIN (FROM life WHERE capture_id = $capture) l ON l.pid = e.pid AND e.event_id >= l.from_event_id
  WHERE e.capture_id = $capture
),
named AS (
  SELECT generate_event_id AS event_id, any_value(signal) AS signal, any_value(sig) AS sig, any_value(cause) AS cause
  FROM signal WHERE capture_id = $capture AND generate_event_id IS NOT NULL GROUP BY ALL
)
SELECT k.kind, CASE k.kind WHEN 'deliver' THEN d.signal WHEN 'notify_parent' THEN s.signal WHEN 'send' THEN s.cause
  WHEN 'terminate' THEN CASE WHEN x.death = 'exited' THEN 'exits' ELSE 'dies' END END AS label, a.ts AS from_ts, b.ts AS to_ts,
  CASE WHEN a.own THEN a.task_id ELSE b.task_id END AS from_task_id, b.task_id AS to_task_id,
  a.line_no AS from_line, b.line_no AS to_line, k.confidence, k.evidence
FROM link k
JOIN placed a ON a.event_id = k.from_event_id
JOIN placed b ON b.event_id = k.to_event_id
LEFT JOIN named d ON d.event_id = k.from_event_id AND k.kind = 'deliver'
LEFT JOIN named s ON s.event_id = k.to_event_id AND k.kind IN ('send', 'notify_parent')
LEFT JOIN task x ON x.task_id = b.task_id
WHERE k.capture_id = $capture AND k.kind NOT IN ('syscall', 'wake', 'open', 'map', 'call', 'hop', 'drop')
  AND a.task_id IN (SELECT unnest(string_split($tasks, ','))::BIGINT) AND b.task_id IN (SELECT unnest(string_split($tasks, ','))::BIGINT)
ORDER BY (k.kind = 'terminate') DESC, (k.kind = 'reap') DESC, (d.sig IS NOT NULL AND d.sig <> 17) DESC, (k.kind = 'fork') DESC,
  k.from_event_id, k.to_event_id, k.kind
LIMIT $limit
