WITH seen AS (
  SELECT c.*, e.line_no FROM call c JOIN event_row e ON e.event_id = coalesce(c.entry_event_id, c.return_event_id)
  WHERE c.function IS NOT NULL AND ($function::VARCHAR IS NULL OR c.function = $function::VARCHAR)
),
failed AS (
  SELECT function, string_agg(errno || ' ' || n, ', ' ORDER BY n DESC, errno) AS errors, sum(n) AS total, min(line_no) AS error_line_no
  FROM (SELECT function, errno, count(*) AS n, min(line_no) AS line_no FROM seen WHERE errno IS NOT NULL GROUP BY function, errno)
  GROUP BY function
)
SELECT
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
  count(DISTINCT s.task_id) AS tasks,
  mode(regexp_replace(s.caller, '[+]0x.*$', '')) AS caller,
  count(*) FILTER (s.confidence = 'inferred') AS inferred,
  any_value(f.error_line_no) AS error_line_no,
  min(s.line_no) AS line_no
FROM seen s LEFT JOIN failed f USING (function)
GROUP BY s.function
ORDER BY calls DESC, s.function
