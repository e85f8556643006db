-- Where the links around some events end although they should go on, and why. Lost is said only of what was lost where the missing
-- event should be: behind the event that should lead to it, or before the one that it should lead to.
WITH here AS (SELECT capture_id FROM event_row WHERE event_id IN (:ids) LIMIT 1),
enabled AS (SELECT name FROM event_name WHERE capture_id = (FROM here)),
has AS (
  SELECT
    coalesce(bool_or(name = 'signal_generate'), false) AS generates,
    coalesce(bool_or(name = 'signal_deliver'), false) AS delivers,
    coalesce(bool_or(name LIKE 'sys_enter_%'), false) AS enters,
    coalesce(bool_or(name IN ('sched_waking', 'sched_wakeup')), false) AS wakes,
    coalesce(bool_or(name IN ('sys_exit_wait4', 'sys_exit_waitid')), false) AS waits,
    EXISTS (FROM coverage WHERE capture_id = (FROM here) AND complete_from_event_id IS NOT NULL) AS complete
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
  FROM sent, has WHERE $forward::BOOLEAN AND generate_event_id IN (:ids) AND deliver_event_id IS NULL AND taken_event_id IS NULL AND coalesce(result, 'delivered') IN ('delivered', 'lose_info')
  UNION ALL
  SELECT coalesce(t.exit_event_id, t.notify_event_id), 'no wait is known to have reaped ' || task_label(t.comm, t.pid), waits,
    CASE WHEN EXISTS (FROM ev.sched_process_free f WHERE f.task_pid = t.pid AND f.event_id > coalesce(t.exit_event_id, t.notify_event_id)) THEN 'not_shown' ELSE 'after_end' END
  FROM task t, has
  WHERE $forward::BOOLEAN AND t.reaper_task_id IS NULL AND NOT coalesce(t.thread, false) AND (t.exit_event_id IN (:ids) OR t.notify_event_id IN (:ids))
    AND NOT EXISTS (FROM verdict v WHERE v.task_id = t.task_id AND contains(v.verdict, '; it was reaped without a wait'))
  UNION ALL
  SELECT s.in_event_id, 'what woke ' || task_label(t.comm, t.pid) || ' is not in the capture', wakes, 'not_shown'
  FROM sched s JOIN task t USING (task_id), has
  WHERE NOT $forward::BOOLEAN AND s.in_event_id IN (:ids) AND s.wake_event_id IS NULL AND coalesce(s.off_state, '') NOT LIKE 'R%'
),
lost AS (
  SELECT g.event_id, g.text, arg_min(CASE l.kind WHEN 'lost' THEN 'CPU ' || l.cpu || ' lost ' || coalesce(l.events || ' ', '') || 'events before line ' || l.line_no
      WHEN 'buffer_started' THEN 'what CPU ' || l.cpu || ' wrote before line ' || l.line_no || ' was overwritten'
      WHEN 'count_mismatch' THEN l.events || CASE WHEN l.events = 1 THEN ' record is' ELSE ' records are' END || ' missing, nobody knows where'
      ELSE 'something is missing at line ' || l.line_no END, CASE WHEN $forward::BOOLEAN THEN l.line_no ELSE -l.line_no END) AS said
  FROM gap g JOIN event_row e USING (event_id) JOIN loss l ON l.capture_id = e.capture_id AND l.kind <> 'overwritten'
    AND CASE WHEN $forward::BOOLEAN THEN coalesce(l.to_ts > e.ts, true) ELSE coalesce(l.from_ts < e.ts, true) END
  GROUP BY g.event_id, g.text
)
SELECT g.text || CASE WHEN g.enabled THEN coalesce('; ' || l.said, '') ELSE '' END AS text,
  CASE WHEN NOT g.enabled THEN 'not_enabled' WHEN l.said IS NOT NULL THEN 'lost' WHEN complete THEN g.otherwise ELSE 'not_shown' END AS reason, g.event_id
FROM gap g LEFT JOIN lost l USING (event_id, text) CROSS JOIN has
ORDER BY g.event_id, text
LIMIT 20
