import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] tells one process from its fork to its reap', async () => {
  const { rows } = await answer('life', KILLED, { params: { pid: 20 } });
  expect(rows.map((row) => row.kind)).toEqual([
    'fork',
    'exec_enter',
    'exec',
    'open',
    'map',
    'open',
    'generate',
    'deliver',
    'exit',
    'generate',
    'reap',
  ]);
});
