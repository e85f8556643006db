import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const fork = (flags = '1200011'): string =>
  `sys_clone(clone_flags: ${flags}, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)`;
const WAIT = 'sys_wait4(upid: ffffffff, stat_addr: 7ff0, options: 0, ru: 0)';
const NO_CHILD = 'sys_wait4 -> 0xfffffffffffffff6';

const rows = async (records: string, sql: string): Promise<string[]> =>
  (await derived(story(records), sql)).map((row) => Object.values(row).map(String).join(' '));
const verdict = (records: string, pid: number): Promise<string[]> =>
  rows(records, `SELECT verdict, confidence FROM verdict WHERE pid = ${pid}`);
const steps = (records: string, pid: number): Promise<string[]> =>
  rows(
    records,
    `SELECT s.text, s.confidence FROM step s JOIN task t USING (task_id) WHERE t.pid = ${pid} ORDER BY event_id`,
  );

describe('a blocked signal that a signalfd takes', () => {
  const TAKEN = `
      d-20 1/..... sys_clone(clone_flags: 3d0f00, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
      d-20 1/..... sys_clone -> 0x15
      d-21 0/..... sys_clone -> 0x0
      d-21 0/..... sys_signalfd4(ufd: ffffffff, user_mask: 7ff0, sizemask: 8, flags: 80000)
      d-21 0/..... sys_signalfd4 -> 0x4
      d-21 0/..... sys_read(fd: 4, buf: 7ff0, count: 80)
      a-10 sys_kill(pid: 14, sig: f)
      a-10 signal_generate: sig=15 errno=0 code=0 comm=d pid=20 grp=1 res=0
      a-10 sys_kill -> 0x0`;
  const READ = `
      d-21 0/..... sys_read -> 0x80`;
  const LEAVES = `
      d-21 0/..... sys_exit_group(error_code: 0)
      d-20 1/d..1. signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
      d-20 1/..... sched_process_exit: comm=d pid=20 prio=120
      d-21 0/..... sched_process_exit: comm=d pid=21 prio=120`;

  it('has its sender and no delivery, also where the same signal is delivered later', async () => {
    const sql =
      'SELECT generate_event_id, sender_pid, cause, deliver_event_id, latency, disposition, taken_event_id FROM signal ORDER BY generate_event_id';
    expect(await rows(TAKEN + READ, sql)).toEqual(['8 10 kill null null null null']);
    expect(await steps(TAKEN + READ, 20)).toEqual([
      'SIGTERM is generated for d 20 by a 10 with kill(2) (the sender is inside kill) exact',
    ]);
    const again = `
      a-10 signal_generate: sig=15 errno=0 code=0 comm=d pid=20 grp=1 res=0
      d-20 1/d..1. signal_deliver: sig=15 errno=0 code=0 sa_handler=7ff0 sa_flags=0`;
    expect(await rows(TAKEN + READ + again, sql)).toEqual([
      '8 10 kill null null null null',
      '11 10 unknown 12 10000 handler null',
    ]);
  });

  it('did not kill a process that went on and exits by itself', async () => {
    expect(await verdict(TAKEN + READ + LEAVES, 20)).toEqual(['d 20 exited with code 0 exact']);
    const killers = 'SELECT count(killer_event_id) FROM task';
    expect(await rows(TAKEN + READ + LEAVES, killers)).toEqual(['0']);
  });

  it('may have killed where only the exit itself follows: that is unknown', async () => {
    expect(await verdict(TAKEN + LEAVES, 20)).toEqual(['d 20 ended, how is not in the capture exact']);
  });
});

