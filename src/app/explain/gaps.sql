-- What should be in the story of a task and is not, and why: the event was not enabled, it is older than the capture, it was
-- lost, or the capture does not show it. That something lies before the start or after the end is said only of a capture that
-- misses nothing in between, and that it was lost only where something was lost while the task was there.
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) AS who, t.exit_ts IS NOT NULL OR t.reaped_ts IS NOT NULL AS ended
  FROM task t WHERE t.task_id = $task_id::BIGINT
),
enabled AS (SELECT DISTINCT name FROM name_dict),
has AS (
  SELECT
    coalesce(bool_or(name IN ('sched_process_fork', 'task_newtask', 'sys_exit_fork', 'sys_exit_vfork') OR name LIKE 'sys_exit_clone%'), false) AS forks,
    coalesce(bool_or(name = 'signal_generate'), false) AS generates,
    coalesce(bool_or(name = 'signal_deliver'), false) AS delivers,
    coalesce(bool_or(name = 'sched_process_exit'), false) AS exits,
    coalesce(bool_or(name IN ('sys_enter_exit_group', 'sys_enter_exit')), false) AS exit_calls,
    coalesce(bool_or(name IN ('sys_exit_wait4', 'sys_exit_waitid')), false) AS waits,
    coalesce(bool_or(name LIKE 'sys_enter_%'), false) AS enters,
    EXISTS (FROM coverage c, t WHERE c.capture_id = t.capture_id AND c.complete_from_event_id IS NOT NULL) AS complete,
    EXISTS (
      FROM loss l, t LEFT JOIN event_row f ON f.event_id = coalesce(t.fork_event_id, t.first_event_id)
      WHERE l.capture_id = t.capture_id AND l.kind <> 'overwritten' AND (l.kind = 'count_mismatch' OR l.line_no >= coalesce(f.line_no, 0))) AS lossy
  FROM enabled
),
killer AS (
  SELECT s.*, e.line_no, coalesce(x.line_no, 0) AS call_line,
    -- The entry points of 32-bit calls on x86-64 and arm64 (arch/x86/entry, arch/arm64/kernel/entry-common.c).
    EXISTS (FROM stack_frame f WHERE f.stack_id = s.stack_id
      AND regexp_matches(f.symbol, '^(__ia32_|__arm64_compat_|entry_(INT80|SYSENTER|SYSCALL)_compat|do_(fast|int80)_syscall_32|do_el0_svc_compat)')) AS compat
  FROM t JOIN signal s ON s.generate_event_id = t.killer_event_id
  JOIN event_row e ON e.event_id = s.generate_event_id
  LEFT JOIN event_row x ON x.event_id = s.syscall_event_id
),
gap AS (
  SELECT 1 AS rank, 'the fork of ' || who || ' is not in the capture' AS text, forks AS enabled, 'before_start' AS otherwise
  FROM t, has WHERE fork_event_id IS NULL
  UNION ALL
  SELECT 2, 'who forked ' || who || ' is not in the capture', true, 'not_shown'
  FROM t WHERE fork_event_id IS NOT NULL AND parent_task_id IS NULL
  UNION ALL
  SELECT 3, 'the enter of the ' || cause || ' that sent ' || signal || ' (line ' || line_no || ') is not in the capture'
      || CASE WHEN compat THEN '; it was a 32-bit call, which the kernel does not trace'
              WHEN syscall_event_id > generate_event_id THEN '; its return is, on line ' || call_line ELSE '' END, enters, 'not_shown'
  FROM killer, has WHERE cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd') AND (syscall_event_id IS NULL OR syscall_event_id > generate_event_id)
  UNION ALL
  SELECT 4, 'which signal_generate killed ' || who || ' is not in the capture', generates, 'not_shown'
  FROM t, has WHERE death IN ('killed', 'dumped') AND killer_event_id IS NULL
  UNION ALL
  SELECT 5, 'no signal_deliver of ' || signal || ' to ' || task_label(target_comm, target_pid) || ' is in the capture', delivers, 'not_shown'
  FROM killer, has WHERE deliver_event_id IS NULL
  UNION ALL
  SELECT 6, 'the exit code of ' || who || ' is not in the capture', exit_calls, 'not_shown'
  FROM t, has WHERE death = 'exited' AND exit_code IS NULL
  UNION ALL
  SELECT 7, 'how ' || who || ' ended is not in the capture', generates OR exit_calls, 'not_shown'
  FROM t, has WHERE death = 'unknown' AND ended
  UNION ALL
  SELECT 8, 'the moment of the exit itself (sched_process_exit) of ' || who || ' is not in the capture', exits, 'not_shown'
  FROM t, has WHERE ended AND exit_event_id IS NULL
  UNION ALL
  SELECT 9, 'no signal that told the parent of ' || who || ' is in the capture', generates, 'not_shown'
  FROM t, has WHERE ended AND notify_event_id IS NULL AND NOT coalesce(thread, false)
  UNION ALL
  SELECT 10, 'no wait that reaped ' || who || ' is in the capture', waits, 'after_end'
  FROM t, has WHERE ended AND reaper_task_id IS NULL AND NOT coalesce(thread, false)
  UNION ALL
  SELECT 11, 'whether ' || who || ' ended is not in the capture', exits OR exit_calls, 'after_end'
  FROM t, has WHERE death = 'unknown' AND NOT ended
),
missing AS (
  SELECT 20 AS rank, l.line_no,
    CASE l.kind
      WHEN 'overwritten' THEN l.events || ' older events were overwritten before the first line'
      WHEN 'buffer_started' THEN 'nothing of CPU ' || l.cpu || ' is known before line ' || l.line_no
      WHEN 'lost' THEN coalesce(l.events::VARCHAR, 'an unknown number of') || ' events of CPU ' || l.cpu || ' are lost at line ' || l.line_no
      WHEN 'line_too_big' THEN 'one record at line ' || l.line_no || ' was too long for the kernel to print'
      WHEN 'elided' THEN 'lines are left out of the text at line ' || l.line_no
      WHEN 'count_mismatch' THEN 'the kernel counted ' || l.events || ' more records than the text holds'
      ELSE 'something is missing at line ' || l.line_no END AS text
  FROM loss l, t WHERE l.capture_id = t.capture_id
)
SELECT text, CASE WHEN NOT g.enabled THEN 'not_enabled' WHEN lossy THEN 'lost' WHEN complete THEN otherwise ELSE 'not_shown' END AS reason, rank, 0 AS line_no
FROM gap g, has
UNION ALL
SELECT text, 'lost', rank, line_no FROM missing
ORDER BY rank, line_no, text
