WITH counted AS (
  SELECT e.capture_id, n.name, count(*) AS events, count(DISTINCT nullif(e.pid, -1)) AS tasks, count(DISTINCT nullif(e.cpu, -1)) AS cpus,
    min(known_ts(e.ts)) AS first_ts, max(known_ts(e.ts)) AS last_ts, min(e.line_no) AS line_no, max(e.line_no) AS last_line_no
  FROM event_row e JOIN name_dict n USING (name_id)
  GROUP BY e.capture_id, n.name
),
-- Only a clock of seconds gives a rate.
span AS (
  SELECT capture_id, CASE WHEN time_unit IN ('us', 'ns') AND last_ts > first_ts THEN (last_ts - first_ts) / 1e9 END AS seconds FROM capture
)
SELECT
  c.name AS name,
  sum(c.events)::BIGINT AS events,
  CASE WHEN bool_and(s.seconds IS NOT NULL) THEN round(sum(c.events) / sum(s.seconds), 3) END::DOUBLE AS per_second,
  sum(c.tasks)::BIGINT AS tasks,
  max(c.cpus) AS cpus,
  min(c.first_ts) AS first_ts,
  max(c.last_ts) AS last_ts,
  first(c.line_no ORDER BY c.capture_id) AS line_no,
  last(c.last_line_no ORDER BY c.capture_id) AS last_line_no
FROM counted c JOIN span s USING (capture_id)
GROUP BY c.name
ORDER BY events DESC, c.name
