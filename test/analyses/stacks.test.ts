import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const signal = (second: number): string => `
            bash-10      [000] d..2.     ${second}.000000: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=20 grp=1 res=0
            bash-10      [000] d..2.     ${second}.000001: <stack trace>
 => __send_signal
 => __x64_sys_kill
 => do_syscall_64
`;

it('[A] folds the stacks of each event and counts them', async () => {
  const { csv } = await answer(
    'stacks',
    `${signal(1)}${signal(2)}
            bash-10      [000] .....     3.000000: sys_getpid()
            bash-10      [000] .....     3.000001: <user stack trace>
 =>  <00007f28c5196b74>
 =>  <00007f28c517b312>
`,
  );
  expect(csv).toBe(
    [
      'count,event,stack,confidence,line_no',
      '2,signal_generate,do_syscall_64;__x64_sys_kill;__send_signal,exact,5',
      '1,sys_enter_getpid,0x7f28c517b312;0x7f28c5196b74,exact,15',
    ].join('\n'),
  );
});

it('[A] says how to record stacks where there are none', async () => {
  const { status, toRecord } = await answer(
    'stacks',
    '            bash-10      [000] .....     3.000000: sys_getpid()',
  );
  expect(status).toBe('empty');
  expect(toRecord).toEqual(['echo 1 > /sys/kernel/tracing/options/stacktrace']);
});
