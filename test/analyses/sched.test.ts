import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';
import { storeOfTexts } from '../support/store-of.js';

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
    { pid: 20, turns: 2, run_dur: 100_000, runnable_dur: 50_000, max_wakeup_latency: 30_000, preempted: 1 },
    { pid: 30, comm: 'b c', turns: 1, run_dur: 20_000, runnable_dur: null },
  ]);
});

const sleeping = (waking: string): string => `
               a-20      [000] d..2.     1.000100: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=D ==> next_comm=b next_pid=30 next_prio=120
${waking}
               b-30      [000] d..2.     1.000400: sched_switch: prev_comm=b prev_pid=30 prev_prio=120 prev_state=R+ ==> next_comm=a next_pid=20 next_prio=120
               a-20      [000] d..2.     1.000500: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=S ==> next_comm=b next_pid=30 next_prio=120`;
const WAKING = '               b-30      [000] d..2.     1.000300: sched_waking: comm=a pid=20 prio=120 target_cpu=000';

it('[A] ends a sleep at the wake-up, and a wait for a CPU at the switch', async () => {
  const { rows } = await answer('sched', sleeping(WAKING));
  expect(rows).toMatchObject([
    { pid: 30, runnable_dur: 100_000, preempted: 1, wakeups: 0, sleep_dur: null },
    { pid: 20, uninterruptible_dur: 200_000, runnable_dur: 100_000, wakeups: 1, uninterruptible: 1, sleep_dur: null },
  ]);
});

it('[A] does not tell sleep from waiting without the wake-up', async () => {
  const { rows } = await answer('sched', sleeping(''));
  expect(rows).toMatchObject([{ pid: 30 }, { pid: 20, uninterruptible_dur: null, runnable_dur: null, wakeups: 0 }]);
});

it('[A] knows no sleep where a task was woken twice, or acted, without a turn between', async () => {
  const twice = await answer('sched', sleeping(`${WAKING.replace('0300', '0200')}\n${WAKING}`));
  expect(twice.rows[1]).toMatchObject({ pid: 20, uninterruptible_dur: null, wakeups: 1 });
  const call = '               a-20      [000] .....     1.000200: sys_getpid()';
  const acted = await answer('sched', sleeping(`${call}\n${WAKING}`));
  expect(acted.rows.find((row) => row.pid === 20)).toMatchObject({ uninterruptible_dur: null });
  expect(acted.findings[0]?.confidence).toBe('inferred');
});

it('[A] takes a wake-up of a task that still ran for no wake-up of its next turn', async () => {
  const early = WAKING.replace('b-30', 'b-31').replace('[000]', '[001]').replace('1.000300', '1.000050');
  const { rows } = await answer('sched', `${early}${sleeping('').replace('prev_state=D', 'prev_state=R')}`);
  expect(rows[1]).toMatchObject({ pid: 20, wakeups: 0, runnable_dur: 300_000, preempted: 1 });
});

it('[A] tells nothing where the lines have no CPU', async () => {
  const line =
    'sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=S ==> next_comm=b next_pid=30 next_prio=120';
  const store = await storeOfTexts(`# tracer: nop\n#\nsys_getpid()\nsys_getpid -> 0x14\n${line}\n`);
  expect(await store.rows('SELECT count(*) AS turns FROM sched')).toEqual([{ turns: 0 }]);
  store.close();
});

it('[A] leaves out times in which lines that nobody can place may be missing', async () => {
  const lines = [
    '               a-20      [000] d..2.     1.000100: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=S ==> next_comm=b next_pid=30 next_prio=120',
    '               b-30      [000] d..2.     1.800300: sched_waking: comm=a pid=20 prio=120 target_cpu=000',
    '               b-30      [000] d..2.     1.800400: sched_switch: prev_comm=b prev_pid=30 prev_prio=120 prev_state=R+ ==> next_comm=a next_pid=20 next_prio=120',
    '               a-20      [000] d..2.     1.900500: sched_switch: prev_comm=a prev_pid=20 prev_prio=120 prev_state=S ==> next_comm=b next_pid=30 next_prio=120',
  ];
  const ask = async (counted: number) => {
    const header = `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${counted}/${counted}   #P:2\n#\n`;
    const store = await storeOfTexts(`${header}${lines.join('\n')}\n`);
    const rows = await store.rows(
      'SELECT out_ts - in_ts AS ran, in_ts - off_ts AS away, in_ts - wake_ts AS latency FROM sched WHERE pid = 20 AND in_ts IS NOT NULL',
    );
    store.close();
    return rows;
  };
  expect(await ask(4)).toEqual([{ ran: 100_100_000, away: 800_300_000, latency: 100_000 }]);
  expect(await ask(9)).toEqual([{ ran: null, away: null, latency: null }]);
});
