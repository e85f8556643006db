import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const signal = (second: number, micro: number): string =>
  `            bash-10      [000] d..1.     ${second}.${String(micro).padStart(6, '0')}: signal_generate: sig=17 errno=0 code=1 comm=sh pid=20 grp=1 res=0`;
const quiet = Array.from({ length: 9 }, (_, i) => signal(2 + i, 0));

it('[A] finds the second with far more signals than usual, and the pair behind it', async () => {
  const burst = Array.from({ length: 40 }, (_, i) => signal(11, i * 10));
  const { rows, findings } = await answer('storms', [...quiet, ...burst].join('\n'));
  expect(rows).toMatchObject([
    { ts: 11_000_000_000, signals: 40, top_signal: 'SIGCHLD', top_sender: 'bash 10', top_target: 'sh 20' },
  ]);
  expect(findings[0]?.text).toContain('40 signals in one second');
});

it('[A] finds none where signals are few', async () => {
  expect((await answer('storms', quiet.join('\n'))).status).toBe('empty');
});
