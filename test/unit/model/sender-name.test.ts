import { expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

it('names a sender whose saved comm was forgotten by the name that its events show', async () => {
  const rows = await derived(
    `# tracer: nop
#
            bash-10      [000] .....     1.000000: sched_process_fork: comm=bash pid=10 child_comm=job child_pid=20
           <...>-20      [001] d..2.     1.000100: signal_generate: sig=17 errno=0 code=1 comm=bash pid=10 grp=1 res=0
           <...>-30      [001] d..2.     1.000200: signal_generate: sig=17 errno=0 code=1 comm=bash pid=10 grp=1 res=0
`,
    'SELECT sender_pid, sender_comm FROM signal ORDER BY generate_event_id',
  );
  expect(rows).toEqual([
    { sender_pid: 20, sender_comm: 'job' },
    { sender_pid: 30, sender_comm: '<...>' },
  ]);
});
