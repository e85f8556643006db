import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] counts events by name, task and CPU, with the rate over the capture', async () => {
  const columns = ['name', 'events', 'per_second', 'tasks', 'cpus', 'line_no', 'last_line_no'];
  const { rows } = await answer('stat', KILLED);
  expect(rows.slice(0, 3).map((row) => columns.map((name) => row[name]))).toEqual([
    ['opn', 2, 2, 1, 1, 11, 16],
    ['signal_generate', 2, 2, 2, 2, 19, 23],
    ['sys_enter_openat', 2, 2, 1, 1, 10, 15],
  ]);
});

it('[A] counts by interval, as perf stat -I does, and only the events that were asked for', async () => {
  const params = { interval: 500_000_000, event: 'sys_enter_k*, signal_*' };
  const { rows } = await answer('stat', KILLED, { params });
  expect(rows.map((row) => [row.ts, row.name, row.events, row.per_second])).toEqual([
    [2_000_000_000, 'signal_generate', 2, 4],
    [2_000_000_000, 'signal_deliver', 1, 2],
    [2_000_000_000, 'sys_enter_kill', 1, 2],
  ]);
});

it('[A] counts by task, by CPU, and for one task', async () => {
  const of = async (params: Record<string, string | number>, column: string): Promise<unknown[][]> =>
    (await answer('stat', KILLED, { params: { event: 'signal_generate', ...params } })).rows.map((row) => [
      row[column] ?? null,
      row.events,
    ]);
  expect(await of({ by: 'task' }, 'pid')).toEqual([
    [10, 1],
    [20, 1],
  ]);
  expect(await of({ by: 'cpu' }, 'cpu')).toEqual([
    [0, 1],
    [1, 1],
  ]);
  expect(await of({ pid: 20 }, 'pid')).toEqual([[null, 1]]);
});

it('[A] a clock that counts ticks has no rate and no intervals', async () => {
  const ticks = KILLED.replace(/ (\d)\.(\d{6}):/g, ' $1$2:');
  expect((await answer('stat', ticks)).rows.every((row) => row.per_second === null)).toBe(true);
  expect((await answer('stat', ticks, { params: { interval: 1000 } })).rows).toEqual([]);
});
