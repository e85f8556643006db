-- A process is listed when the capture shows its end and shows that nobody reaped it up to the last line: the parent is still
-- there and its waits are recorded, it did not ignore SIGCHLD, nothing is missing since, and the kernel did not free the task.
SELECT
  t.capture_id AS capture_id,
  coalesce(n.ts, t.exit_ts) AS ts,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  p.pid::BIGINT AS parent_pid,
  p.comm AS parent_comm,
  t.death AS death,
  c.last_ts - coalesce(n.ts, t.exit_ts) AS zombie_dur,
  'inferred' AS confidence,
  coalesce(n.line_no, x.line_no) AS line_no
FROM task t
JOIN capture c USING (capture_id)
JOIN task p ON p.task_id = t.parent_task_id
LEFT JOIN event_row n ON n.event_id = t.notify_event_id
LEFT JOIN event_row x ON x.event_id = t.exit_event_id
LEFT JOIN signal s ON s.generate_event_id = t.notify_event_id
WHERE t.reaper_task_id IS NULL AND NOT coalesce(t.thread, false)
  AND coalesce(n.ts, t.exit_ts) IS NOT NULL
  AND s.result IS DISTINCT FROM 'ignored'
  AND p.exit_ts IS NULL
  AND EXISTS (FROM syscall_row y WHERE y.capture_id = t.capture_id AND y.pid = p.pid)
  AND EXISTS (
    FROM coverage k WHERE k.capture_id = t.capture_id AND k.counted AND k.complete_from_event_id <= coalesce(t.notify_event_id, t.exit_event_id))
  -- A wait of the parent that returned somebody whom the capture does not name may have been for this one.
  AND NOT EXISTS (
    FROM wait w WHERE w.capture_id = t.capture_id AND w.pid = p.pid AND w.reaped IS NULL AND w.exit_event_id > coalesce(t.notify_event_id, t.exit_event_id))
  AND t.task_id NOT IN (SELECT task_id FROM self_reaped)
  AND NOT EXISTS (
    FROM ev.sched_process_free f JOIN event_row fe USING (event_id)
    WHERE fe.capture_id = t.capture_id AND f.task_pid = t.pid AND f.event_id > coalesce(t.notify_event_id, t.exit_event_id))
ORDER BY t.capture_id, coalesce(n.ts, t.exit_ts), t.task_id
