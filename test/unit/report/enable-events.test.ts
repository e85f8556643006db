import { expect, it } from 'vitest';
import { enableCommand, enableCommands } from '../../../src/report/enable-events.js';

it.each([
  ['sched_switch', 'echo 1 > /sys/kernel/tracing/events/sched/sched_switch/enable'],
  ['sys_enter_openat', 'echo 1 > /sys/kernel/tracing/events/syscalls/sys_enter_openat/enable'],
  ['sys_enter', 'echo 1 > /sys/kernel/tracing/events/raw_syscalls/sys_enter/enable'],
  ['sys_exit_*', 'echo 1 > /sys/kernel/tracing/events/syscalls/enable'],
  ['kfree_skb', 'echo 1 > /sys/kernel/tracing/events/skb/kfree_skb/enable'],
  ['ext4:ext4_da_write_begin', 'echo 1 > /sys/kernel/tracing/events/ext4/ext4_da_write_begin/enable'],
  ['my_probe', 'echo my_probe >> /sys/kernel/tracing/set_event'],
])('%s', (event, command) => {
  expect(enableCommand(event)).toBe(command);
});

it('makes no command of a name that no kernel has', () => {
  expect(enableCommands(['a; rm -rf /', '$(x)', 'signal_generate', 'signal_generate'])).toEqual([
    'echo 1 > /sys/kernel/tracing/events/signal/signal_generate/enable',
  ]);
});

it('makes a probe before it enables it', () => {
  expect(enableCommands(['kprobes:*'])).toEqual([
    "echo 'p:do_sys_openat2 do_sys_openat2 dfd=$arg1:s32 path=+0($arg2):ustring' >> /sys/kernel/tracing/kprobe_events",
    "echo 'r:do_sys_openat2_ret do_sys_openat2 ret=$retval:s32' >> /sys/kernel/tracing/kprobe_events",
    'echo 1 > /sys/kernel/tracing/events/kprobes/enable',
  ]);
});
