-- link: causal edges between events, each with its evidence in a sentence. Syscall pairs are links too, by view.
INSERT INTO link_row
WITH
forked AS (
  SELECT t.fork_event_id AS from_id, t.first_event_id AS to_id, 'fork' AS kind, t.fork_confidence AS confidence,
    CASE WHEN t.fork_confidence = 'exact' THEN 'pid ' || t.pid || ' was given to a new task here'
         ELSE 'the clone returned ' || t.pid || '; the capture does not show the child''s side' END AS evidence
  FROM task t WHERE t.capture_id = getvariable('capture_id') AND t.fork_event_id <> t.first_event_id AND t.parent_task_id IS NOT NULL
),
execed AS (
  SELECT enter_event_id, coalesce(event_id, exit_event_id), 'exec', 'exact',
    CASE WHEN filename IS NULL THEN 'execve returned 0' ELSE 'execve of ' || filename END
  FROM exec WHERE enter_event_id IS NOT NULL
),
-- The enter of the call that sent the signal; where only its return is in the capture there is no earlier event to link.
sent AS (
  SELECT s.syscall_event_id, s.generate_event_id, 'send',
    CASE WHEN s.generate_event_id >= k.from_event_id THEN s.confidence ELSE 'inferred' END, s.evidence
  FROM signal s JOIN event_row e ON e.event_id = s.syscall_event_id CROSS JOIN complete k
  WHERE s.capture_id = getvariable('capture_id') AND s.syscall_event_id < s.generate_event_id
    AND s.cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd', 'pipe')
),
delivered AS (
  SELECT generate_event_id, deliver_event_id, 'deliver',
    CASE WHEN delivered_sig = sig AND target_pid = receiver_pid AND generate_event_id >= k.from_event_id THEN 'exact' ELSE 'inferred' END,
    CASE WHEN delivered_sig <> sig THEN signal || ' kills by default, so every thread of the target takes SIGKILL'
         WHEN target_pid <> receiver_pid THEN 'sent to the process, taken by its thread ' || receiver_pid
         ELSE 'same signal, same task' END
  FROM signal CROSS JOIN complete k WHERE capture_id = getvariable('capture_id') AND generate_event_id IS NOT NULL AND deliver_event_id IS NOT NULL
),
taken AS (
  SELECT generate_event_id, taken_event_id, 'deliver', CASE WHEN generate_event_id >= k.from_event_id THEN 'exact' ELSE 'inferred' END, 'rt_sigtimedwait returned its number'
  FROM signal CROSS JOIN complete k WHERE capture_id = getvariable('capture_id') AND taken_event_id IS NOT NULL
),
ended AS (
  -- What shows an end of unknown kind may be the end of another thread. Where the leader has exited before its threads, the process
  -- ends when the last of them tells the parent.
  SELECT t.* EXCLUDE (death_event_id), CASE WHEN t.death <> 'unknown' THEN t.death_event_id END AS death_event_id,
    coalesce(CASE WHEN NOT coalesce(t.exit_event_id < t.death_event_id, false) THEN t.exit_event_id END, t.notify_event_id) AS end_event_id
  FROM task t WHERE t.capture_id = getvariable('capture_id')
),
terminated AS (
  SELECT death_event_id, end_event_id, 'terminate', 'exact',
    CASE death WHEN 'exited' THEN 'exit_group leads to the end of the process' ELSE 'default action of the delivered signal' END
  FROM ended WHERE death_event_id IS NOT NULL AND end_event_id > death_event_id AND death IN ('exited', 'killed', 'dumped')
),
notified AS (
  SELECT coalesce(exit_event_id, death_event_id), notify_event_id, 'notify_parent', 'exact', 'do_notify_parent runs in the exit of the task'
  FROM ended WHERE notify_event_id > coalesce(exit_event_id, death_event_id)
),
-- Of a process whose end is not told, the fatal delivery may be a thread's.
reaped AS (
  SELECT dead_event_id, reap_event_id, 'reap', reap_confidence, 'the wait returned the pid of the dead child'
  FROM (SELECT *, coalesce(notify_event_id, exit_event_id, CASE WHEN death <> 'unknown' THEN death_event_id END) AS dead_event_id FROM ended)
  WHERE reap_event_id > dead_event_id
),
opened AS (
  SELECT path_event_id, exit_event_id, 'open', 'exact', 'the path was seen inside the open'
  FROM file WHERE capture_id = getvariable('capture_id') AND path_event_id < exit_event_id
),
woken AS (
  SELECT s.wake_event_id, s.in_event_id, 'wake', s.confidence,
    coalesce(CASE WHEN s.waker_pid IS NOT NULL THEN task_label(t.comm, s.waker_pid) ELSE s.waker END || ' woke it', 'the capture does not show what woke it')
  FROM sched s LEFT JOIN task t ON t.task_id = s.waker_task_id
  WHERE s.capture_id = getvariable('capture_id') AND s.wake_event_id IS NOT NULL
),
mapped AS (
  SELECT open_event_id, exit_event_id, 'map', path_confidence, 'the mapping is of the fd that the open returned'
  FROM mapping WHERE capture_id = getvariable('capture_id') AND open_event_id < exit_event_id
)
SELECT getvariable('capture_id'), * FROM (
  FROM forked UNION ALL FROM execed UNION ALL FROM sent UNION ALL FROM delivered UNION ALL FROM taken UNION ALL FROM terminated
  UNION ALL FROM notified UNION ALL FROM reaped UNION ALL FROM opened UNION ALL FROM mapped UNION ALL FROM woken)
WHERE from_id IS NOT NULL AND to_id IS NOT NULL
