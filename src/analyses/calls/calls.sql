WITH seen AS (
  SELECT c.*, e.line_no FROM call c JOIN event_row e ON e.event_id = coalesce(c.entry_event_id, c.return_event_id)
  WHERE c.function IS NOT NULL AND ($function::VARCHAR IS NULL OR c.function = $function::VARCHAR)
    AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
failed AS (
  SELECT capture_id, function, string_agg(errno || ' ' || n, ', ' ORDER BY n DESC, errno) AS errors, sum(n) AS total, min(line_no) AS error_line_no
  FROM (SELECT capture_id, function, errno, count(*) AS n, min(line_no) AS line_no FROM seen WHERE errno IS NOT NULL GROUP BY capture_id, function, errno)
  GROUP BY capture_id, function
),
-- Powers of two of a microsecond (of a tick where the clock counts ticks).
classed AS (
  SELECT capture_id, function, string_agg('<' || CASE WHEN ticks THEN ceiling || ' ticks' ELSE dur_text(ceiling) END || ': ' || n, ', ' ORDER BY ceiling) AS histogram
  FROM (
    SELECT capture_id, function, any_value(ticks) AS ticks, ceiling, count(*) AS n
    FROM (
      SELECT capture_id, s.function, k.time_unit = 'tick' AS ticks,
        (CASE WHEN ticks THEN 1 ELSE 1000 END * pow(2, greatest(0, floor(log2(greatest(s.dur, 1) / CASE WHEN ticks THEN 1 ELSE 1000 END)) + 1)))::BIGINT AS ceiling
      FROM seen s JOIN capture k USING (capture_id) WHERE s.dur >= 0
    ) GROUP BY capture_id, function, ceiling
  ) GROUP BY capture_id, function
),
slow AS (
  SELECT capture_id, s.function, string_agg(s.line_no || ': ' || CASE WHEN k.time_unit = 'tick' THEN s.dur || ' ticks' ELSE dur_text(s.dur) END, ', ' ORDER BY s.dur DESC, s.line_no) AS slowest
  FROM (SELECT * FROM seen WHERE dur IS NOT NULL QUALIFY row_number() OVER (PARTITION BY capture_id, function ORDER BY dur DESC, line_no) <= 5) s
  JOIN capture k USING (capture_id) GROUP BY capture_id, s.function
),
named AS (
  SELECT capture_id, function, string_agg(caller || ' ' || n, ', ' ORDER BY n DESC, caller) AS callers, first(caller ORDER BY n DESC, caller) AS caller
  FROM (SELECT capture_id, function, split_part(caller, '+0x', 1) AS caller, count(*) AS n FROM seen WHERE caller IS NOT NULL GROUP BY ALL)
  GROUP BY capture_id, function
)
SELECT
  s.capture_id AS capture_id,
  s.function AS function,
  count(*) AS calls,
  count(s.return_event_id) AS returns,
  -- Without any return of the function in the capture nobody watched for it.
  CASE WHEN count(s.return_event_id) > 0 THEN count(*) FILTER (s.return_event_id IS NULL) END AS missed,
  count(*) FILTER (s.entry_event_id IS NULL) AS unentered,
  CASE WHEN count(s.return_event_id) > 0 THEN coalesce(any_value(f.total), 0) END::BIGINT AS failures,
  any_value(f.errors) AS errors,
  quantile_disc(s.dur, 0.5)::BIGINT AS p50_dur,
  quantile_disc(s.dur, 0.99)::BIGINT AS p99_dur,
  max(s.dur)::BIGINT AS max_dur,
  first(s.line_no ORDER BY s.dur DESC, s.line_no) FILTER (s.dur IS NOT NULL) AS max_line_no,
  any_value(w.slowest) AS slowest,
  any_value(h.histogram) AS histogram,
  count(DISTINCT s.task_id) AS tasks,
  any_value(a.callers) AS callers,
  any_value(a.caller) AS caller,
  count(*) FILTER (s.confidence = 'inferred') AS inferred,
  any_value(f.error_line_no) AS error_line_no,
  min(s.line_no) AS line_no
FROM seen s LEFT JOIN failed f USING (capture_id, function) LEFT JOIN classed h USING (capture_id, function) LEFT JOIN slow w USING (capture_id, function)
LEFT JOIN named a USING (capture_id, function)
GROUP BY s.capture_id, s.function
ORDER BY s.capture_id, calls DESC, s.function
