import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const FORK = 'sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const THREAD = 'sys_clone(clone_flags: 3d0f00, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const WAIT = 'sys_wait4(upid: ffffffff, stat_addr: 7ff0, options: 0, ru: 0)';

describe('who is who', () => {
  it('tells the lives of one pid apart', async () => {
    const life = (code: number): string => `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      reuse-20 1/..... sys_clone -> 0x0
      reuse-20 1/..... sys_exit_group(error_code: ${code.toString(16)})
      reuse-20 1/..... sched_process_exit: comm=reuse pid=20 prio=120
      reuse-20 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=p pid=10 grp=1 res=0
      p-10 ${WAIT}
      p-10 sys_wait4 -> 0x14`;
    const codes = Array.from({ length: 40 }, (_, index) => index);
    const rows = await derived(
      story(codes.map(life).join('')),
      'SELECT exit_code, r.pid AS reaper FROM (SELECT * FROM task WHERE pid = 20) t JOIN (SELECT task_id, pid FROM task) r ON r.task_id = t.reaper_task_id ORDER BY t.task_id',
    );
    expect(rows).toEqual(codes.map((code) => ({ exit_code: code, reaper: 10 })));
  });

  it('puts threads into their process, by clone flags or by the TGID that getpid returns', async () => {
    const records = `
      p-20 ${THREAD}
      p-20 sys_clone -> 0x15
      p-21 1/..... sys_clone -> 0x0
      q-30 sys_gettid()
      q-30 sys_gettid -> 0x1e
      q-30 sys_getpid()
      q-30 sys_getpid -> 0x1d`;
    expect(
      await derived(story(records), 'SELECT pid, tgid, thread FROM task WHERE pid IN (21, 30) ORDER BY pid'),
    ).toEqual([
      { pid: 21, tgid: 20, thread: true },
      { pid: 30, tgid: 29, thread: true },
    ]);
  });

  it('takes names from exec, rename and exit, not from the saved one in front of the line', async () => {
    const records = `
      late-10 ${FORK}
      late-10 sys_clone -> 0x14
      later-20 1/..... sys_clone -> 0x0
      later-20 1/..... sched_process_exec: filename=/bin/a.out pid=20 old_pid=20
      later-20 1/..... task_rename: pid=20 oldcomm=a.out newcomm=b.out oom_score_adj=0
      later-20 1/..... sched_process_exit: comm=b.out pid=20 prio=120
      <...>-11 sys_getpid()
      <...>-11 sys_getpid -> 0xb`;
    expect(await derived(story(records), 'SELECT pid, comm FROM task WHERE pid IN (11, 20) ORDER BY pid')).toEqual([
      { pid: 11, comm: null },
      { pid: 20, comm: 'b.out' },
    ]);
  });

  it('matches pids of a namespace by order and parent, and says that it is inferred', async () => {
    const records = `
      ns-40 sys_getpid()
      ns-40 sys_getpid -> 0x1
      ns-40 sys_gettid()
      ns-40 sys_gettid -> 0x1
      ns-40 ${FORK}
      ns-40 sched_process_fork: comm=ns pid=40 child_comm=ns child_pid=41
      ns-40 sys_clone -> 0x2
      ns-41 1/..... sys_clone -> 0x0
      ns-41 1/..... sys_exit_group(error_code: 0)
      ns-41 1/..... sched_process_exit: comm=ns pid=41 prio=120
      ns-41 1/d..1. signal_generate: sig=17 errno=0 code=1 comm=ns pid=40 grp=1 res=0
      ns-40 ${WAIT}
      ns-40 sys_wait4 -> 0x2
      two-2 sys_getpid()
      two-2 sys_getpid -> 0x2`;
    const sql = `SELECT t.pid, p.pid AS parent, r.pid AS reaper, t.reap_confidence AS confidence FROM task t
      LEFT JOIN task p ON p.task_id = t.parent_task_id LEFT JOIN task r ON r.task_id = t.reaper_task_id WHERE t.pid IN (2, 41) ORDER BY t.pid`;
    expect(await derived(story(records), sql)).toEqual([
      { pid: 2, parent: null, reaper: null, confidence: null },
      { pid: 41, parent: 40, reaper: 40, confidence: 'inferred' },
    ]);
  });
});
