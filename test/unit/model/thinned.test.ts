import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

/** Lines were taken out and the header counts what is left, so nothing but the lines themselves can tell. */
const rows = async (records: string, sql: string): Promise<string[]> =>
  (await derived(story(records), sql)).map((row) => Object.values(row).map(String).join(' '));

const FORK = 'sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const WAIT = 'sys_wait4(upid: ffffffff, stat_addr: 7ff0, options: 0, ru: 0)';
const generate = (sig: number, code: number, pid: number, res = 0): string =>
  `signal_generate: sig=${sig} errno=0 code=${code} comm=x pid=${pid} grp=1 res=${res}`;
const fatal = 'signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0';
const handled = (sig: number): string => `signal_deliver: sig=${sig} errno=0 code=0 sa_handler=7ff0 sa_flags=0`;

describe('an enter and a return of wait4 around missing lines', () => {
  const WAITS = 'SELECT enter_event_id, exit_event_id, ret FROM wait ORDER BY coalesce(enter_event_id, exit_event_id)';
  const apart = ['7 null null', 'null 8 21'];
  const born = `
      p-10 sys_gettid()
      p-10 sys_gettid -> 0xa
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      c-20 1/..... sys_clone -> 0x0
      c-20 1/..... sys_exit_group(error_code: 0)
      p-10 ${WAIT}`;

  it('are of two calls when the birth of the child is missing between them', async () => {
    const records = `${born}
      +50ms
      p-10 sys_wait4 -> 0x15`;
    expect(await rows(records, WAITS)).toEqual(apart);
  });

  it('are of two calls when no child ended in a long wait that finds none', async () => {
    const records = `${born}
      +50ms
      p-10 sys_wait4 -> 0xfffffffffffffff6`;
    expect(await rows(records, WAITS)).toEqual(['7 null null', 'null 8 -10']);
  });

  it('are of two calls when the end of the child is missing, where the ends of others are shown', async () => {
    const records = (end: string): string => `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      c-20 1/..... sys_clone -> 0x0
      p-10 ${FORK}
      p-10 sys_clone -> 0x15
      d-21 1/..... sys_clone -> 0x0
      p-10 ${WAIT}
      d-21 1/..... sched_process_exit: comm=d pid=${end} prio=120
      +50ms
      p-10 sys_wait4 -> 0x15`;
    expect(await rows(records('20'), WAITS)).toEqual(['7 null null', 'null 9 21']);
    expect(await rows(records('21'), WAITS)).toEqual(['7 9 21']);
  });

  it('are of one call when the child was there before the capture, or the wait was short', async () => {
    const old = `
      c-21 1/..... sys_gettid()
      c-21 1/..... sys_gettid -> 0x15${born}
      +50ms
      p-10 sys_wait4 -> 0x15`;
    expect(await rows(old, WAITS)).toEqual(['9 10 21']);
    expect(await rows(`${born}\n      p-10 sys_wait4 -> 0x15`, WAITS)).toEqual(['7 8 21']);
  });
});

describe('signals without any other event', () => {
  const deaths = (records: string): Promise<string[]> =>
    rows(records, 'SELECT pid, death, exit_signal FROM task WHERE pid >= 20 ORDER BY pid');
  const TOLD = `
      a-20 ${handled(10)}
      a-20 d..2. ${generate(17, 1, 10, 1)}`.replace('d..2.', '0/d..2.');

  it('tell an exit, as long as nothing says that lines are missing', async () => {
    expect(
      await deaths(`
      p-10 ${generate(10, 0, 20)}${TOLD}`),
    ).toEqual(['20 exited null']);
  });

  it('do not tell an exit where deliveries are not recorded: a thread may have spoken for its process', async () => {
    expect(await deaths(TOLD.split('\n').slice(2).join('\n'))).toEqual(['20 unknown null']);
  });

  it('do not tell an exit where a delivery has lost its signal_generate', async () => {
    const twice = `
      p-10 ${generate(10, 0, 20)}
      a-20 ${handled(10)}${TOLD}`;
    expect(await deaths(twice)).toEqual(['20 unknown null']);
    // One that was pending when the capture began is none of these.
    const before = `
      a-20 ${handled(10)}
      p-10 ${generate(10, 0, 20)}${TOLD}`;
    expect(await deaths(before)).toEqual(['20 exited null']);
  });

  it('do not tell an exit where others die of signals that were not delivered', async () => {
    const dies = (pid: number): string => `
      b-${pid} 1/d..2. ${generate(17, 2, 10, 1)}`;
    const sent = `
      p-10 ${generate(10, 0, 20)}`;
    expect(await deaths(sent + dies(30) + dies(31) + TOLD)).toContain('20 unknown null');
    // One may have broken the rules of seccomp.
    expect(await deaths(sent + dies(30) + TOLD)).toContain('20 exited null');
  });
});

