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
