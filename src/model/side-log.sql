-- A SystemTap log names who was sent what, and the task that ran then; not why, when, or whether it arrived. In the idle task an
-- interrupt sent it.
INSERT INTO signal BY NAME
SELECT getvariable('capture_id') AS capture_id, g.event_id AS generate_event_id, g.sig, coalesce(signal_name(g.sig), 'SIG' || g.sig) AS signal,
  nullif(g.sender_pid, 0) AS sender_pid, CASE WHEN g.sender_pid <> 0 THEN g.sender_comm END AS sender_comm,
  CASE WHEN g.sender_pid <> 0 THEN s.task_id END AS sender_task_id,
  g.target_pid, g.target_comm, t.task_id AS target_task_id, 'unknown' AS cause, 'inferred' AS confidence,
  CASE WHEN g.sender_pid = 0 THEN 'a SystemTap log: sent while the idle task ran, so by an interrupt; cause, time and delivery are not in it'
       ELSE 'a SystemTap log: the sender is the task that ran; cause, time and delivery are not in it' END AS evidence
FROM stap_seen g
LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) s ON s.pid = g.sender_pid
LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) t ON t.pid = g.target_pid;

-- What a kernel log says of the same signal: which process the OOM killer chose, which task made a fault.
UPDATE signal SET
  cause = CASE WHEN a.kind = 'killed' THEN 'oom' ELSE 'fault' END,
  confidence = CASE WHEN signal.cause IN ('oom', 'fault') THEN signal.confidence ELSE 'inferred' END,
  evidence = signal.evidence || '; kernel log line ' || a.line_no || ': ' || left(a.text, 100)
FROM kernel_log_anchor a
WHERE a.capture_id = getvariable('capture_id') AND signal.generate_event_id = a.generate_event_id
  AND signal.cause IN ('unknown', 'kernel', CASE WHEN a.kind = 'killed' THEN 'oom' ELSE 'fault' END)
