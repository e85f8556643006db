import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const switched = (at: string, [prev, state]: readonly [string, string], next: string, cpu = '000'): string => {
  const name = (pid: string): string => (pid === '0' ? 'swapper' : `t${pid}`);
  return `            x-${prev}      [${cpu}] d..2.     ${at}: sched_switch: prev_comm=${name(prev)} prev_pid=${prev} prev_prio=120 prev_state=${state} ==> next_comm=${name(next)} next_pid=${next} next_prio=120`;
};
const waking = (at: string, [by, cpu, flags]: readonly [string, string, string], pid: string): string =>
  `            x-${by}      [${cpu}] ${flags}     ${at}: sched_waking: comm=t${pid} pid=${pid} prio=120 target_cpu=000`;

/** 20 sleeps in read; an interrupt wakes 30, which runs, gives way to 40, and wakes 20. */
const STORY = [
  '            x-20      [000] .....     1.000000: sys_read(fd: 3, buf: 7f00, count: 1)',
  switched('1.000010', ['20', 'S'], '0'),
  waking('1.000100', ['0', '001', 'd.h2.'], '30'),
  switched('1.000130', ['0', 'R'], '30', '001'),
  switched('1.000200', ['30', 'R+'], '40', '001'),
  switched('1.000250', ['40', 'S'], '30', '001'),
  '            x-30      [001] .....     1.000260: sys_write(fd: 4, buf: 7f00, count: 1)',
  waking('1.000300', ['30', '001', 'd..2.'], '20'),
  switched('1.000340', ['0', 'R'], '20'),
  '            x-20      [000] .....     1.000350: sys_read -> 0x1',
];
const path = async (lines: readonly string[], params = {}) =>
  (await answer('critical-path', lines.join('\n'), { params })).rows.map((row) => [row.pid, row.state, row.dur]);

it('[A] walks back from an event over who woke whom, with the time on every edge', async () => {
  const { rows } = await answer('critical-path', STORY.join('\n'), { params: { line: 14 } });
  expect(rows.map((row) => [row.pid, row.state, row.dur])).toEqual([
    [30, 'gap', null],
    [30, 'runnable', 30_000],
    [30, 'running', 70_000],
    [30, 'runnable', 50_000],
    [30, 'running', 50_000],
    [20, 'runnable', 40_000],
    [20, 'running', 10_000],
  ]);
  expect(rows[5]?.text).toContain('woken by x 30 in write after a sleep of 290 us in read');
  expect(rows[3]?.text).toContain('which x 40 has');
});

it('[A] begins at the last line of a task, and at the task that a switch goes to', async () => {
  expect(await path(STORY, { pid: 20 })).toHaveLength(7);
  expect((await path(STORY, { line: 13 })).at(-1)).toEqual([20, 'runnable', 40_000]);
  expect(await path(STORY, { line: 14, turns: 1 })).toEqual([
    [20, 'gap', null],
    [20, 'runnable', 40_000],
    [20, 'running', 10_000],
  ]);
});

it('[A] goes on in the task itself where an interrupt woke it', async () => {
  const story = [...STORY.slice(0, 2), waking('1.000300', ['30', '001', 'd.s2.'], '20'), ...STORY.slice(8)];
  expect(await path(story, { pid: 20 })).toEqual([
    [20, 'gap', null],
    [20, 'running', null],
    [20, 'sleeping', 290_000],
    [20, 'runnable', 40_000],
    [20, 'running', 10_000],
  ]);
});

it('[A] does not tell sleeping from waiting where the wake-up is missing', async () => {
  expect(
    await path(
      STORY.filter((text) => !text.includes('pid=20 prio=120 target')),
      { pid: 20 },
    ),
  ).toEqual([
    [20, 'gap', null],
    [20, 'running', null],
    [20, 'unknown', 330_000],
    [20, 'running', 10_000],
  ]);
});
