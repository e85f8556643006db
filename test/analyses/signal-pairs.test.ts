import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] counts by sender, target, signal and cause', async () => {
  const columns = ['sender_pid', 'target_pid', 'signal', 'cause', 'signals', 'delivered', 'ignored'];
  const { csv } = await answer('signal-pairs', KILLED, { columns });
  expect(csv).toBe(`${columns.join(',')}\n10,20,SIGKILL,kill,1,1,0\n20,10,SIGCHLD,child_exit,1,0,1`);
});
