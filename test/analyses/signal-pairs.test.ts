import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] counts by sender, target, signal and cause', async () => {
  const columns = ['sender_pid', 'target_pid', 'signal', 'cause', 'signals', 'delivered', 'ignored'];
  const { csv } = await answer('signal-pairs', KILLED, { columns });
  expect(csv).toBe(`${columns.join(',')}\n10,20,SIGKILL,kill,1,1,0\n20,10,SIGCHLD,child_exit,1,0,1`);
});

it('[A] counts only what was asked for', async () => {
  const { rows } = await answer('signal-pairs', KILLED, { params: { signal: 'SIGCHLD', target: 'bash' } });
  expect(rows).toMatchObject([{ sender_pid: 20, target_pid: 10, signals: 1 }]);
  expect((await answer('signal-pairs', KILLED, { params: { cause: 'timer' } })).rows).toEqual([]);
});
