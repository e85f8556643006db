import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/app/explain/index.js';
import { storeOfTexts } from '../../support/store-of.js';
import { story } from '../../support/story.js';

async function gaps(text: string, pid: number): Promise<string[]> {
  const store = await storeOfTexts(text);
  try {
    return (await explain(store, { pid })).gaps.map(({ text: gap, reason }) => `${reason}: ${gap}`);
  } finally {
    store.close();
  }
}

const sent = (sig: number, pid: number): string =>
  `signal_generate: sig=${sig} errno=0 code=0 comm=x pid=${pid} grp=1 res=0`;
const KILLED = `
  x-20 1/..... sys_getpid()
  x-20 1/..... sys_getpid -> 0x14
  p-10 sys_kill(pid: 14, sig: 9)
  p-10 ${sent(9, 20)}
  p-10 sys_kill -> 0x0
  x-20 1/d..1. signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
  x-20 1/..... sched_process_exit: comm=x pid=20 prio=120
  x-20 1/d..1. signal_generate: sig=17 errno=0 code=2 comm=p pid=10 grp=1 res=0`;

describe('gaps in a story', () => {
  it('lie before the start or after the end of a capture that misses nothing', async () => {
    const born = `
  p-10 sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
  p-10 sys_clone -> 0x1e
  y-30 1/..... sys_clone -> 0x0`;
    const waited = `
  p-10 sys_wait4(upid: 1e, stat_addr: 7ff0, options: 1, ru: 0)
  p-10 sys_wait4 -> 0x0`;
    expect(await gaps(story(KILLED + born + waited), 20)).toEqual([
      'before_start: the fork of x 20 is not in the capture',
      'after_end: no wait is known to have reaped x 20',
    ]);
  });

  it('are events that were not enabled', async () => {
    expect(await gaps(story(KILLED), 20)).toEqual([
      'not_enabled: the fork of x 20 is not in the capture; sched_process_fork would show it',
      'not_enabled: no wait is known to have reaped x 20; sys_exit_wait4 would show it',
    ]);
  });

  it('are records that the kernel lost: which CPU, where and when', async () => {
    const lines = story(KILLED).replace('8/8', '7/10').split('\n');
    const at = lines.findIndex((line) => line.includes('signal_deliver'));
    lines.splice(at, 1, 'CPU:1 [LOST 3 EVENTS]');
    const said = await gaps(lines.join('\n'), 20);
    expect(said).toContain(
      `lost: how x 20 ended is not in the capture; CPU 1 lost 3 events before line ${at + 1}, after 1.000020 and before 1.000070`,
    );
    expect(said).toContain(`lost: 3 events of CPU 1 are lost at line ${at + 1}`);
  });

  it('are not told as lost where the loss lies elsewhere', async () => {
    const early = story(KILLED).split('\n');
    early.splice(6, 0, 'CPU:1 [LOST 3 EVENTS]');
    const born = early.map((line) => line.replace('sys_getpid -> 0x14', 'sys_wait4 -> 0x1'));
    const said = await gaps(born.join('\n'), 20);
    expect(said.filter((gap) => gap.includes('no wait is known to have reaped'))).toEqual([
      'not_shown: no wait is known to have reaped x 20',
    ]);
  });

  it('are told in one sentence where a CPU lost events again and again', async () => {
    const lines = story(KILLED).split('\n');
    for (const at of [11, 9, 6]) lines.splice(at, 0, 'CPU:1 [LOST 2 EVENTS]');
    expect((await gaps(lines.join('\n'), 20)).at(-1)).toBe(
      'lost: 6 events of CPU 1 are lost at 3 places, lines 7 to 14',
    );
  });

  it('are said to be nothing more where nobody knows what is missing', async () => {
    const uncounted = story(KILLED).replace(/^# entries.*\n/m, '');
    const fork =
      '  z-11 sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)\n  z-11 sys_clone -> 0x1f';
    const other = story(fork).split('\n').slice(4).join('\n');
    expect(await gaps(uncounted + other, 20)).toContain('not_shown: the fork of x 20 is not in the capture');
  });

  it('are 32-bit calls, which the kernel does not trace', async () => {
    const compat = KILLED.replace('  p-10 sys_kill(pid: 14, sig: 9)\n', '')
      .replace('  p-10 sys_kill -> 0x0\n', '   => __ia32_sys_kill\n   => do_int80_syscall_32\n')
      .concat(`\n  q-12 sys_kill(pid: 1, sig: 0)\n  q-12 sys_kill -> 0x0`);
    expect(await gaps(story(compat), 20)).toContain(
      'not_shown: the enter of the kill that sent SIGKILL (line 7) is not in the capture; it was a 32-bit call, which the kernel does not trace',
    );
  });

  it('are perhaps 32-bit calls, where the sender makes no call that the capture shows', async () => {
    const silent = KILLED.replace('  p-10 sys_kill(pid: 14, sig: 9)\n', '').replace('  p-10 sys_kill -> 0x0\n', '');
    expect(await gaps(story(silent), 20)).toContain(
      'not_shown: how SIGKILL (line 7) was sent is not in the capture; no system call of p 10 is, as of a 32-bit program, whose calls the kernel does not trace',
    );
  });
});
