/** The founding capture, line by line (line 1 first). */
export const SEED_LINES: readonly string[] = `# tracer: nop
#
# entries-in-buffer/entries-written: 21/21   #P:8
#
#                                _-------=> irqs-off
#                               / _------=> need-resched
#                              | / _-----=> need-resched-lazy
#                              || / _----=> hardirq/softirq
#                              ||| / _---=> preempt-depth
#                              |||| / _--=> preempt-lazy-depth
#                              ||||| / _-=> migrate-disable
#                              |||||| /     delay
#           TASK-PID     CPU#  |||||||  TIMESTAMP  FUNCTION
#              | |         |   |||||||     |         |
            bash-4994    [005] ....1..  9978.187414: sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7ff16d9dce50, tls: 7ff16d9dcb80)
            bash-4994    [005] ....1..  9978.187638: sys_clone -> 0x1541
           a.out-5441    [006] ....1..  9978.187715: sys_clone -> 0x0
           a.out-5441    [006] ....1..  9978.187950: sys_execve(filename: 55f326ddedc0, argv: 55f326dd7d00, envp: 55f326de42d0)
           a.out-5441    [006] ....1..  9978.188246: sys_execve -> 0x0
           a.out-5441    [006] ....1..  9978.188347: sys_openat(dfd: ffffffffffffff9c, filename: 7fef047cacc0, flags: 80000, mode: 0)
           a.out-5441    [006] ....1..  9978.188348: do_sy_open: (do_sys_open+0x0/0x260) arg1="/lib64/libc.so.6"
           a.out-5441    [006] ....1..  9978.188352: sys_openat -> 0x3
           a.out-5441    [006] ....1..  9978.188361: sys_mmap(addr: 0, len: 3ba778, prot: 5, flags: 802, fd: 3, off: 0)
           a.out-5441    [006] ....1..  9978.188365: sys_mmap -> 0x7fef041e8000
            bash-4994    [007] .....11  9992.171040: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0
            bash-4994    [007] ....111  9992.171042: <stack trace>
 => trace_event_raw_event_signal_generate
 => __send_signal
 => do_send_sig_info
 => kill_pid_info
 => kill_something_info
 => __x64_sys_kill
 => do_syscall_64
 => entry_SYSCALL_64_after_hwframe
            bash-4994    [007] ....1..  9992.171044: sys_kill -> 0x0
           a.out-5441    [002] .....11  9992.171045: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
           a.out-5441    [002] ....111  9992.171049: <stack trace>
 => trace_event_raw_event_signal_deliver
 => get_signal
 => do_signal
 => exit_to_usermode_loop
 => prepare_exit_to_usermode
 => swapgs_restore_regs_and_return_to_usermode
           a.out-5441    [002] .....12  9992.171118: signal_generate: sig=17 errno=0 code=2 comm=bash pid=4994 grp=1 res=0
           a.out-5441    [002] ....112  9992.171120: <stack trace>
 => trace_event_raw_event_signal_generate
 => __send_signal
 => do_notify_parent
 => do_exit
 => do_group_exit
 => get_signal
 => do_signal
 => exit_to_usermode_loop
 => prepare_exit_to_usermode
 => swapgs_restore_regs_and_return_to_usermode
            bash-4994    [007] .....11  9992.171125: signal_deliver: sig=17 errno=0 code=2 sa_handler=55f324e07ad0 sa_flags=14000000
            bash-4994    [007] ....111  9992.171127: <stack trace>
 => trace_event_raw_event_signal_deliver
 => get_signal
 => do_signal
 => exit_to_usermode_loop
 => do_syscall_64
 => entry_SYSCALL_64_after_hwframe
            bash-4994    [007] ....1..  9992.171130: sys_wait4(upid: ffffffffffffffff, stat_addr: 7ffca9253250, options: b, ru: 0)
            bash-4994    [007] ....1..  9992.171197: sys_wait4 -> 0x1541`.split('\n');
