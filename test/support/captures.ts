/** A dozen captures of different kernels, tracers and programs; most pids, comms and event names are in several of them. */
export const DOZEN = [
  'test/fixtures/stories/signal-chain.trace',
  'test/fixtures/stories/pid-reuse.trace',
  'test/fixtures/stories/threads.trace',
  'test/fixtures/kprobes/whole.trace',
  'test/fixtures/stories/daemon.trace',
  'test/fixtures/network/drops.trace',
  'test/fixtures/seed/kprobe-strings.trace',
  'test/fixtures/uprobes/whole.trace',
  'test/fixtures/accounts/graph-retval.trace',
  'test/fixtures/stories/vfork-exec.trace',
  'test/fixtures/seed/do_sys_open.trace',
  'test/fixtures/accounts/user-stacks.trace',
  'test/fixtures/seed/life-of-a-process.trace',
] as const;
