-- Tasks for the timeline, the most telling first: those with an end that calls for a reason, then those with most links.
WITH ends AS (
  SELECT from_event_id AS event_id FROM link WHERE capture_id = $capture AND kind NOT IN ('syscall', 'call', 'hop', 'drop')
  UNION ALL
  SELECT to_event_id FROM link WHERE capture_id = $capture AND kind NOT IN ('syscall', 'call', 'hop', 'drop')
),
touched AS (
  SELECT l.task_id, count(*) AS links
  FROM ends
  JOIN event_row e USING (event_id)
  ASOF JOIN (FROM life WHERE capture_id = $capture) l ON l.pid = e.pid AND e.event_id >= l.from_event_id
  GROUP BY l.task_id
)
SELECT t.task_id, t.pid, t.tgid, t.comm, t.parent_task_id, f.ts AS start_ts, g.ts AS end_ts, t.fork_ts, t.exec_ts, t.exit_ts,
  t.reaped_ts, t.death, t.exit_code, t.exit_signal, t.zombie_dur, links IS NOT NULL OR called.pid IS NOT NULL AS acts
FROM task t
LEFT JOIN event_row f ON f.event_id = t.first_event_id
LEFT JOIN event_row g ON g.event_id = t.last_event_id
LEFT JOIN touched USING (task_id)
LEFT JOIN (SELECT DISTINCT pid FROM syscall_row WHERE capture_id = $capture) called ON called.pid = t.pid
WHERE t.capture_id = $capture AND t.pid <> 0
ORDER BY (t.death IN ('killed', 'dumped')) DESC, (t.exit_ts IS NOT NULL AND t.reaped_ts IS NULL) DESC, coalesce(links, 0) DESC, t.task_id