describe('an orphan', () => {
  const records = `
      sup-10 sys_prctl(option: 24, arg2: 1, arg3: 0, arg4: 0, arg5: 0)
      sup-10 sys_prctl -> 0x0
      sup-10 ${fork()}
      sup-10 sys_clone -> 0x14
      m-20 1/..... sys_clone -> 0x0
      m-20 1/..... ${fork()}
      m-20 1/..... sys_clone -> 0x15
      d-21 1/..... sys_clone -> 0x0
      d-21 1/..... ${fork()}
      d-21 1/..... sys_clone -> 0x16
      e-22 1/..... sys_clone -> 0x0
      d-21 1/..... sys_exit_group(error_code: 0)
      d-21 1/..... sched_process_exit: comm=d pid=21 prio=120
      d-21 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=m pid=20 grp=1 res=0
      e-22 1/..... sys_exit_group(error_code: 3)
      e-22 1/..... sched_process_exit: comm=e pid=22 prio=120
      e-22 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=sup pid=10 grp=1 res=0
      sup-10 ${WAIT}
      sup-10 sys_wait4 -> 0x16`;

  it('is reaped by a subreaper above its parent, which is not init', async () => {
    expect(await verdict(records, 22)).toEqual([
      'e 22 exited with code 3; it was a zombie for 20 us until sup 10, which had inherited it, reaped it with wait4 exact',
    ]);
    expect(await steps(records, 22)).toContain('d 21, the parent of e 22, ends before it; sup 10 inherits it inferred');
  });

  it('went to whoever is handed its pid, where the end of its parent is not in the capture: inferred', async () => {
    const cut = records.split('\n').filter((line) => !/d-21 .*(exit|signal_generate)/.test(line));
    const global = `
      sup-10 sys_gettid()
      sup-10 sys_gettid -> 0xa${cut.join('\n')}`;
    expect(await verdict(global, 22)).toEqual([
      'e 22 exited with code 3; sup 10 reaped it with wait4, 30 us after it exited inferred',
    ]);
    const busy = `${global}
      d-21 1/..... sys_gettid()
      d-21 1/..... sys_gettid -> 0x15`;
    expect(await verdict(busy, 22)).toEqual([expect.not.stringContaining('reaped it')]);
  });

  it('is no orphan as long as the end of its parent is not in the capture', async () => {
    const cut = records.split('\n').filter((line) => !/d-21 .*(exit|signal_generate)/.test(line));
    expect(await verdict(cut.join('\n'), 22)).toEqual(['e 22 exited with code 3 exact']);
    expect((await steps(cut.join('\n'), 22)).filter((text) => text.includes('inherit'))).toEqual([]);
  });
});

describe('kill of a shell, which is no program of its own', () => {
  it('comes from the shell, with kill(2), to its own child or the process group of a job', async () => {
    for (const pid of ['14', 'ffffffec']) {
      const records = `
      bash-10 ${fork()}
      bash-10 sys_clone -> 0x14
      bash-20 1/..... sys_clone -> 0x0
      bash-10 sys_kill(pid: ${pid}, sig: f)
      bash-10 signal_generate: sig=15 errno=0 code=0 comm=bash pid=20 grp=1 res=0
      bash-10 sys_kill -> 0x0
      bash-20 1/d..1. signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
      bash-20 1/..... sched_process_exit: comm=bash pid=20 prio=120
      bash-20 1/d..2. signal_generate: sig=17 errno=0 code=2 comm=bash pid=10 grp=1 res=0`;
      const sql = 'SELECT sender_pid, sender_comm, target_pid, cause, confidence FROM signal WHERE sig = 15';
      expect(await rows(records, sql)).toEqual(['10 bash 20 kill exact']);
      expect(await verdict(records, 20)).toEqual(['bash 20 was killed by SIGTERM sent by bash 10 with kill(2) exact']);
    }
  });
});

