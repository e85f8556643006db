-- What a kernel stack under signal_generate says about who asked for the signal (kernel/signal.c and its callers, 2.6.33 to
-- 6.12). The rule with the lowest rank decides. sig_ok and code_ok guard against a stack that belongs to another event.
CREATE OR REPLACE TEMP TABLE cause_rule AS
SELECT * FROM (VALUES
  ('do_notify_parent_cldstop', 1, 'child_stop'), ('do_notify_parent', 1, 'child_exit'),
  ('sys_kill', 2, 'kill'), ('sys_tgkill', 2, 'tgkill'), ('sys_tkill', 2, 'tkill'),
  ('sys_rt_sigqueueinfo', 2, 'sigqueue'), ('do_rt_sigqueueinfo', 2, 'sigqueue'),
  ('sys_rt_tgsigqueueinfo', 2, 'sigqueue'), ('do_rt_tgsigqueueinfo', 2, 'sigqueue'),
  ('sys_pidfd_send_signal', 2, 'pidfd'), ('do_pidfd_send_signal', 2, 'pidfd'),
  ('__oom_kill_process', 3, 'oom'), ('oom_kill_process', 3, 'oom'), ('oom_kill_task', 3, 'oom'),
  ('__cgroup_kill', 3, 'cgroup_kill'), ('cgroup_kill_write', 3, 'cgroup_kill'),
  ('posix_timer_fn', 3, 'timer'), ('posixtimer_send_sigqueue', 3, 'timer'), ('it_real_fn', 3, 'timer'),
  ('run_posix_cpu_timers', 4, 'timer'), ('posix_cpu_timers_work', 4, 'timer'), ('check_process_timers', 4, 'timer'),
  ('check_thread_timers', 4, 'timer'), ('check_rlimit', 2, 'kernel'),
  ('force_sig_seccomp', 2, 'kernel'), ('__seccomp_filter', 3, 'kernel'), ('zap_pid_ns_processes', 2, 'kernel'),
  ('bpf_send_signal_common', 2, 'kernel'), ('do_bpf_send_signal', 2, 'kernel'), ('ptrace_attach', 2, 'kernel'),
  ('generic_write_check_limits', 2, 'kernel'), ('inode_newsize_ok', 2, 'kernel'), ('kill_orphaned_pgrp', 2, 'kernel'),
  ('send_sigio_to_task', 2, 'kernel'), ('kill_fasync', 3, 'kernel'), ('bprm_execve', 5, 'kernel'),
  ('isig', 3, 'tty'), ('__isig', 3, 'tty'), ('n_tty_receive_signal_char', 3, 'tty'), ('tty_signal_session_leader', 3, 'tty'),
  ('__tty_hangup', 4, 'tty'), ('disassociate_ctty', 4, 'tty'), ('__tty_check_change', 3, 'tty'), ('job_control', 3, 'tty'),
  ('tty_do_resize', 3, 'tty'), ('pty_resize', 3, 'tty'),
  ('pipe_write', 4, 'pipe'), ('sk_stream_error', 4, 'pipe'), ('unix_stream_sendmsg', 5, 'pipe'), ('tcp_sendmsg', 5, 'pipe'),
  ('tcp_sendmsg_locked', 5, 'pipe'), ('sock_sendmsg', 6, 'pipe'),
  ('force_sig_fault', 5, 'fault'), ('force_sig_fault_to_task', 5, 'fault'), ('force_sig_mceerr', 5, 'fault'),
  ('force_sigsegv', 5, 'fault'), ('force_sig', 6, 'fault'), ('force_sig_info_to_task', 7, 'fault'), ('force_sig_info', 7, 'fault'),
  ('reparent_leader', 5, 'parent_death'), ('forget_original_parent', 5, 'parent_death'), ('exit_notify', 6, 'parent_death'),
  -- Since exit_notify is inlined, a plain signal that comes out of do_exit is the parent-death signal.
  ('do_exit', 8, 'parent_death')
) AS rule(symbol, rank, cause);

