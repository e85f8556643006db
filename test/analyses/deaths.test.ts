import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] names the process, the signal, the sender and the means', async () => {
  const { csv, findings } = await answer('deaths', KILLED, {
    columns: ['pid', 'death', 'signal', 'sender_pid', 'cause', 'line_no'],
  });
  expect(csv).toBe('pid,death,signal,sender_pid,cause,line_no\n20,killed,SIGKILL,10,kill,21');
  expect(findings.map((finding) => [finding.severity, finding.text])).toEqual([
    [
      'bad',
      'a.out 20 was killed by SIGKILL sent by bash 10 with kill(2); it was a zombie for 100 us until bash 10 reaped it with wait4',
    ],
  ]);
});

it('[A] is not applicable without an event that shows an end', async () => {
  const { status, missing } = await answer('deaths', '            bash-10      [000] .....     1.000000: sys_getpid()');
  expect(status).toBe('not-applicable');
  expect(missing).toContain('sched_process_exit');
});

it.each([
  [{ death: 'killed', signal: 'SIGKILL' }, 1],
  [{ death: 'exited' }, 0],
  [{ signal: 'SIGTERM' }, 0],
])('[A] keeps the ends of %j', async (params, count) => {
  expect((await answer('deaths', KILLED, { params })).rows).toHaveLength(count);
});
