-- Lines of the log on the trace's clock, with the last event of the trace before them.
WITH shift AS (
  SELECT capture_id, median(shift)::BIGINT AS shift, count(*) AS anchors FROM kernel_log_anchor GROUP BY capture_id
),
told AS (
  SELECT k.*, CASE WHEN k.clock THEN k.ts + coalesce(s.shift, 0) END AS trace_ts, s.shift, s.anchors
  FROM kernel_log_fact k LEFT JOIN shift s USING (capture_id)
),
beside AS (
  SELECT k.capture_id, k.line_no AS log_line_no, e.line_no, e.name_id
  FROM (FROM told WHERE trace_ts IS NOT NULL) k
  ASOF JOIN event_row e ON e.capture_id = k.capture_id AND k.trace_ts >= e.ts
)
SELECT
  k.capture_id AS capture_id,
  k.ts AS ts,
  k.trace_ts AS trace_ts,
  CASE WHEN NOT k.clock OR k.ts IS NULL THEN 'none in common'
       WHEN k.anchors > 0 THEN 'trace ' || CASE WHEN k.shift < 0 THEN '-' ELSE '+' END || dur_text(abs(k.shift)) || ', from ' || k.anchors || CASE k.anchors WHEN 1 THEN ' signal' ELSE ' signals' END || ' that both show'
       ELSE 'taken as equal' END AS clock,
  k.line_no AS log_line_no,
  k.kind AS kind,
  k.pid::BIGINT AS pid,
  k.function AS function,
  coalesce(k.ret, x.ret) AS ret,
  x.errno AS errno,
  x.dur AS dur,
  CASE WHEN x.return_line_no > k.line_no THEN x.return_line_no END AS return_log_line_no,
  x.confidence AS confidence,
  k.level AS level,
  k.caller AS caller,
  k.text AS text,
  CASE WHEN k.trace_ts <= c.last_ts THEN n.name END AS beside,
  CASE WHEN k.trace_ts <= c.last_ts THEN b.line_no END AS line_no
FROM told k
JOIN capture c USING (capture_id)
LEFT JOIN beside b ON b.capture_id = k.capture_id AND b.log_line_no = k.line_no
LEFT JOIN name_dict n ON n.name_id = b.name_id
LEFT JOIN kernel_log_call x ON x.capture_id = k.capture_id AND x.entry_line_no = k.line_no
ORDER BY k.capture_id, k.line_no
