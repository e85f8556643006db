/**
 * The state letters of sched_switch (include/trace/events/sched.h, Linux 6.12: S D T t X Z P I; kernels before 4.14 had x K W N n too).
 * `I` is an idle kernel thread's sleep, not a dead task.
 */
export const PREV_STATES: ReadonlyMap<string, string> = new Map([
  ['R', 'runnable'],
  ['S', 'sleeping'],
  ['D', 'in uninterruptible sleep'],
  ['T', 'stopped'],
  ['t', 'stopped by a tracer'],
  ['X', 'dead'],
  ['Z', 'zombie'],
  ['P', 'parked'],
  ['I', 'idle'],
  ['x', 'dead'],
  ['K', 'killable'],
  ['W', 'waking'],
  ['N', 'not counted as load'],
  ['n', 'new'],
]);

/** `R+` -> `runnable (preempted)`, `D|K` -> `in uninterruptible sleep, killable`; unknown letters and bits stay as they are. */
export function prevStateText(state: string): string {
  const preempted = state.endsWith('+');
  const letters = preempted ? state.slice(0, -1) : state;
  const words = letters.split('|').map((letter) => PREV_STATES.get(letter) ?? letter);
  return words.join(', ') + (preempted ? ' (preempted)' : '');
}