describe('a child that no wait reaped', () => {
  const child = (flags: string, told: string, wait: string): string => `
      p-10 sys_rt_sigaction(sig: 11, act: 7ff0, oact: 0, sigsetsize: 8)
      p-10 sys_rt_sigaction -> 0x0
      p-10 ${fork(flags)}
      p-10 sys_clone -> 0x14
      c-20 1/..... sys_clone -> 0x0
      c-20 1/..... sys_exit_group(error_code: 4)
      c-20 1/..... sched_process_exit: comm=c pid=20 prio=120
      ${told}
      p-10 ${wait}
      p-10 ${NO_CHILD}`;
  const tells = (res: number): string =>
    `c-20 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=p pid=10 grp=1 res=${res}`;
  const BY_ITSELF =
    'c 20 exited with code 4; it was reaped without a wait in the capture, as where the parent ignores SIGCHLD or sets SA_NOCLDWAIT: ' +
    'wait4 of p 10 finds no child (ECHILD) inferred';

  it('was reaped by the kernel when its parent then has none: SIG_IGN tells nobody, SA_NOCLDWAIT tells the parent', async () => {
    expect(await verdict(child('1200011', '', WAIT), 20)).toEqual([BY_ITSELF]);
    expect(await verdict(child('1200011', '', WAIT.replace('ffffffff', '14')), 20)).toEqual([BY_ITSELF]);
    expect(await verdict(child('1200011', tells(0), WAIT), 20)).toEqual([BY_ITSELF]);
    expect(await verdict(child('1200011', tells(1), WAIT), 20)).toEqual([BY_ITSELF]);
  });

  it('is told by waitid as well, when it waits for ends', async () => {
    const waitid = (which: number, upid: string, options: string): string =>
      child(
        '1200011',
        '',
        `sys_waitid(which: ${which}, upid: ${upid}, infop: 7ff0, options: ${options}, ru: 0)`,
      ).replace(NO_CHILD, 'sys_waitid -> 0xfffffffffffffff6');
    const told = [BY_ITSELF.replace('wait4', 'waitid')];
    expect(await verdict(waitid(0, '0', '4'), 20)).toEqual(told);
    expect(await verdict(waitid(1, '14', '4'), 20)).toEqual(told);
    expect(await verdict(waitid(1, '15', '4'), 20)).toEqual(['c 20 exited with code 4 exact']);
    expect(await verdict(waitid(0, '0', '2'), 20)).toEqual(['c 20 exited with code 4 exact']);
  });

  it('was reaped by the kernel when it is freed and no wait returned that may have been for it', async () => {
    const freed = (wait: string): string =>
      `${child('1200011', tells(0), wait).replace(NO_CHILD, `${wait.replace(/\(.*/, '')} -> 0x0`)}
      <idle>-0 0/..s1. sched_process_free: comm=c pid=20 prio=120`;
    const verdicts = await verdict(freed('sys_wait4(upid: 15, stat_addr: 7ff0, options: 1, ru: 0)'), 20);
    expect(verdicts).toEqual([
      'c 20 exited with code 4; it was reaped without a wait in the capture, as where the parent ignores SIGCHLD or sets SA_NOCLDWAIT: ' +
        'the kernel frees it 40 us after its end inferred',
    ]);
    const open = freed('sys_waitid(which: 0, upid: 0, infop: 7ff0, options: 4, ru: 0)');
    expect(await verdict(open, 20)).toEqual([expect.not.stringContaining('without a wait')]);
  });

  it('ignored SIGCHLD when one child tells it nothing, while another tells its own parent', async () => {
    const records = (flags: string): string => `
      p-10 ${fork()}
      p-10 sys_clone -> 0x1e
      q-30 1/..... sys_clone -> 0x0
      q-30 1/..... ${fork(flags)}
      q-30 1/..... sys_clone -> 0x1f
      c-31 0/..... sys_clone -> 0x0
      c-31 0/..... sys_exit_group(error_code: 4)
      c-31 0/..... sched_process_exit: comm=c pid=31 prio=120
      +200ms
      q-30 1/..... sys_exit_group(error_code: 0)
      q-30 1/..... sched_process_exit: comm=q pid=30 prio=120
      q-30 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=p pid=10 grp=1 res=0
      p-10 sys_gettid()
      p-10 sys_gettid -> 0xa`;
    expect(await verdict(records('1200011'), 31)).toEqual([
      'c 31 exited with code 4; it told no parent with SIGCHLD, so q 30 ignores SIGCHLD and the kernel reaped it at once inferred',
    ]);
    expect(await verdict(records('1200000'), 31)).toEqual(['c 31 exited with code 4 exact']);
  });

  it('may be there where the wait asks for another child, or sees no children of its kind', async () => {
    const other = child('1200011', '', WAIT.replace('ffffffff', '15'));
    expect(await verdict(other, 20)).toEqual(['c 20 exited with code 4 exact']);
    expect(await verdict(child('1200000', '', WAIT), 20)).toEqual(['c 20 exited with code 4 exact']);
    expect(await verdict(child('1208011', '', WAIT), 20)).toEqual(['c 20 exited with code 4 exact']);
  });

  it('is not gone because its SIGCHLD was ignored for want of a handler', async () => {
    const told = child('1200011', tells(1), '').split('\n').slice(0, -2).join('\n');
    const waits = `
      p-10 sys_wait4(upid: 15, stat_addr: 7ff0, options: 0, ru: 0)
      p-10 ${NO_CHILD}`;
    expect(await verdict(told + waits, 20)).toEqual([
      'c 20 exited with code 4; no wait is known to have reaped it exact',
    ]);
    expect(await steps(told + waits, 10)).toContain(
      'SIGCHLD (CLD_EXITED) is generated for p 10 because c 20 ended; p 10 has no handler, so nothing is delivered exact',
    );
  });
});