describe('who told whom', () => {
  it('is not the end of the task itself when it is init that hears of it and lines are missing', async () => {
    const records = (missing: string): string => `
      a-20 sys_gettid()
      a-20 sys_gettid -> 0x14
      a-20 sys_read(fd: 3, buf: 7ff0, count: 1)${missing}
      a-20 sys_exit_group(error_code: 0)
      a-20 0/d..2. ${generate(17, 1, 1)}`;
    const notified = 'SELECT notify_event_id IS NOT NULL FROM task WHERE pid = 20';
    expect(await rows(records('\n      a-20 sys_read -> 0x1'), notified)).toEqual(['true']);
    expect(
      await rows(records('\n      a-20 sys_read(fd: 3, buf: 7ff0, count: 1)\n      a-20 sys_read -> 0x1'), notified),
    ).toEqual(['false']);
  });

  it('leads to the reap from the end of the process, not from a delivery to one of its threads', async () => {
    const records = `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      c-20 1/..... sys_clone -> 0x0
      c-20 1/..... sys_clone(clone_flags: 3d0f00, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
      c-20 1/..... sys_clone -> 0x15
      c-21 0/..... sys_clone -> 0x0
      c-21 0/d..1. ${fatal}
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x14`;
    const links = "SELECT from_event_id, to_event_id FROM link WHERE kind = 'reap'";
    expect(await rows(records, links)).toEqual([]);
    const exits = records.replace(`c-21 0/d..1. ${fatal}`, 'c-20 1/..... sys_exit_group(error_code: 0)');
    expect(await rows(exits, links)).toEqual(['7 9']);
  });
});

describe('a delivery where lines are missing', () => {
  const delivered = (records: string): Promise<string[]> =>
    rows(
      records,
      'SELECT generate_event_id, deliver_event_id FROM signal WHERE sig = 10 AND generate_event_id IS NOT NULL ORDER BY 1',
    );
  const torn = `
      a-20 sys_read(fd: 3, buf: 7ff0, count: 1)
      a-20 sys_write(fd: 3, buf: 7ff0, count: 1)
      a-20 sys_write -> 0x1
      a-20 sys_read(fd: 3, buf: 7ff0, count: 1)
      a-20 sys_read -> 0x1`;

  it('belongs to the signal just before it', async () => {
    const records = `${torn}
      p-10 1/d..1. ${generate(10, 0, 20)}
      +200us
      a-20 0/d..1. ${handled(10)}`;
    expect(await delivered(records)).toEqual(['6 7']);
  });

  it('belongs to none where that signal comes again and again within such times', async () => {
    const records = `${torn}
      p-10 1/d..1. ${generate(10, 0, 20)}
      +100us
      p-10 1/d..1. ${generate(10, 0, 20)}
      +200us
      a-20 0/d..1. ${handled(10)}`;
    expect(await delivered(records)).toEqual(['6 null', '7 null']);
  });
});

describe('a call that asked for another signal', () => {
  it('is not the one that sent this, although the stack says kill', async () => {
    const records = (sig: string): string => `
      p-10 sys_kill(pid: 14, sig: ${sig})
      p-10 ${generate(10, 0, 20)}
       => __x64_sys_kill
      p-10 sys_kill -> 0x0`;
    const call = 'SELECT cause, syscall_event_id FROM signal';
    expect(await rows(records('a'), call)).toEqual(['kill 1']);
    expect(await rows(records('f'), call)).toEqual(['kill null']);
  });
});

describe('the pid that a thread takes over by execve', () => {
  it('runs before the event of the exec is written: no line is missing', async () => {
    const switched = (pid: number, next: number): string =>
      `sched_switch: prev_comm=x prev_pid=${pid} prev_prio=120 prev_state=R ==> next_comm=x next_pid=${next} next_prio=120`;
    const records = (old: number): string => `
      x-20 ${switched(20, 21)}
      x-21 sys_execve(filename: 55f0, argv: 55f1, envp: 55f2)
      x-20 ${switched(20, 30)}
      y-30 ${switched(30, 20)}
      x-20 sched_process_exec: filename=/bin/y pid=20 old_pid=${old}
      x-20 sys_execve -> 0x0`;
    const complete = 'SELECT complete_from_event_id FROM coverage';
    expect(await rows(records(21), complete)).toEqual(['1']);
    expect(await rows(records(20), complete)).toEqual(['null']);
  });
});
