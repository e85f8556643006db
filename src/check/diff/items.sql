-- What happened, counted by what it was and whose: kind, key, how often, first line. Processes are named by their comm and the
-- comm of who forked them, never by pid.
WITH named AS (
  SELECT t.task_id, t.capture_id, coalesce(t.comm, '?') || CASE WHEN p.comm IS NULL OR p.comm = t.comm THEN '' ELSE ' (child of ' || p.comm || ')' END AS who,
    t.death, t.exit_code, t.exit_signal, t.thread, t.pid,
    coalesce(t.death_event_id, t.notify_event_id, t.exit_event_id, t.reap_event_id) AS end_id, coalesce(t.fork_event_id, t.first_event_id) AS first_id
  FROM task t LEFT JOIN task p ON p.task_id = t.parent_task_id
),
item AS (
  SELECT 'deaths' AS kind, who || ': ' || death || CASE WHEN exit_signal > 0 THEN ' by ' || signal_name(exit_signal) ELSE coalesce(' with code ' || exit_code, '') END AS key, end_id AS event_id
  FROM named WHERE NOT coalesce(thread, false) AND death IN ('exited', 'killed', 'dumped')
  UNION ALL
  SELECT 'processes', who, first_id FROM named WHERE NOT coalesce(thread, false) AND pid > 0
  UNION ALL
  SELECT 'signals', signal || ' from ' || coalesce(sender_comm, 'no task') || ' to ' || coalesce(target_comm, '?') || ' (' || cause || ')', coalesce(generate_event_id, deliver_event_id)
  FROM signal
  UNION ALL
  SELECT 'errors', coalesce(t.comm, '?') || ': ' || s.name || ' fails with ' || s.errno, coalesce(s.enter_event_id, s.exit_event_id)
  FROM syscall s LEFT JOIN task t USING (task_id) WHERE s.errno IS NOT NULL
  UNION ALL
  SELECT 'files', coalesce(t.comm, '?') || ': ' || f.path || coalesce(' (' || f.errno || ')', ''), coalesce(f.enter_event_id, f.path_event_id, f.exit_event_id)
  FROM file f JOIN task t USING (task_id) WHERE f.path IS NOT NULL
  UNION ALL
  SELECT 'events', n.name, e.event_id FROM event_row e JOIN name_dict n USING (name_id)
)
SELECT i.kind, i.key, count(*) AS n, min(e.line_no) AS line_no
FROM item i LEFT JOIN event_row e USING (event_id)
GROUP BY i.kind, i.key
ORDER BY i.kind, i.key
