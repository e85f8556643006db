-- The scheduler's own events in one window, CPU by CPU, as the kernel wrote them. kind: 4 sched_switch, 20 sched_waking, as numbered
-- in perfetto's FtraceEvent. context: the bits of its common_flags for a hard and a soft interrupt.
SELECT x.cpu::INTEGER AS cpu, x.kind, x.ts, coalesce(x.pid, 0)::INTEGER AS pid, x.comm, x.task_pid::INTEGER AS task_pid, x.prio::INTEGER AS prio,
  x.state, x.next_comm, x.next_pid::INTEGER AS next_pid, x.next_prio::INTEGER AS next_prio, x.target_cpu::INTEGER AS target_cpu,
  CASE f.irq_context WHEN 's' THEN 16 WHEN 'h' THEN 8 WHEN 'H' THEN 24 ELSE 0 END AS context
FROM (
  SELECT event_id, cpu, 4 AS kind, ts, pid, prev_comm AS comm, prev_pid AS task_pid, prev_prio AS prio, prev_state AS state, next_comm, next_pid, next_prio, NULL AS target_cpu
  FROM ev.sched_switch WHERE event_id BETWEEN $from::BIGINT AND $to::BIGINT AND prev_pid IS NOT NULL AND next_pid IS NOT NULL
  UNION ALL
  SELECT event_id, cpu, 20, ts, pid, task_comm, task_pid, prio, NULL, NULL, NULL, NULL, target_cpu
  FROM ev.sched_waking WHERE event_id BETWEEN $from::BIGINT AND $to::BIGINT AND task_pid IS NOT NULL
) x
JOIN event_row e USING (event_id)
JOIN flags_dict f USING (flags_id)
WHERE x.cpu IS NOT NULL AND x.ts IS NOT NULL AND e.capture_id = getvariable('capture_id')
ORDER BY x.cpu, x.ts, x.event_id
