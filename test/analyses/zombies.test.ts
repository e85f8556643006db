import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

const LEFT = KILLED.split('\n')
  .filter((line) => !line.includes('wait4') && !line.includes('sig=17'))
  .join('\n');
const WAITS = `
            bash-10      [000] .....     3.000000: sys_wait4(upid: ffffffff, stat_addr: 7fff, options: 1, ru: 0)
            bash-10      [000] .....     3.000010: sys_wait4 -> 0x0`;

it('[A] lists a child that nobody waited for', async () => {
  const { csv, findings } = await answer('zombies', LEFT + WAITS, {
    columns: ['pid', 'parent_pid', 'zombie_dur', 'confidence'],
  });
  expect(csv).toBe('pid,parent_pid,zombie_dur,confidence\n20,10,999950000,inferred');
  expect(findings[0]?.text).toBe('a.out 20 was still a zombie when the capture ended: bash 10 did not wait for it');
});

it('[A] lists none that was reaped', async () => {
  expect((await answer('zombies', KILLED)).status).toBe('empty');
});

it('[A] does not take a capture without waits for a proof', async () => {
  expect((await answer('zombies', LEFT)).status).toBe('not-applicable');
});
