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
