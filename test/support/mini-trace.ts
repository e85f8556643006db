const HEADER = `# tracer: nop
#
# entries-in-buffer/entries-written: 3/3   #P:2
#
#                                _-----=> irqs-off/BH-disabled
#                               / _----=> need-resched
#                              | / _---=> hardirq/softirq
#                              || / _--=> preempt-depth
#                              ||| / _-=> migrate-disable
#                              |||| /     delay
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
`;

/** A header as the kernel writes it when the buffer is empty. */
export const EMPTY_BUFFER = HEADER.replace('3/3', '0/0');

/** Three events of one task's end, enough to be a trace. */
export const MINI_TRACE = `${HEADER}              sh-100     [000] d..1.   10.000001: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=101 grp=1 res=0
           a.out-101     [001] d..1.   10.000006: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
           a.out-101     [001] .....   10.000050: sched_process_exit: comm=a.out pid=101 prio=120
`;
