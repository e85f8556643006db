import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

const COLUMNS = ['signal', 'sender_pid', 'target_pid', 'cause', 'result', 'latency', 'confidence'];

it('[A] says who sent what to whom, and how', async () => {
  const { csv } = await answer('signals', KILLED, { columns: COLUMNS });
  expect(csv).toBe(
    `${COLUMNS.join(',')}\nSIGKILL,10,20,kill,delivered,30000,exact\nSIGCHLD,20,10,child_exit,ignored,,exact`,
  );
});

it('[A] takes code 0 alone for no proof, and an interrupted task for no sender', async () => {
  const { csv } = await answer(
    'signals',
    `
            bash-10      [000] d..1.     1.000000: signal_generate: sig=15 errno=0 code=0 comm=a pid=20 grp=1 res=0
            bash-10      [000] dNh1.     1.000010: signal_generate: sig=14 errno=0 code=128 comm=b pid=30 grp=1 res=0`,
    { columns: COLUMNS },
  );
  expect(csv).toBe(
    `${COLUMNS.join(',')}\nSIGTERM,10,20,unknown,delivered,,inferred\nSIGALRM,,30,timer,delivered,,inferred`,
  );
});

it('[A] tells what became of each: that it was queued is no arrival', async () => {
  const { csv } = await answer(
    'signals',
    `
            bash-10      [000] d..1.     1.000000: signal_generate: sig=10 errno=0 code=0 comm=a pid=20 grp=1 res=0
            bash-10      [000] d..1.     1.000010: signal_generate: sig=10 errno=0 code=0 comm=a pid=20 grp=1 res=2
               a-20      [001] d..1.     1.000020: signal_deliver: sig=10 errno=0 code=0 sa_handler=7ff0 sa_flags=0
            bash-10      [000] d..1.     1.000030: signal_generate: sig=12 errno=0 code=0 comm=a pid=20 grp=1 res=0`,
    { columns: ['signal', 'result', 'arrival'] },
  );
  expect(csv).toBe(
    'signal,result,arrival\nSIGUSR1,delivered,delivered\nSIGUSR1,already_pending,dropped\nSIGUSR2,delivered,not shown',
  );
});

it.each([
  [{ sender: 'bash' }, 'SIGKILL'],
  [{ sender: '20' }, 'SIGCHLD'],
  [{ target: 'a.out' }, 'SIGKILL'],
  [{ target: '10', cause: 'child_exit' }, 'SIGCHLD'],
  [{ signal: 'SIGKILL', sender: '10', target: '20', cause: 'kill' }, 'SIGKILL'],
  [{ signal: 'SIGKILL', target: '10' }, ''],
])('[A] keeps the signals of %j', async (params, signals) => {
  const { rows } = await answer('signals', KILLED, { params });
  expect(rows.map((row) => row.signal).join()).toBe(signals);
});
