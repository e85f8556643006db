import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const signal = (second: number, micro: number): string =>
  `            bash-10      [000] d..1.     ${second}.${String(micro).padStart(6, '0')}: signal_generate: sig=17 errno=0 code=1 comm=sh pid=20 grp=1 res=0`;
const quiet = Array.from({ length: 9 }, (_, i) => signal(2 + i, 0));

it('[A] finds the second with far more signals than usual, and the pair behind it', async () => {
  const burst = Array.from({ length: 40 }, (_, i) => signal(11, i * 10));
  const { rows, findings } = await answer('storms', [...quiet, ...burst].join('\n'));
  expect(rows).toMatchObject([
    {
      ts: 11_000_000_000,
      signals: 40,
      top_signal: 'SIGCHLD',
      top_sender: 'bash 10',
      top_target: 'sh 20',
      top_pairs: 'bash 10 to sh 20 40 times',
    },
  ]);
  expect(findings[0]?.text).toContain('40 signals in one second');
});

it('[A] finds none where signals are few', async () => {
  expect((await answer('storms', quiet.join('\n'))).status).toBe('empty');
});

it('[A] counts signals that no task sent, and puts the busiest pairs in their order', async () => {
  const timer = (micro: number): string =>
    signal(11, micro).replace('d..1.', 'dNh1.').replace('sig=17', 'sig=14').replace('code=1 ', 'code=128 ');
  const mixed = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? signal(11, i) : timer(i)));
  const { rows } = await answer('storms', [...quiet, ...mixed].join('\n'));
  expect(rows[0]).toMatchObject({
    signals: 30,
    top_signal: 'SIGALRM',
    top_sender: 'a timer',
    top_pairs: 'a timer to sh 20 20 times, bash 10 to sh 20 10 times',
  });
});
