-- What should be in the story of a task and is not, and why: the event was not enabled, it is older than the capture, it was
-- lost, or the capture does not show it.
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) AS who, t.exit_ts IS NOT NULL OR t.reaped_ts IS NOT NULL AS ended
  FROM task t WHERE t.task_id = $task_id::BIGINT
),
enabled AS (SELECT DISTINCT name FROM name_dict),
has AS (
  SELECT
    EXISTS (FROM enabled WHERE name IN ('sched_process_fork', 'task_newtask') OR name LIKE 'sys_exit_clone%' OR name IN ('sys_exit_fork', 'sys_exit_vfork')) AS forks,
    EXISTS (FROM enabled WHERE name = 'signal_generate') AS generates,
    EXISTS (FROM enabled WHERE name = 'signal_deliver') AS delivers,
    EXISTS (FROM enabled WHERE name = 'sched_process_exit') AS exits,
    EXISTS (FROM enabled WHERE name IN ('sys_enter_exit_group', 'sys_enter_exit')) AS exit_calls,
    EXISTS (FROM enabled WHERE name IN ('sys_exit_wait4', 'sys_exit_waitid')) AS waits,
    EXISTS (FROM loss l, t WHERE l.capture_id = t.capture_id) AS lossy
),
killer AS (SELECT s.*, e.line_no, coalesce(x.line_no, 0) AS call_line FROM t JOIN signal s ON s.generate_event_id = t.killer_event_id
  JOIN event_row e ON e.event_id = s.generate_event_id LEFT JOIN event_row x ON x.event_id = s.syscall_event_id),
gap AS (
  SELECT 1 AS rank, 'the fork of ' || who || ' is not in the capture' AS text,
    CASE WHEN NOT forks THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'before_start' END AS reason
  FROM t, has WHERE fork_event_id IS NULL
  UNION ALL
  SELECT 2, 'who forked ' || who || ' is not in the capture', CASE WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE fork_event_id IS NOT NULL AND parent_task_id IS NULL
  UNION ALL
  SELECT 3, 'the enter of the ' || cause || ' that sent ' || signal || ' (line ' || line_no || ') is not in the capture'
      || CASE WHEN syscall_event_id > generate_event_id THEN '; its return is, on line ' || call_line ELSE '' END,
    CASE WHEN NOT EXISTS (FROM enabled WHERE name = 'sys_enter_' || CASE cause WHEN 'sigqueue' THEN 'rt_sigqueueinfo' WHEN 'pidfd' THEN 'pidfd_send_signal' ELSE cause END)
      AND NOT EXISTS (FROM enabled WHERE name LIKE 'sys_enter_%') THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM killer, has WHERE cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd') AND (syscall_event_id IS NULL OR syscall_event_id > generate_event_id)
  UNION ALL
  SELECT 4, 'the capture does not show which signal_generate killed ' || who, CASE WHEN NOT generates THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE death IN ('killed', 'dumped') AND killer_event_id IS NULL
  UNION ALL
  SELECT 5, 'no signal_deliver of ' || signal || ' to ' || task_label(target_comm, target_pid) || ' is in the capture', CASE WHEN NOT delivers THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM killer, has WHERE deliver_event_id IS NULL
  UNION ALL
  SELECT 6, 'the exit code of ' || who || ' is not in the capture', CASE WHEN NOT exit_calls THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE death = 'exited' AND exit_code IS NULL
  UNION ALL
  SELECT 7, 'the capture does not show how ' || who || ' ended', CASE WHEN NOT generates AND NOT exit_calls THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE death = 'unknown' AND ended
  UNION ALL
  SELECT 8, 'the moment of the exit itself (sched_process_exit) of ' || who || ' is not in the capture', CASE WHEN NOT exits THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE ended AND exit_event_id IS NULL
  UNION ALL
  SELECT 9, 'no signal that told the parent of ' || who || ' is in the capture', CASE WHEN NOT generates THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'not_shown' END
  FROM t, has WHERE ended AND notify_event_id IS NULL AND NOT coalesce(thread, false)
  UNION ALL
  SELECT 10, 'no wait that reaped ' || who || ' is in the capture', CASE WHEN NOT waits THEN 'not_enabled' WHEN lossy THEN 'lost' ELSE 'after_end' END
  FROM t, has WHERE ended AND reaper_task_id IS NULL AND NOT coalesce(thread, false)
  UNION ALL
  SELECT 11, 'whether ' || who || ' ended is not in the capture', CASE WHEN lossy THEN 'lost' WHEN NOT exits AND NOT exit_calls THEN 'not_enabled' ELSE 'after_end' END
  FROM t, has WHERE death = 'unknown' AND NOT ended
  UNION ALL
  SELECT 20, CASE l.kind
      WHEN 'overwritten' THEN l.events || ' older events were overwritten before the first line'
      WHEN 'buffer_started' THEN 'nothing of CPU ' || l.cpu || ' is known before line ' || l.line_no
      WHEN 'lost' THEN coalesce(l.events::VARCHAR, 'an unknown number of') || ' events of CPU ' || l.cpu || ' are lost at line ' || l.line_no
      WHEN 'line_too_big' THEN 'one record at line ' || l.line_no || ' was too long for the kernel to print'
      WHEN 'elided' THEN 'lines are left out of the text at line ' || l.line_no
      WHEN 'count_mismatch' THEN 'the kernel counted ' || l.events || ' more records than the text holds'
      ELSE 'something is missing at line ' || l.line_no END, 'lost'
  FROM loss l, t WHERE l.capture_id = t.capture_id
)
SELECT text, reason FROM gap ORDER BY rank, text
