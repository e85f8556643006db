WITH chosen AS (
  -- A selection is a list of names, * for any letters.
  SELECT name_id, name FROM name_dict
  WHERE $event::VARCHAR IS NULL
    OR EXISTS (FROM (SELECT unnest(string_split($event::VARCHAR, ',')) AS pattern) WHERE name GLOB trim(pattern))
),
-- Only a clock of seconds gives a rate, and only it can be cut into seconds.
clock AS (
  SELECT capture_id, time_unit IN ('us', 'ns') AS seconds, first_ts,
    CASE WHEN time_unit IN ('us', 'ns') AND last_ts > first_ts
      THEN nullif(greatest(0, least(last_ts, coalesce($until::BIGINT, last_ts)) - greatest(first_ts, coalesce($since::BIGINT, first_ts))), 0) / 1e9 END AS span
  FROM capture
),
placed AS (
  SELECT e.*, c.name, k.seconds, k.span,
    CASE WHEN $by::VARCHAR = 'task' THEN nullif(e.pid, -1) END AS by_pid, CASE WHEN $by::VARCHAR = 'cpu' THEN nullif(e.cpu, -1) END AS by_cpu,
    CASE WHEN $interval::BIGINT > 0 AND k.seconds THEN k.first_ts + (known_ts(e.ts) - k.first_ts) // $interval::BIGINT * $interval::BIGINT END AS slice
  FROM event_row e JOIN chosen c USING (name_id) JOIN clock k USING (capture_id)
  WHERE ($pid::BIGINT IS NULL OR e.pid = $pid::BIGINT)
    AND ($since::BIGINT IS NULL OR e.ts >= $since::BIGINT) AND ($until::BIGINT IS NULL OR e.ts <= $until::BIGINT)
),
counted AS (
  SELECT capture_id, name, slice, by_pid, by_cpu, count(*) AS events, count(DISTINCT nullif(pid, -1)) AS tasks, count(DISTINCT nullif(cpu, -1)) AS cpus,
    min(known_ts(ts)) AS first_ts, max(known_ts(ts)) AS last_ts, min(line_no) AS line_no, max(line_no) AS last_line_no,
    CASE WHEN slice IS NULL THEN any_value(span) ELSE $interval::BIGINT / 1e9 END AS seconds, max(comm_id) FILTER (by_pid IS NOT NULL) AS comm_id
  FROM placed WHERE $interval::BIGINT IS NULL OR slice IS NOT NULL
  GROUP BY capture_id, name, slice, by_pid, by_cpu
)
SELECT
  c.capture_id AS capture_id,
  c.slice AS ts,
  c.name AS name,
  c.by_pid::BIGINT AS pid,
  any_value(d.comm) AS comm,
  c.by_cpu::BIGINT AS cpu,
  sum(c.events)::BIGINT AS events,
  CASE WHEN bool_and(c.seconds IS NOT NULL) THEN round(sum(c.events) / sum(c.seconds), 3) END::DOUBLE AS per_second,
  sum(c.tasks)::BIGINT AS tasks,
  max(c.cpus) AS cpus,
  min(c.first_ts) AS first_ts,
  max(c.last_ts) AS last_ts,
  min(c.line_no) AS line_no,
  max(c.last_line_no) AS last_line_no
FROM counted c LEFT JOIN comm_dict d USING (comm_id)
GROUP BY c.capture_id, c.name, c.slice, c.by_pid, c.by_cpu
ORDER BY c.capture_id, c.slice NULLS FIRST, events DESC, c.name, c.by_pid NULLS FIRST, c.by_cpu NULLS FIRST
