/**
 * What shows an open: the call, or any event that prints its path (the vendor tracepoint, a probe of any name on a function that opens).
 * The first is what a person is told to enable.
 */
export const SHOWS_OPENS: readonly (readonly string[])[] = [
  ['sys_enter_openat', 'sys_exit_openat'],
  ['sys_enter_open', 'sys_exit_open'],
  ['sys_enter_openat2', 'sys_exit_openat2'],
  ['sys_enter_creat', 'sys_exit_creat'],
  ['kprobes:do_sys_openat2', 'path=+0($arg2):string'],
];
