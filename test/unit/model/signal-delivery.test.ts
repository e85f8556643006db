import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const THREAD = 'sys_clone(clone_flags: 3d0f00, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const generate = (sig: number, code: number, pid: number, grp = 1, res = 0): string =>
  `signal_generate: sig=${sig} errno=0 code=${code} comm=x pid=${pid} grp=${grp} res=${res}`;
const deliver = (sig: number, code: number, handler = '7ff0'): string =>
  `signal_deliver: sig=${sig} errno=0 code=${code} sa_handler=${handler} sa_flags=0`;

/** generate event, deliver event (both numbered from 1 in the order of the records) and what was asked for. */
const told = async (records: string, columns: string): Promise<string[]> => {
  const sql = `SELECT generate_event_id AS g, deliver_event_id AS d, ${columns} FROM signal ORDER BY coalesce(generate_event_id, deliver_event_id)`;
  return (await derived(story(records), sql)).map((row) => Object.values(row).map(String).join(' '));
};

describe('delivery of signals', () => {
  it('goes to any thread of the process when it was sent to the process, and is timed', async () => {
    const records = `
      main-20 ${THREAD}
      main-20 sys_clone -> 0x15
      main-21 1/..... sys_clone -> 0x0
      a-10 sys_kill(pid: 14, sig: a)
      a-10 ${generate(10, 0, 20)}
      a-10 sys_kill -> 0x0
      main-21 1/d..1. ${deliver(10, 0)}
      main-21 1/..... sys_rt_sigreturn()`;
    expect(await told(records, 'target_pid, receiver_pid, disposition, latency')).toEqual(['5 7 20 21 handler 20000']);
  });

  it('keeps one of several standard signals, and real-time signals in order', async () => {
    const records = `
      a-10 ${generate(12, 0, 20)}
      a-10 ${generate(12, 0, 20, 1, 2)}
      a-10 ${generate(34, -1, 20)}
      a-10 ${generate(34, -1, 20)}
      b-20 1/d..1. ${deliver(12, 0)}
      b-20 1/d..1. ${deliver(34, -1)}
      b-20 1/d..1. ${deliver(34, -1)}`;
    expect(await told(records, 'result')).toEqual([
      '1 5 delivered',
      '2 null already_pending',
      '3 6 delivered',
      '4 7 delivered',
    ]);
  });

  it('does not happen to what is ignored, overflows or is pending when the capture ends', async () => {
    const records = `
      a-10 ${generate(10, 0, 20, 1, 1)}
      a-10 ${generate(34, -1, 20, 1, 3)}
      a-10 ${generate(12, 0, 20)}
      b-20 1/..... sys_getpid()
      b-20 1/..... sys_getpid -> 0x14`;
    expect(await told(records, 'result')).toEqual(['1 null ignored', '2 null overflow_fail', '3 null delivered']);
  });

  it('comes late when the signal was blocked', async () => {
    const records = `
      b-20 1/..... sys_rt_sigprocmask(how: 0, nset: 7ff0, oset: 0, sigsetsize: 8)
      b-20 1/..... sys_rt_sigprocmask -> 0x0
      a-10 ${generate(12, 0, 20)}
      +150ms
      b-20 1/..... sys_rt_sigprocmask(how: 1, nset: 7ff0, oset: 0, sigsetsize: 8)
      b-20 1/..... sys_rt_sigprocmask -> 0x0
      b-20 1/d..1. ${deliver(12, 0)}`;
    expect(await told(records, 'latency')).toEqual(['3 6 150030000']);
  });

  it('is no delivery when sigwaitinfo takes the signal', async () => {
    const records = `
      b-20 1/..... sys_rt_sigtimedwait(uthese: 7ff0, uinfo: 7ff8, uts: 0, sigsetsize: 8)
      a-10 ${generate(10, 0, 20)}
      b-20 1/..... sys_rt_sigtimedwait -> 0xa
      a-10 ${generate(12, 0, 20)}
      b-20 1/..... sys_rt_sigtimedwait(uthese: 7ff0, uinfo: 7ff8, uts: 0, sigsetsize: 8)
      b-20 1/..... sys_rt_sigtimedwait -> 0xfffffffffffffff5`;
    expect(await told(records, 'taken_event_id AS taken')).toEqual(['2 null 3', '4 null null']);
  });

  it('turns a fatal signal into SIGKILL for every thread, and siblings take it without a generate', async () => {
    const records = `
      main-20 ${THREAD}
      main-20 sys_clone -> 0x15
      main-21 1/..... sys_clone -> 0x0
      a-10 sys_kill(pid: 14, sig: f)
      a-10 ${generate(15, 0, 20)}
      a-10 sys_kill -> 0x0
      main-20 0/d..1. ${deliver(9, 0, '0')}
      main-21 1/d..1. ${deliver(9, 0, '0')}`;
    expect(await told(records, 'sig, delivered_sig, receiver_pid, cause')).toEqual([
      '5 7 15 9 20 kill',
      'null 8 9 9 21 unknown',
    ]);
  });

  it('leaves out what a tracer took away, and shows what it put in its place', async () => {
    const records = `
      a-10 ${generate(12, 0, 20)}
      b-20 1/d..1. ${generate(17, 4, 10)}
      a-10 sys_ptrace(request: 7, pid: 14, addr: 0, data: a)
      a-10 sys_ptrace -> 0x0
      b-20 1/d..1. ${deliver(10, 0)}`;
    expect(await told(records, 'sig, cause, delivered_sig')).toEqual([
      '1 null 12 unknown null',
      '2 null 17 child_stop null',
      'null 5 10 unknown 10',
    ]);
  });
});

describe('a handler', () => {
  it('runs until rt_sigreturn, one inside another', async () => {
    const records = `
      a-10 ${generate(10, 0, 20)}
      b-20 1/d..1. ${deliver(10, 0)}
      a-10 ${generate(12, 0, 20)}
      b-20 1/d..1. ${deliver(12, 0)}
      b-20 1/..... sys_getpid()
      b-20 1/..... sys_getpid -> 0x14
      b-20 1/..... sys_rt_sigreturn()
      b-20 1/..... sys_rt_sigreturn()`;
    expect(await told(records, 'handler_return_event_id AS h, handler_dur')).toEqual(['1 2 8 60000', '3 4 7 30000']);
  });

  it('has no end that the capture does not show', async () => {
    const records = `
      b-20 1/d..1. ${deliver(10, 0)}
      b-20 1/d..1. ${deliver(12, 0)}
      b-20 1/..... sys_rt_sigreturn()
      b-20 1/d..1. ${deliver(9, 0, '0')}
      b-20 1/..... sched_process_exit: comm=b pid=20 prio=120`;
    expect(await told(records, 'handler_return_event_id AS h')).toEqual(['null 1 null', 'null 2 3', 'null 4 null']);
  });
});
