-- Where the links around some events end although they should go on, and why.
WITH enabled AS (SELECT DISTINCT name FROM name_dict),
has AS (
  SELECT
    coalesce(bool_or(name = 'signal_generate'), false) AS generates,
    coalesce(bool_or(name = 'signal_deliver'), false) AS delivers,
    coalesce(bool_or(name LIKE 'sys_enter_%'), false) AS enters,
    coalesce(bool_or(name IN ('sched_waking', 'sched_wakeup')), false) AS wakes,
    coalesce(bool_or(name IN ('sys_exit_wait4', 'sys_exit_waitid')), false) AS waits,
    EXISTS (FROM loss) AS lossy
  FROM enabled
),
sent AS (
  SELECT s.*, task_label(s.target_comm, s.target_pid) AS target FROM signal s WHERE s.generate_event_id IN (:ids) OR s.deliver_event_id IN (:ids)
),
gap AS (
  SELECT generate_event_id AS event_id, 'how ' || signal || ' to ' || target || ' was sent is not in the capture: ' || evidence AS text, enters AS enabled, 'not_shown' AS otherwise
  FROM sent, has WHERE NOT $forward::BOOLEAN AND cause = 'unknown' AND generate_event_id IN (:ids)
  UNION ALL
  SELECT deliver_event_id, 'no signal_generate of the ' || signal || ' that ' || target || ' takes is in the capture', generates, 'not_shown'
  FROM sent, has WHERE NOT $forward::BOOLEAN AND generate_event_id IS NULL
  UNION ALL
  SELECT generate_event_id, 'no delivery of ' || signal || ' to ' || target || ' is in the capture', delivers, 'not_shown'
  FROM sent, has WHERE $forward::BOOLEAN AND generate_event_id IN (:ids) AND deliver_event_id IS NULL AND coalesce(result, 'delivered') IN ('delivered', 'lose_info')
  UNION ALL
  SELECT coalesce(t.exit_event_id, t.notify_event_id), 'no wait that reaped ' || task_label(t.comm, t.pid) || ' is in the capture', waits, 'not_shown'
  FROM task t, has
  WHERE $forward::BOOLEAN AND t.reaper_task_id IS NULL AND NOT coalesce(t.thread, false) AND (t.exit_event_id IN (:ids) OR t.notify_event_id IN (:ids))
  UNION ALL
  SELECT s.in_event_id, 'what woke ' || task_label(t.comm, t.pid) || ' is not in the capture', wakes, 'not_shown'
  FROM sched s JOIN task t USING (task_id), has
  WHERE NOT $forward::BOOLEAN AND s.in_event_id IN (:ids) AND s.wake_event_id IS NULL AND coalesce(s.off_state, '') NOT LIKE 'R%'
)
SELECT text, CASE WHEN NOT g.enabled THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE otherwise END AS reason, event_id
FROM gap g, has
ORDER BY event_id, text
LIMIT 20
