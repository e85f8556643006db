import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

const LEFT = KILLED.split('\n')
  .filter((line) => !line.includes('wait4') && !line.includes('sig=17'))
  .join('\n');
const WAITS = `
            bash-10      [000] .....     3.000000: sys_wait4(upid: ffffffff, stat_addr: 7fff, options: 1, ru: 0)
            bash-10      [000] .....     3.000010: sys_wait4 -> 0x0`;

it('[A] lists a child that no wait in the capture reaped', async () => {
  const { csv, findings } = await answer('zombies', LEFT + WAITS, {
    columns: ['pid', 'parent_pid', 'zombie_dur', 'confidence'],
  });
  expect(csv).toBe('pid,parent_pid,zombie_dur,confidence\n20,10,999950000,inferred');
  expect(findings[0]?.text).toBe(
    'a.out 20 seems to be a zombie when the capture ends: no wait of bash 10 that reaped it is in the capture',
  );
});

it('[A] lists none that was reaped', async () => {
  expect((await answer('zombies', KILLED)).status).toBe('empty');
});

it('[A] does not take a capture without waits for a proof', async () => {
  expect((await answer('zombies', LEFT)).status).toBe('not-applicable');
});

it('[A] lists none where lines are missing after its end, or where the parent reaped somebody unknown', async () => {
  const torn = `
            bash-10      [000] .....     2.500000: sys_read(fd: 0, buf: 7ff0, count: 1)
            bash-10      [000] .....     2.600000: sys_read -> 0x1
            bash-10      [000] .....     2.700000: sys_read(fd: 0, buf: 7ff0, count: 1)`;
  expect((await answer('zombies', LEFT + torn + WAITS)).status).toBe('empty');
  const other = `
            bash-10      [000] .....     2.500000: sys_waitid(which: 0, upid: 0, infop: 7fff, options: 4, ru: 0)
            bash-10      [000] .....     2.600000: sys_waitid -> 0x0
            bash-10      [000] .....     2.700000: sys_waitid(which: 0, upid: 0, infop: 7fff, options: 4, ru: 0)
            bash-10      [000] .....     2.800000: sys_waitid -> 0x0`;
  expect((await answer('zombies', LEFT + other + WAITS)).status).toBe('empty');
});