CREATE OR REPLACE TEMP TABLE stack_cause AS
WITH frame AS (
  SELECT stack_id, symbol, depth,
    min(depth) FILTER (regexp_matches(symbol, '^(asm_sysvec_|asm_common_interrupt|common_interrupt|ret_from_intr|apic_timer_interrupt|el1h?_(64_)?irq|__irq_svc|handle_arch_irq)'))
      OVER (PARTITION BY stack_id) AS irq_depth,
    regexp_replace(
      regexp_replace(symbol, '\.(isra|constprop|part|cold|llvm)\..*$|\.cold$', ''),
      '^(__x64_|__ia32_|__arm64_|__riscv_|__s390x_|__s390_|__powerpc_|__do_|__se_)?(compat_)?[sS]y[sS]_', 'sys_') AS name
  FROM stack_frame
  WHERE space = 'kernel' AND symbol IS NOT NULL
    AND stack_id IN (FROM event_stack SELECT stack_id WHERE event_id IN (SELECT event_id FROM generate_seen))
)
SELECT f.stack_id, arg_min(r.cause, r.rank) AS cause, arg_min(f.symbol, r.rank) AS symbol,
  coalesce(bool_or(f.name = 'do_exit'), false) AS dying,
  -- A tracer that reaps a zombie, or lets it go, tells the real parent: the context lives on.
  coalesce(bool_or(f.name IN ('do_wait', 'wait_task_zombie', 'wait_consider_task', 'kernel_wait4', 'ptrace_detach', '__ptrace_detach', 'exit_ptrace')), false) AS about_tracee
-- What an interrupt found running did not ask for what the interrupt does.
FROM (FROM frame WHERE depth <= coalesce(irq_depth, depth)) f LEFT JOIN cause_rule r ON r.symbol = f.name
GROUP BY f.stack_id;

CREATE OR REPLACE TEMP TABLE generate_at AS
SELECT g.*, f.irq_context, s.stack_id
FROM generate_seen g
JOIN event_row e ON e.event_id = g.event_id
JOIN flags_dict f ON f.flags_id = e.flags_id
LEFT JOIN event_stack s ON s.event_id = g.event_id;

-- The syscall that the context task was in. Where its enter is not in the capture, the next line of that task tells, if it is
-- a return without an enter.
CREATE OR REPLACE TEMP TABLE generate_call AS
WITH inside AS (
  SELECT g.event_id, s.enter_event_id, s.exit_event_id, s.syscall_id, s.torn, s.form, s.a0, s.a1, s.a2, s.a3, s.a4, s.a5
  FROM generate_at g ASOF JOIN (FROM syscall_row WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL) s
    ON s.pid = g.pid AND g.event_id >= s.enter_event_id
  WHERE s.exit_event_id IS NULL OR s.exit_event_id > g.event_id
),
orphan AS (
  SELECT g.event_id, NULL::BIGINT AS enter_event_id, s.exit_event_id, s.syscall_id, false AS torn
  FROM (FROM generate_at ANTI JOIN inside USING (event_id)) g
  ASOF JOIN (SELECT *, coalesce(enter_event_id, exit_event_id) AS at_event_id FROM syscall_row WHERE capture_id = getvariable('capture_id')) s
    ON s.pid = g.pid AND g.event_id <= s.at_event_id
  WHERE s.enter_event_id IS NULL
)
SELECT c.event_id, c.enter_event_id, c.exit_event_id, c.syscall_id, c.torn, n.name,
  -- pid and sig of the call, where it prints them; a pid argument is a 32-bit int
  CASE WHEN list_position(d.keys, 'sig') BETWEEN 1 AND 6 THEN [c.a0, c.a1, c.a2, c.a3, c.a4, c.a5][list_position(d.keys, 'sig')] END AS call_sig,
  CASE WHEN list_position(d.keys, 'pid') BETWEEN 1 AND 2 THEN [c.a0, c.a1][list_position(d.keys, 'pid')] & 4294967295 END AS call_pid
FROM (FROM inside UNION ALL BY NAME FROM orphan) c
JOIN syscall_name n USING (syscall_id)
LEFT JOIN event_row e ON e.event_id = CASE WHEN c.form >= 1 THEN c.enter_event_id END
LEFT JOIN name_dict d ON d.name_id = e.name_id;

