import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] gives the time spent on every edge from kill to reap', async () => {
  const columns = ['pid', 'signal', 'send_dur', 'deliver_dur', 'die_dur', 'zombie_dur', 'total_dur', 'reaper_pid'];
  const { csv } = await answer('chains', KILLED, { columns });
  expect(csv).toBe(`${columns.join(',')}\n20,SIGKILL,10000,30000,40000,100000,180000,10`);
});

it.each([
  [{ sender: 'bash', signal: 'SIGKILL', cause: 'kill' }, 1],
  [{ sender: 'a.out' }, 0],
  [{ signal: 'SIGTERM' }, 0],
  [{ cause: 'oom' }, 0],
])('[A] keeps the kills of %j', async (params, count) => {
  expect((await answer('chains', KILLED, { params })).rows).toHaveLength(count);
});

it('[A] says what took longest, and where in the capture', async () => {
  const { findings } = await answer('chains', KILLED);
  expect(findings).toEqual([
    {
      severity: 'info',
      text: 'kill to reap of a.out 20: of 180 us, 100 us as a zombie, 20 us of them before bash 10 waited for it',
      lines: [18, 19, 21, 23, 25],
      confidence: 'exact',
    },
  ]);
});

it('[A] counts the chains that the capture does not show to their end, and where the time of all went', async () => {
  const again = KILLED.replaceAll('-20 ', '-21 ')
    .replaceAll('0x14', '0x15')
    .replaceAll('pid: 14', 'pid: 15')
    .replaceAll('pid=20', 'pid=21')
    .replaceAll(/ (\d)\.(\d{6}):/g, (_, s, us) => ` ${Number(s) + 5}.${us}:`);
  const open = KILLED.split('\n').slice(0, -3).join('\n');
  const { findings } = await answer('chains', `${KILLED}${again}`);
  expect(findings.map(({ text }) => text)).toEqual([
    'longest of 2 chains, kill to reap of a.out 20: of 180 us, 100 us as a zombie, 20 us of them before bash 10 waited for it',
    'where the time of 2 chains went: 56 % as zombies, 22 % in dying, 17 % until the signals were delivered, 6 % in the calls that sent the signals',
  ]);
  expect((await answer('chains', open)).findings).toEqual([
    {
      severity: 'warn',
      text: 'no reap of a.out 20 is in the capture',
      lines: [23],
      confidence: 'exact',
    },
  ]);
});
