-- How long things took: kind, key, count, sum, and the quantiles 5 %, 10 % ... 95 %, 99 %, 100 %.
WITH took AS (
  SELECT 'syscalls' AS kind, n.name || ' of ' || coalesce(t.comm, '?') AS key, s.exit_ts - s.enter_ts AS dur
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  ASOF LEFT JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  LEFT JOIN task t ON t.task_id = l.task_id
  WHERE s.exit_ts IS NOT NULL AND s.enter_ts IS NOT NULL
  UNION ALL
  SELECT 'functions', function || '()', dur FROM call WHERE dur IS NOT NULL AND function IS NOT NULL
  UNION ALL
  SELECT 'signals', signal || ' until delivery to ' || coalesce(target_comm, '?'), latency FROM signal WHERE latency IS NOT NULL
  UNION ALL
  SELECT 'zombies', coalesce(comm, '?') || ' until it is reaped', zombie_dur FROM task WHERE zombie_dur IS NOT NULL
  UNION ALL
  SELECT 'wake-ups', 'wake-up of ' || coalesce(t.comm, '?'), s.in_ts - s.wake_ts FROM sched s JOIN task t USING (task_id) WHERE s.in_ts >= s.wake_ts
)
SELECT kind, key, count(*) AS n, sum(dur)::DOUBLE AS total,
  array_to_string(quantile_disc(dur, [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1]), ',') AS quantiles
FROM took
GROUP BY kind, key
ORDER BY kind, key