-- What tasks do on their own, in user mode or on its order: none of it after the task has begun to die.
CREATE OR REPLACE TEMP TABLE work_line AS
WITH who AS (SELECT pid FROM generate_seen UNION SELECT pid FROM deliver_seen)
SELECT pid, enter_event_id AS event_id FROM syscall_row SEMI JOIN who USING (pid)
WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL
UNION ALL SELECT parent_pid, event_id FROM fork_seen
UNION ALL SELECT pid, event_id FROM exec_seen
UNION ALL
SELECT e.pid, e.event_id FROM event_row e JOIN name_dict n USING (name_id)
WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND n.name = 'sched_process_wait';

CREATE OR REPLACE TEMP TABLE goes_on AS
SELECT g.event_id
FROM generate_seen g
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = g.pid AND g.event_id >= l.from_event_id
ASOF JOIN work_line w ON w.pid = g.pid AND g.event_id < w.event_id
WHERE l.until_event_id IS NULL OR w.event_id < l.until_event_id;

CREATE OR REPLACE TEMP TABLE generate_cause AS
WITH facts AS (
  SELECT g.*, c.name AS call, c.call_sig, c.enter_event_id AS call_enter, c.exit_event_id AS call_exit, coalesce(c.torn, false) AS call_torn, k.cause AS stack_says, k.symbol AS stack_symbol,
    coalesce(g.irq_context IN ('s', 'h', 'H', 'z', 'Z'), false) AS interrupt,
    g.irq_context = '.' AND g.pid > 0 AND NOT g.comm LIKE 'kworker/%' AS task_context,
    m.event_id IS NOT NULL AS victim,
    coalesce(k.dying, false) OR coalesce(c.name IN ('exit', 'exit_group'), false) AS dying,
    coalesce(k.about_tracee, false) OR coalesce(c.exit_event_id IS NOT NULL AND c.name NOT IN ('exit', 'exit_group'), false) OR w.event_id IS NOT NULL AS lives_on,
    -- Does the call ask for this signal? A pid that is positive names its target, if both count pids alike.
    coalesce(c.call_sig = g.sig, true)
      AND NOT (coalesce(v.global, false) AND coalesce(c.call_pid BETWEEN 1 AND 2147483647 AND c.call_pid <> g.target_pid, false)) AS asks
  FROM generate_at g
  LEFT JOIN generate_call c USING (event_id)
  LEFT JOIN stack_cause k ON k.stack_id = g.stack_id
  LEFT JOIN pid_view v ON v.pid = g.pid
  LEFT JOIN goes_on w USING (event_id)
  ASOF LEFT JOIN (SELECT event_id, ts, task_pid FROM ev.mark_victim
                  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')) m
    ON m.task_pid = g.target_pid AND g.event_id >= m.event_id
),
checked AS (
  SELECT *, CASE
      WHEN stack_says IS NULL THEN NULL
      -- An interrupt is in no system call of its own: the stack is of another event, or its inner frames are missing.
      WHEN interrupt AND stack_says IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd', 'child_exit', 'parent_death', 'cgroup_kill') THEN NULL
      WHEN stack_says IN ('child_exit', 'child_stop') AND target_pid = pid THEN NULL
      WHEN stack_says IN ('child_exit', 'child_stop') THEN
        CASE WHEN code IN (1, 2, 3) THEN 'child_exit' WHEN code IN (4, 5) THEN 'child_stop' WHEN code = 6 THEN 'child_continue' END
      WHEN stack_says = 'kill' AND (code <> 0 OR grp = 0) THEN NULL
      WHEN stack_says IN ('tgkill', 'tkill') AND (code <> -6 OR grp = 1) THEN NULL
      WHEN stack_says = 'sigqueue' AND code >= 0 AND target_pid <> pid THEN NULL
      WHEN stack_says = 'pidfd' AND code > 0 AND target_pid <> pid THEN NULL
      WHEN stack_says = 'timer' AND code NOT IN (-2, 128) THEN NULL
      WHEN stack_says = 'timer' AND sig = 24 THEN 'kernel'
      WHEN stack_says = 'pipe' AND sig <> 13 THEN NULL
      WHEN stack_says IN ('oom', 'cgroup_kill') AND sig <> 9 THEN NULL
      WHEN stack_says = 'fault' AND (code <= 0 OR target_pid <> pid) THEN NULL
      -- Out of do_exit, so the sender cannot return from a system call afterwards.
      WHEN stack_says = 'parent_death' AND (code <> 0 OR grp = 0 OR target_pid = pid OR lives_on) THEN NULL
      ELSE stack_says END AS by_stack,
    CASE
      WHEN interrupt OR NOT asks THEN NULL
      WHEN call = 'kill' AND code = 0 AND coalesce(grp, 1) = 1 THEN call
      WHEN call IN ('tgkill', 'tkill') AND code = -6 AND coalesce(grp, 0) = 0 THEN call
      WHEN call IN ('rt_sigqueueinfo', 'rt_tgsigqueueinfo') AND code < 0 THEN 'sigqueue'
      WHEN call = 'pidfd_send_signal' AND code <= 0 THEN 'pidfd'
      WHEN sig = 13 AND code = 0 AND grp = 0 AND target_pid = pid
        AND call IN ('write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg', 'sendmmsg', 'splice', 'sendfile64') THEN 'pipe'
      END AS by_call,
    CASE
      WHEN code IN (1, 2, 3) AND sig NOT IN (4, 5, 7, 8, 11, 29, 31) AND target_pid <> pid AND NOT interrupt THEN 'child_exit'
      WHEN code IN (4, 5) AND sig = 17 AND target_pid <> pid THEN 'child_stop'
      WHEN code = 6 AND sig = 17 THEN 'child_continue'
      WHEN sig IN (4, 5, 7, 8, 11) AND code BETWEEN 1 AND 127 AND target_pid = pid AND grp IS DISTINCT FROM 1 THEN 'fault'
      WHEN sig IN (5, 11) AND code = 128 AND target_pid = pid AND grp IS DISTINCT FROM 1 AND NOT interrupt THEN 'fault'
      WHEN sig = 9 AND code = 128 AND victim THEN 'oom'
      WHEN sig IN (14, 26, 27) AND code = 128 THEN 'timer'
      WHEN code = -2 THEN 'timer'
      WHEN code = -1 AND NOT interrupt THEN 'sigqueue'
      WHEN sig IN (2, 3, 20, 21, 22) AND code = 128 THEN 'tty'
      END AS by_code
  FROM facts
)
SELECT * EXCLUDE (by_stack, by_call, by_code),
  coalesce(by_stack, CASE WHEN stack_says IS NULL THEN by_call END, CASE WHEN stack_says IS NULL THEN by_code END, 'unknown') AS cause,
  CASE WHEN by_stack IS NOT NULL THEN 'exact'
       WHEN stack_says IS NULL AND by_call IS NOT NULL THEN CASE WHEN call_enter IS NULL OR call_torn OR (call_sig IS NULL AND by_call <> 'pipe') THEN 'inferred' ELSE 'exact' END
       WHEN stack_says IS NULL AND by_code IN ('child_exit', 'child_stop', 'child_continue', 'fault') AND code <> 128 THEN 'exact'
       ELSE 'inferred' END AS confidence,
  CASE WHEN by_stack IS NOT NULL THEN 'the stack has ' || stack_symbol
       WHEN stack_says IS NOT NULL THEN 'the stack has ' || stack_symbol || ', which does not go with sig ' || sig || ' code ' || code
       WHEN by_call IS NOT NULL THEN CASE WHEN call_enter IS NULL THEN 'the sender returns from ' || call || ' next; its enter is not in the capture'
                                          ELSE 'the sender is inside ' || call END
       WHEN by_code = 'oom' THEN 'mark_victim names the target; code 128 comes from the kernel'
       WHEN by_code IS NOT NULL THEN 'code ' || code || coalesce(' (' || signal_code_name(sig, code) || ')', '')
       WHEN code = 128 THEN 'code 128 (SI_KERNEL): from the kernel; without a stack the capture does not show which part'
       ELSE 'code ' || code || ' alone does not show who asked: no stack, no enclosing syscall' END AS evidence
FROM checked
