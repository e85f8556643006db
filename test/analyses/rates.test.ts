import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] counts the events of each stretch of time, and names the one that happened most', async () => {
  const { rows } = await answer('rates', KILLED);
  expect(
    rows.map((row) => [row.ts, row.dur, row.events, row.per_second, row.most, row.most_events, row.line_no]),
  ).toEqual([
    [1_000_000_000, 20_000_000, 13, 650, 'opn', 2, 5],
    [2_000_000_000, 20_000_000, 8, 400, 'signal_generate', 2, 18],
  ]);
});
