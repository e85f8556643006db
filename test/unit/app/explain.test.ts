import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../../src/app/explain/index.js';
import type { Store } from '../../../src/store/store.js';
import { storeOfTexts } from '../../support/store-of.js';

const LINES = [
  '            bash-10      [000] .....     1.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20',
  '             one-20      [001] .....     1.000100: sys_exit_group(error_code: 1)',
  '             one-20      [001] .....     1.000200: sched_process_exit: comm=one pid=20 prio=120',
  '            bash-10      [000] .....     2.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20',
  '            bash-10      [000] .....     2.000100: sched_process_fork: comm=bash pid=10 child_comm=two child_pid=30',
  '            bash-10      [000] .....     2.000200: sys_kill(pid: 14, sig: f)',
  '            bash-10      [000] d..1.     2.000210: signal_generate: sig=15 errno=0 code=0 comm=two pid=20 grp=1 res=0',
  '            bash-10      [000] .....     2.000220: sys_kill -> 0x0',
  '             two-20      [001] d..1.     2.000300: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0',
  '             two-20      [001] .....     2.000400: sched_process_exit: comm=two pid=20 prio=120',
  '             two-20      [001] d..2.     2.000500: signal_generate: sig=17 errno=0 code=2 comm=bash pid=10 grp=1 res=0',
  '             two-30      [001] .....     2.000600: sched_process_exit: comm=two pid=30 prio=120',
];
const HEADER = `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${LINES.length}/${LINES.length}   #P:2\n#\n`;
const FIRST_LINE = HEADER.split('\n').length;
let store: Store;
beforeAll(async () => {
  store = await storeOfTexts(`${HEADER}${LINES.join('\n')}\n`);
});
afterAll(() => store.close());

describe('which life', () => {
  it('tells of the life that ended last, says that there are others, and names them', async () => {
    const chain = await explain(store, { pid: 20 });
    expect(chain.verdict).toMatch(/^two 20 was killed by SIGTERM sent by bash 10 with kill\(2\)/);
    expect(chain.gaps.filter(({ text }) => text.includes('lives'))).toEqual([]);
    expect(chain.choices).toMatchObject([
      { pid: 20, life: 2, lives: 2, comm: 'two', death: 'killed', line_no: FIRST_LINE + 3 },
      { pid: 20, life: 1, lives: 2, comm: 'one', death: 'exited', line_no: FIRST_LINE },
    ]);
  });

  it('tells of the life that was asked for, without others', async () => {
    const chain = await explain(store, { pid: 20, life: 1 });
    expect(chain.verdict).toBe('one 20 exited with code 1');
    expect(chain).not.toHaveProperty('choices');
  });

  it('takes of a name the task that was killed, and names the others', async () => {
    const chain = await explain(store, { comm: 'two' });
    expect(chain.choices?.map(({ pid }) => pid)).toEqual([20, 30]);
  });

  it.each([
    [{ pid: 20, life: 3 }, 'pid 20 has 2 lives in the capture, not 3'],
    [{ comm: 'two', life: 1 }, '--life counts the lives of one pid'],
    [{ pid: 99 }, 'pid 99 is not in the capture'],
  ])('%j is refused', async (selector, message) => {
    await expect(explain(store, selector)).rejects.toThrow(message);
  });
});

describe('effects', () => {
  it('of a task: whom it started, what it sent, and what became of it', async () => {
    const chain = await explain(store, { pid: 10, effects: true });
    expect(chain.verdict).toBe('bash 10 forked 3 children, sent 1 signal and killed two 20');
    expect(chain.steps.map(({ kind }) => kind)).toEqual([
      'fork',
      'exit_group',
      'exit',
      'fork',
      'fork',
      'send',
      'generate',
      'deliver',
      'exit',
      'generate',
      'exit',
    ]);
    expect(chain.gaps.map(({ text, reason }) => [text, reason])).toEqual([
      ['no wait is known to have reaped one 20', 'not_enabled'],
      ['no wait is known to have reaped two 20', 'not_enabled'],
      ['no delivery of SIGCHLD to bash 10 is in the capture', 'not_shown'],
      ['no wait is known to have reaped two 30', 'not_enabled'],
    ]);
  });

  it('of a line: where the links end although they should go on', async () => {
    const chain = await explain(store, { line: FIRST_LINE + 10, effects: true });
    expect(chain.verdict).toContain('SIGCHLD (CLD_KILLED) is generated for bash 10 because two 20 ended');
    expect(chain.verdict).toContain('the capture shows nothing that followed from it');
    expect(chain.gaps.map(({ text }) => text)).toContain('no delivery of SIGCHLD to bash 10 is in the capture');
  });
});

describe('an orphan', () => {
  const orphan = (parentEnds: string): string => `# tracer: nop
#
              wl-10      [000] .....     1.000000: sched_process_fork: comm=wl pid=10 child_comm=job child_pid=20
${parentEnds}
              wl-10      [000] .....     1.000200: sched_process_exit: comm=wl pid=10 prio=120
             job-20      [001] .....     1.000300: sys_exit_group(error_code: 3)
             job-20      [001] .....     1.000400: sched_process_exit: comm=job pid=20 prio=120
            init-1       [000] .....     1.000500: sys_wait4(upid: ffffffff, stat_addr: 0, options: 0, ru: 0)
            init-1       [000] .....     1.000600: sys_wait4 -> 0x14
`;
  const story = async (parentEnds: string) => {
    const made = await storeOfTexts(orphan(parentEnds));
    const chain = await explain(made, { pid: 20 });
    made.close();
    return chain;
  };

  it('is told with the end of its parent, and who inherits it', async () => {
    const chain = await story('              wl-10      [000] .....     1.000100: sys_exit_group(error_code: 0)');
    expect(chain.verdict).toContain('init 1, which had inherited it, reaped it with wait4');
    expect(chain.steps.map(({ kind, text }) => (kind === 'reparent' ? text : kind))).toEqual([
      'fork',
      'wl 10, the parent of job 20, ends before it; init 1 inherits it',
      'exit_group',
      'exit',
      'wait_enter',
      'reap',
    ]);
  });

  it('is not said to be inherited where only a thread of its parent may have ended', async () => {
    const chain = await story('              wl-10      [000] .....     1.000100: sys_exit(error_code: 0)');
    expect(chain.verdict).not.toContain('inherited');
    expect(chain.steps.map(({ kind }) => kind)).not.toContain('reparent');
  });
});
