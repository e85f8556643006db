import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] counts calls and errors and measures them', async () => {
  const columns = ['name', 'calls', 'errors', 'unfinished', 'total_dur', 'max_line_no'];
  const { rows } = await answer('syscalls', KILLED, { params: { pid: 20 } });
  expect(rows.map((row) => columns.map((name) => row[name]))).toEqual([
    ['execve', 1, 0, 0, 60000, 8],
    ['openat', 2, 1, 0, 10000, 10],
    ['mmap', 1, 0, 0, 5000, 13],
    ['clone', 1, 0, 0, null, null],
  ]);
});
