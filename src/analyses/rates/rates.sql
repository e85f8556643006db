-- Sixty stretches, each of a round length. Of several captures, each by its own clock.
WITH clock AS (
  SELECT capture_id, first_ts, time_unit IN ('us', 'ns') AS seconds, greatest((last_ts - first_ts) / 60.0, 1000) AS rough
  FROM (
    SELECT capture_id, time_unit, greatest(first_ts, coalesce($since::BIGINT, first_ts)) AS first_ts, least(last_ts, coalesce($until::BIGINT, last_ts)) AS last_ts
    FROM capture
  ) WHERE last_ts > first_ts
),
sized AS (
  SELECT *, (pow(10, floor(log10(rough))) * CASE
      WHEN rough / pow(10, floor(log10(rough))) <= 1 THEN 1 WHEN rough / pow(10, floor(log10(rough))) <= 2 THEN 2
      WHEN rough / pow(10, floor(log10(rough))) <= 5 THEN 5 ELSE 10 END)::BIGINT AS dur
  FROM clock
),
counted AS (
  SELECT e.capture_id, (e.ts - s.first_ts) // s.dur AS nth, e.name_id, count(*) AS events, min(e.line_no) AS line_no
  FROM event_row e JOIN sized s USING (capture_id)
  WHERE known_ts(e.ts) IS NOT NULL AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
  GROUP BY ALL
)
SELECT
  c.capture_id AS capture_id,
  s.first_ts + c.nth * s.dur AS ts,
  any_value(s.dur) AS dur,
  sum(c.events)::BIGINT AS events,
  CASE WHEN any_value(s.seconds) THEN round(sum(c.events) / (any_value(s.dur) / 1e9), 3) END::DOUBLE AS per_second,
  first(n.name ORDER BY c.events DESC, n.name) AS most,
  max(c.events) AS most_events,
  min(c.line_no) AS line_no
FROM counted c JOIN sized s USING (capture_id) JOIN name_dict n USING (name_id)
GROUP BY c.capture_id, s.first_ts, s.dur, c.nth
ORDER BY c.capture_id, ts
