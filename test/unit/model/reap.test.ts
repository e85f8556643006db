import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const FORK = 'sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
/** Parent 10 forks the child with this pid, which exits with code 0. */
const born = (pid: number, parent = 10): string => `
      p-${parent} ${FORK}
      p-${parent} sys_clone -> 0x${pid.toString(16)}
      c-${pid} 1/..... sys_clone -> 0x0`;
const dies = (pid: number, parent = 10, res = 0): string => `
      c-${pid} 1/..... sys_exit_group(error_code: 0)
      c-${pid} 1/..... sched_process_exit: comm=c pid=${pid} prio=120
      c-${pid} 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=p pid=${parent} grp=1 res=${res}`;
const WAIT = 'sys_wait4(upid: ffffffff, stat_addr: 7ff0, options: 0, ru: 0)';

const reaped = async (records: string): Promise<string[]> => {
  const sql = `SELECT t.pid, r.pid AS reaper, t.reap_confidence, t.zombie_dur FROM task t LEFT JOIN task r ON r.task_id = t.reaper_task_id
    WHERE t.pid >= 20 ORDER BY t.pid, t.task_id`;
  return (await derived(story(records), sql)).map((row) => Object.values(row).map(String).join(' '));
};

describe('who reaped a child', () => {
  it('is the caller of wait4 that returns its pid, entered before or after the exit', async () => {
    expect(
      await reaped(`${born(20)}
      p-10 ${WAIT}
      ${dies(20)}
      p-10 sys_wait4 -> 0x14
      ${born(21)}
      ${dies(21)}
      +5ms
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x15`),
    ).toEqual(['20 10 exact 10000', '21 10 exact 5020000']);
  });

  it('is found behind polls with WNOHANG, which reap nothing', async () => {
    const records = `${born(20)}
      p-10 sys_wait4(upid: 14, stat_addr: 7ff0, options: 1, ru: 0)
      p-10 sys_wait4 -> 0x0
      ${dies(20)}
      p-10 sys_wait4(upid: 14, stat_addr: 7ff0, options: 1, ru: 0)
      p-10 sys_wait4 -> 0x14
      p-10 sys_wait4(upid: ffffffff, stat_addr: 7ff0, options: 1, ru: 0)
      p-10 sys_wait4 -> 0xfffffffffffffff6`;
    expect(await reaped(records)).toEqual(['20 10 exact 20000']);
    const waits = 'SELECT ret, reaped FROM wait ORDER BY enter_event_id';
    expect(await derived(story(records), waits)).toEqual([
      { ret: 0, reaped: false },
      { ret: 20, reaped: true },
      { ret: -10, reaped: false },
    ]);
  });

  it('is not the caller of a waitid with WNOWAIT, but of the next one', async () => {
    const records = `${born(20)}
      ${dies(20)}
      p-10 sys_waitid(which: 1, upid: 14, infop: 7ff0, options: 1000004, ru: 0)
      p-10 sys_waitid -> 0x0
      p-10 sys_waitid(which: 1, upid: 14, infop: 7ff0, options: 4, ru: 0)
      p-10 sys_waitid -> 0x0`;
    expect(await reaped(records)).toEqual(['20 10 exact 40000']);
    const waits = 'SELECT reaped FROM wait ORDER BY enter_event_id';
    expect(await derived(story(records), waits)).toEqual([{ reaped: false }, { reaped: true }]);
  });

  it('is the parent although SIGCHLD is ignored for want of a handler', async () => {
    expect(
      await reaped(`${born(20)}
      ${dies(20, 10, 1)}
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x14`),
    ).toEqual(['20 10 exact 20000']);
  });

  it('is nobody when the kernel reaps by itself: a wait finds no child', async () => {
    expect(
      await reaped(`
      p-10 sys_rt_sigaction(sig: 11, act: 7ff0, oact: 0, sigsetsize: 8)
      p-10 sys_rt_sigaction -> 0x0
      ${born(20)}
      p-10 ${WAIT}
      ${dies(20, 10, 1)}
      p-10 sys_wait4 -> 0xfffffffffffffff6`),
    ).toEqual(['20 null null null']);
  });

  it('is init or a subreaper for an orphan, and init for a daemon that forked twice', async () => {
    expect(
      await reaped(`${born(20)}
      ${born(21, 20).replaceAll('p-20 ', 'c-20 1/..... ')}
      ${dies(20)}
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x14
      ${dies(21, 1)}
      init-1 ${WAIT}
      init-1 sys_wait4 -> 0x15`),
    ).toEqual(['20 10 exact 20000', '21 1 exact 20000']);
  });

  it('is nobody yet for a zombie whose parent does not wait', async () => {
    expect(
      await reaped(`${born(20)}
      ${dies(20)}
      +50ms
      p-10 sys_getpid()
      p-10 sys_getpid -> 0xa`),
    ).toEqual(['20 null null null']);
  });

  it('is not who hears of a stop or a continuation', async () => {
    const records = `${born(20)}
      p-10 sys_wait4(upid: 14, stat_addr: 7ff0, options: 2, ru: 0)
      c-20 1/d..1. signal_generate: sig=17 errno=0 code=5 comm=p pid=10 grp=1 res=0
      p-10 sys_wait4 -> 0x14
      c-20 1/..... sys_getpid()
      c-20 1/..... sys_getpid -> 0x14
      ${dies(20)}
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x14`;
    expect(await reaped(records)).toEqual(['20 10 exact 20000']);
    const waits = 'SELECT reaped FROM wait ORDER BY enter_event_id';
    expect(await derived(story(records), waits)).toEqual([{ reaped: false }, { reaped: true }]);
  });
});
