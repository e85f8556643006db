-- The stretches are those of the answer.
WITH clock AS (
  SELECT capture_id, greatest(first_ts, coalesce($since::BIGINT, first_ts)) AS first_ts, least(last_ts, coalesce($until::BIGINT, last_ts)) AS last_ts
  FROM capture
),
rough AS (SELECT *, greatest((last_ts - first_ts) / 60.0, 1000) AS rough FROM clock WHERE last_ts > first_ts),
sized AS (
  SELECT *, (pow(10, floor(log10(rough))) * CASE
      WHEN rough / pow(10, floor(log10(rough))) <= 1 THEN 1 WHEN rough / pow(10, floor(log10(rough))) <= 2 THEN 2
      WHEN rough / pow(10, floor(log10(rough))) <= 5 THEN 5 ELSE 10 END)::BIGINT AS dur
  FROM rough
)
SELECT s.first_ts + (e.ts - s.first_ts) // s.dur * s.dur AS ts, nullif(e.pid, -1) AS part_pid, nullif(e.cpu, -1) AS part_cpu, count(*) AS part_events
FROM event_row e JOIN sized s USING (capture_id)
WHERE known_ts(e.ts) IS NOT NULL AND ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
  AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
GROUP BY ALL
