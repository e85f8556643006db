import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

it('[A] measures running, waiting and wake-up latency, and leaves out what a missing switch hides', async () => {
  const { rows } = await answer(
    'sched',
    `
          <idle>-0       [000] d..2.     1.000000: sched_wakeup: comm=a pid=20 prio=120 target_cpu=000
          <idle>-0       [000] d..2.     1.000030: sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=a next_pid=20 next_prio=120
               a-20      [000] d..2.     1.000130: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=R+ ==> next_comm=b c next_pid=30 next_prio=120
             b c-30      [000] d..2.     1.000150: sched_switch: prev_comm=b c prev_pid=30 prev_prio=120 prev_state=S ==> next_comm=a next_pid=20 next_prio=120
            lost-40      [000] d..2.     1.000350: sched_switch: prev_comm=lost prev_pid=40 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120`,
  );
  expect(rows).toMatchObject([
    { pid: 20, comm: 'a', turns: 2, run_dur: 100_000, runnable_dur: 50_000, max_wakeup_latency: 30_000, preempted: 1 },
    { pid: 30, comm: 'b c', turns: 1, run_dur: 20_000, runnable_dur: null },
  ]);
});
