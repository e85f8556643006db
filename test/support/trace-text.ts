/** A small trace as the kernel prints it: two tasks, a system call, a kill with its stack. */
export const HEADER = [
  '# tracer: nop',
  '#',
  '# entries-in-buffer/entries-written: 6/6   #P:2',
  '#',
  '#                                _-----=> irqs-off/BH-disabled',
  '#                               / _----=> need-resched',
  '#                              | / _---=> hardirq/softirq',
  '#                              || / _--=> preempt-depth',
  '#                              ||| / _-=> migrate-disable',
  '#                              |||| /     delay',
  '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
  '#              | |         |   |||||     |         |',
] as const;

export const RECORDS = [
  '            bash-4994    [001] .....  9992.171030: sys_enter_kill: pid: 1541, sig: 9',
  '            bash-4994    [001] d....  9992.171040: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0',
  '            bash-4994    [001] d....  9992.171041: <stack trace>',
  ' => __x64_sys_kill',
  ' => do_syscall_64',
  '            bash-4994    [001] .....  9992.171043: sys_exit_kill: 0x0',
  '           a.out-5441    [000] .....  9992.171045: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0',
  '           a.out-5441    [000] .....  9992.171050: sched_process_exit: comm=a.out pid=5441 prio=120',
] as const;

export const TRACE = `${[...HEADER, ...RECORDS].join('\n')}\n`;
export const EVENTS = 5;
