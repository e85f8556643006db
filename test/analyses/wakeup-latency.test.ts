import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

/** The k-th wake-up takes k * 10 us. */
const turn = (k: number): string => `
               b-30      [001] d..2.     ${k}.000000: sched_waking: comm=a pid=20 prio=120 target_cpu=000
          <idle>-0       [000] d..2.     ${k}.000${String(k * 10).padStart(3, '0')}: sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=a next_pid=20 next_prio=120
               a-20      [000] d..2.     ${k}.000900: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120`;

it('[A] gives the latencies by rank, each with the wake-up that it is', async () => {
  const { rows } = await answer('wakeup-latency', Array.from({ length: 10 }, (_, i) => turn(i + 1)).join(''));
  expect(rows.map((row) => [row.quantile, row.wakeup_latency])).toEqual([
    [0, 10_000],
    [0.5, 50_000],
    [0.75, 80_000],
    [0.9, 90_000],
    [0.95, 100_000],
    [0.99, 100_000],
    [0.999, 100_000],
    [1, 100_000],
  ]);
  expect(rows[1]).toMatchObject({ pid: 20, comm: 'a', waker: 'b 30', wakeups: 10, wake_line_no: 17, line_no: 18 });
});
