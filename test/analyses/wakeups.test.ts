import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const woken = (context: string, event = 'sched_waking'): string => `
${context}: ${event}: comm=a pid=20 prio=120 target_cpu=000
          <idle>-0       [000] d..2.     1.000400: sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=a next_pid=20 next_prio=120
               a-20      [000] .....     1.000500: sys_getpid()`;

it('[A] names the task that wakes another, and how long it took to run', async () => {
  const { rows } = await answer('wakeups', woken('               b-30      [001] d..2.     1.000300'));
  expect(rows).toMatchObject([
    {
      waker_pid: 30,
      waker_comm: 'b',
      waker: 'task',
      pid: 20,
      wakeups: 1,
      max_wakeup_latency: 100_000,
      confidence: 'exact',
    },
  ]);
});

it.each([
  ['d.s3.', 'a softirq'],
  ['dNh2.', 'an interrupt'],
])('[A] takes the task that an interrupt met for nobody’s waker (%s)', async (flags, waker) => {
  const { rows } = await answer('wakeups', woken(`               b-30      [001] ${flags}     1.000300`));
  expect(rows).toMatchObject([{ waker_pid: null, waker, pid: 20 }]);
});

it('[A] names the timer or the interrupt where its events are recorded', async () => {
  const { rows } = await answer(
    'wakeups',
    `               b-30      [001] d.h1.     1.000200: hrtimer_expire_entry: hrtimer=00000000d2b2f5d9 function=hrtimer_wakeup now=100020${woken('               b-30      [001] dNh2.     1.000300')}`,
  );
  expect(rows).toMatchObject([{ waker_pid: null, waker: 'timer hrtimer_wakeup' }]);
});

it('[A] does not take an interrupt of sched_wakeup for the waker: there the run queue only takes the task over', async () => {
  const { rows } = await answer('wakeups', woken('               b-30      [000] dNh2.     1.000300', 'sched_wakeup'));
  expect(rows).toMatchObject([{ waker_pid: null, waker: 'unknown', confidence: 'inferred' }]);
});

it('[A] does not take the task that an interrupt has just left for the waker of a softirq thread', async () => {
  const raised = woken('               b-30      [001] dN.3.     1.000300').replaceAll(
    'comm=a pid=20',
    'comm=ksoftirqd/1 pid=20',
  );
  expect((await answer('wakeups', raised)).rows).toMatchObject([
    { waker_pid: null, waker: 'a softirq that was raised' },
  ]);
});
