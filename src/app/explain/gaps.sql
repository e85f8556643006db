-- What should be in the story of a task and is not, and why: no event of the kind is in the capture, it was lost (where and when), it
-- is older or later than the capture, or the capture does not show it. Every gap has a window, the events between which the missing
-- one was written; lost is said only of what was lost inside it, and before and after only of a capture that misses nothing.
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) AS who, t.exit_ts IS NOT NULL OR t.reaped_ts IS NOT NULL AS ended,
    coalesce(t.fork_event_id, t.first_event_id) AS born_id, coalesce(t.notify_event_id, t.exit_event_id, t.death_event_id) AS dead_id
  FROM task t WHERE t.task_id = $task_id::BIGINT
),
enabled AS (SELECT name FROM event_name WHERE capture_id = (SELECT capture_id FROM t)),
has AS (
  SELECT
    coalesce(bool_or(name IN ('sched_process_fork', 'task_newtask', 'sys_exit_fork', 'sys_exit_vfork') OR name LIKE 'sys_exit_clone%'), false) AS forks,
    coalesce(bool_or(name = 'signal_generate'), false) AS generates,
    coalesce(bool_or(name = 'signal_deliver'), false) AS delivers,
    coalesce(bool_or(name = 'sched_process_exit'), false) AS exits,
    coalesce(bool_or(name IN ('sys_enter_exit_group', 'sys_enter_exit')), false) AS exit_calls,
    coalesce(bool_or(name IN ('sys_exit_wait4', 'sys_exit_waitid')), false) AS waits,
    coalesce(bool_or(name LIKE 'sys_enter_%'), false) AS enters,
    EXISTS (FROM coverage c, t WHERE c.capture_id = t.capture_id AND c.complete_from_event_id IS NOT NULL) AS complete
  FROM enabled
),
killer AS (
  SELECT s.*, e.line_no, coalesce(x.line_no, 0) AS call_line,
    'sys_enter_' || CASE s.cause WHEN 'sigqueue' THEN 'rt_sigqueueinfo' WHEN 'pidfd' THEN 'pidfd_send_signal' ELSE s.cause END AS enter_name,
    (SELECT max(o.event_id) FROM event_row o WHERE o.capture_id = s.capture_id AND o.pid = e.pid AND o.event_id < s.generate_event_id) AS before_id,
    -- The entry points of 32-bit calls on x86-64 and arm64 (arch/x86/entry, arch/arm64/kernel/entry-common.c).
    EXISTS (FROM stack_frame f WHERE f.stack_id = s.stack_id
      AND regexp_matches(f.symbol, '^(__ia32_|__arm64_compat_|entry_(INT80|SYSENTER|SYSCALL)_compat|do_(fast|int80)_syscall_32|do_el0_svc_compat)')) AS compat,
    NOT EXISTS (FROM syscall_row y WHERE y.capture_id = s.capture_id AND y.pid = s.sender_pid) AS mute
  FROM t JOIN signal s ON s.generate_event_id = t.killer_event_id
  JOIN event_row e ON e.event_id = s.generate_event_id
  LEFT JOIN event_row x ON x.event_id = s.syscall_event_id
),
gap AS (
  SELECT 1 AS rank, 'the fork of ' || who || ' is not in the capture' AS text, forks AS enabled, 'sched_process_fork' AS shown_by, 'before_start' AS otherwise,
    NULL::BIGINT AS from_id, first_event_id AS until_id
  FROM t, has WHERE fork_event_id IS NULL
  UNION ALL
  SELECT 2, 'who forked ' || who || ' is not in the capture', true, '', 'not_shown', NULL, born_id
  FROM t WHERE fork_event_id IS NOT NULL AND parent_task_id IS NULL
  UNION ALL
  SELECT 3, 'the enter of the ' || cause || ' that sent ' || signal || ' (line ' || line_no || ') is not in the capture'
      || CASE WHEN compat THEN '; it was a 32-bit call, which the kernel does not trace'
              WHEN syscall_event_id > generate_event_id THEN '; its return is, on line ' || call_line
              WHEN mute AND enters THEN '; no system call of ' || task_label(sender_comm, sender_pid) || ' is, as of a 32-bit program, whose calls the kernel does not trace'
              ELSE '' END,
    enters, enter_name, 'not_shown', CASE WHEN NOT compat THEN coalesce(before_id, -1) END, CASE WHEN compat THEN -1 ELSE generate_event_id END
  FROM killer, has WHERE cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd') AND (syscall_event_id IS NULL OR syscall_event_id > generate_event_id)
  UNION ALL
  SELECT 3, 'how ' || signal || ' (line ' || line_no || ') was sent is not in the capture'
      || CASE WHEN mute AND enters AND sender_pid > 0 THEN '; no system call of ' || task_label(sender_comm, sender_pid) || ' is, as of a 32-bit program, whose calls the kernel does not trace'
              ELSE '' END,
    enters, 'sys_enter_kill', 'not_shown', coalesce(before_id, -1), generate_event_id
  FROM killer, has WHERE cause = 'unknown'
  UNION ALL
  SELECT 4, 'which signal_generate killed ' || who || ' is not shown', generates, 'signal_generate', 'not_shown', born_id, dead_id
  FROM t, has WHERE death IN ('killed', 'dumped') AND killer_event_id IS NULL
  UNION ALL
  SELECT 5, 'no signal_deliver of ' || signal || ' to ' || task_label(target_comm, target_pid) || ' is in the capture', delivers, 'signal_deliver', 'not_shown',
    generate_event_id, t.dead_id
  FROM killer, t, has WHERE deliver_event_id IS NULL
  UNION ALL
  SELECT 6, 'the exit code of ' || who || ' is not in the capture', exit_calls, 'sys_enter_exit_group', 'not_shown', born_id, dead_id
  FROM t, has WHERE death = 'exited' AND exit_code IS NULL
  UNION ALL
  SELECT 7, 'how ' || who || ' ended is not in the capture', generates OR exit_calls, 'signal_generate and sys_enter_exit_group', 'not_shown', born_id, coalesce(dead_id, reap_event_id)
  FROM t, has WHERE death = 'unknown' AND ended
  UNION ALL
  SELECT 8, 'the moment of the exit itself (sched_process_exit) of ' || who || ' is not in the capture', exits, '', 'not_shown',
    coalesce(death_event_id, last_event_id), coalesce(notify_event_id, reap_event_id)
  FROM t, has WHERE ended AND exit_event_id IS NULL
  UNION ALL
  SELECT 9, 'which signal told the parent of ' || who || ' is not shown', generates, 'signal_generate', 'not_shown', coalesce(exit_event_id, death_event_id), reap_event_id
  FROM t, has WHERE ended AND notify_event_id IS NULL AND NOT coalesce(thread, false)
  UNION ALL
  -- A task that the kernel freed was reaped, by a wait or without one.
  SELECT 10, 'no wait is known to have reaped ' || who, waits, 'sys_exit_wait4',
    CASE WHEN EXISTS (FROM ev.sched_process_free f WHERE f.task_pid = t.pid AND f.event_id > t.dead_id) THEN 'not_shown' ELSE 'after_end' END, dead_id, NULL
  FROM t, has WHERE ended AND reaper_task_id IS NULL AND NOT coalesce(thread, false)
    AND NOT EXISTS (FROM verdict v WHERE v.task_id = $task_id::BIGINT AND contains(v.verdict, '; it was reaped without a wait'))
  UNION ALL
  SELECT 11, 'whether ' || who || ' ended is not in the capture', exits OR exit_calls, 'sched_process_exit', 'after_end', last_event_id, NULL
  FROM t, has WHERE death = 'unknown' AND NOT ended
),
-- Moments as the trace prints them.
loss_ts AS (
  SELECT l.*,
    CASE WHEN c.time_unit IN ('us', 'ns') THEN (from_ts // 1000000000) || '.' || lpad((from_ts % 1000000000)::VARCHAR, 9, '0') ELSE from_ts::VARCHAR END AS from_text,
    CASE WHEN c.time_unit IN ('us', 'ns') THEN (to_ts // 1000000000) || '.' || lpad((to_ts % 1000000000)::VARCHAR, 9, '0') ELSE to_ts::VARCHAR END AS to_text
  FROM loss l JOIN t USING (capture_id) JOIN capture c USING (capture_id)
),
loss_here AS (
  SELECT l.*,
    CASE l.kind
      WHEN 'buffer_started' THEN 'what CPU ' || l.cpu || ' wrote before line ' || l.line_no || ' was overwritten'
      WHEN 'lost' THEN 'CPU ' || l.cpu || ' lost ' || coalesce(l.events || CASE WHEN l.events = 1 THEN ' event' ELSE ' events' END, 'events') || ' before line ' || l.line_no
        || coalesce(', after ' || regexp_replace(from_text, '000$', ''), '') || coalesce(CASE WHEN from_text IS NULL THEN ', before ' ELSE ' and before ' END || regexp_replace(to_text, '000$', ''), '')
      WHEN 'count_mismatch' THEN l.events || CASE WHEN l.events = 1 THEN ' record is' ELSE ' records are' END || ' missing, nobody knows where'
      WHEN 'line_too_big' THEN 'a record at line ' || l.line_no || ' was too long to print'
      WHEN 'elided' THEN 'lines are left out at line ' || l.line_no
      ELSE 'something is missing at line ' || l.line_no END AS said
  FROM loss_ts l
),
lost AS (
  SELECT g.rank, g.text, count(*) AS losses, array_to_string(list(l.said ORDER BY l.line_no)[1:2], '; ') AS said
  FROM gap g
  LEFT JOIN event_row a ON a.event_id = g.from_id
  LEFT JOIN event_row z ON z.event_id = g.until_id
  JOIN loss_here l ON l.kind <> 'overwritten' AND coalesce(g.until_id, 0) >= 0
    -- What was overwritten before a CPU's first line is older than the capture.
    AND (l.kind <> 'buffer_started' OR g.from_id IS NOT NULL)
    AND coalesce(l.to_ts > a.ts, true) AND coalesce(l.from_ts < z.ts, true)
  GROUP BY g.rank, g.text
),
told AS (
  SELECT g.rank, g.text || CASE WHEN NOT g.enabled AND shown_by <> '' THEN '; ' || shown_by || ' would show it'
      WHEN g.enabled AND l.losses > 0 THEN '; ' || l.said || CASE WHEN l.losses > 2 THEN '; and ' || l.losses - 2 || ' more losses' ELSE '' END ELSE '' END AS text,
    CASE WHEN NOT g.enabled THEN 'not_enabled' WHEN l.losses > 0 THEN 'lost' WHEN complete THEN otherwise ELSE 'not_shown' END AS reason
  FROM gap g LEFT JOIN lost l USING (rank, text) CROSS JOIN has
),
-- All that the capture misses, so that nobody takes it for whole.
missing AS (
  SELECT min(line_no) AS line_no,
    CASE kind
      WHEN 'overwritten' THEN sum(events) || ' older events were overwritten before the first line'
      WHEN 'buffer_started' THEN 'nothing of CPU ' || cpu || ' is known before line ' || min(line_no)
      WHEN 'lost' THEN coalesce(sum(events)::VARCHAR, 'an unknown number of') || ' events of CPU ' || cpu || ' are lost at '
        || CASE WHEN count(*) = 1 THEN 'line ' || min(line_no) ELSE count(*) || ' places, lines ' || min(line_no) || ' to ' || max(line_no) END
      WHEN 'line_too_big' THEN CASE WHEN count(*) = 1 THEN 'one record at line ' || min(line_no) || ' was' ELSE count(*) || ' records, from line ' || min(line_no) || ' on, were' END
        || ' too long for the kernel to print'
      WHEN 'elided' THEN 'lines are left out of the text at ' || CASE WHEN count(*) = 1 THEN 'line ' || min(line_no) ELSE count(*) || ' places, from line ' || min(line_no) || ' on' END
      WHEN 'count_mismatch' THEN 'the kernel counted ' || sum(events) || ' more records than the text holds'
      ELSE 'something is missing at line ' || min(line_no) END AS text
  FROM loss_here GROUP BY kind, cpu
)
SELECT text, reason, rank, 0 AS line_no FROM told
UNION ALL
SELECT text, 'lost', 20, line_no FROM missing
ORDER BY rank, line_no, text
