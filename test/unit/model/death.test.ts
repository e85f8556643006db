import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const FORK = 'sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const THREAD = 'sys_clone(clone_flags: 3d0f00, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)';
const chld = (code: number, parent: number, sig = 17): string =>
  `signal_generate: sig=${sig} errno=0 code=${code} comm=p pid=${parent} grp=1 res=0`;
const exit = (pid: number): string => `sched_process_exit: comm=x pid=${pid} prio=120`;
const fatal = (sig: number, code = 0): string =>
  `signal_deliver: sig=${sig} errno=0 code=${code} sa_handler=0 sa_flags=0`;
const sent = (sig: number, code: number, pid: number, grp = 1): string =>
  `signal_generate: sig=${sig} errno=0 code=${code} comm=x pid=${pid} grp=${grp} res=0`;

const ends = async (records: string, pids: string): Promise<string[]> => {
  const sql = `SELECT pid, death, exit_code, exit_signal, core_dumped FROM task WHERE pid IN (${pids}) ORDER BY pid, task_id`;
  return (await derived(story(records), sql)).map((row) => Object.values(row).map(String).join(' '));
};

describe('how a process ended', () => {
  it('is its exit code, its signal, or its core', async () => {
    const records = `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      x-20 1/..... sys_clone -> 0x0
      x-20 1/..... sys_exit_group(error_code: 7)
      x-20 1/..... ${exit(20)}
      x-20 1/d..1. ${chld(1, 10)}
      p-10 ${FORK}
      p-10 sys_clone -> 0x15
      x-21 1/..... sys_clone -> 0x0
      p-10 sys_kill(pid: 15, sig: f)
      p-10 ${sent(15, 0, 21)}
      p-10 sys_kill -> 0x0
      x-21 1/d..1. ${fatal(9)}
      x-21 1/..... ${exit(21)}
      x-21 1/d..1. ${chld(2, 10)}
      p-10 ${FORK}
      p-10 sys_clone -> 0x16
      x-22 1/..... sys_clone -> 0x0
      x-22 1/d..1. ${sent(11, 1, 22, 0)}
      x-22 1/d..1. ${fatal(11, 1)}
      x-22 1/..... ${exit(22)}
      x-22 1/d..1. ${chld(3, 10)}`;
    expect(await ends(records, '20, 21, 22')).toEqual([
      '20 exited 7 null null',
      '21 killed null 15 false',
      '22 dumped null 11 true',
    ]);
  });

  it('is what a thread makes of it: exit_group from a thread, or the signal that comes to a zombie leader', async () => {
    const records = `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      x-20 1/..... sys_clone -> 0x0
      x-20 1/..... ${THREAD}
      x-20 1/..... sys_clone -> 0x15
      x-21 sys_clone -> 0x0
      x-21 sys_exit_group(error_code: 5)
      x-20 1/d..1. ${fatal(9)}
      x-21 ${exit(21)}
      x-20 1/..... ${exit(20)}
      x-20 1/d..1. ${chld(1, 10)}
      p-10 ${FORK}
      p-10 sys_clone -> 0x16
      x-22 1/..... sys_clone -> 0x0
      x-22 1/..... ${THREAD}
      x-22 1/..... sys_clone -> 0x17
      x-23 sys_clone -> 0x0
      x-22 1/..... sys_exit(error_code: 0)
      x-22 1/..... ${exit(22)}
      p-10 sys_kill(pid: 16, sig: 9)
      p-10 ${sent(9, 0, 22)}
      p-10 sys_kill -> 0x0
      x-23 1/d..1. ${fatal(9)}
      x-23 1/..... ${exit(23)}
      x-23 1/d..1. ${chld(1, 10)}`;
    expect(await ends(records, '20, 21, 22, 23')).toEqual([
      '20 exited 5 null null',
      '21 exited 5 null null',
      '22 killed null 9 null',
      '23 killed null 9 null',
    ]);
  });

  it('is none when another thread of the process execs', async () => {
    const records = `
      p-10 ${FORK}
      p-10 sys_clone -> 0x14
      x-20 1/..... sys_clone -> 0x0
      x-20 1/..... ${THREAD}
      x-20 1/..... sys_clone -> 0x15
      x-21 sys_clone -> 0x0
      x-21 sys_execve(filename: 55f0, argv: 55f1, envp: 55f2)
      x-20 1/d..1. ${fatal(9)}
      x-20 1/..... ${exit(20)}
      y-20 sched_process_exec: filename=/bin/y pid=20 old_pid=21
      y-20 sys_execve -> 0x0
      y-20 sys_exit_group(error_code: 3)
      y-20 ${exit(20)}
      y-20 0/d..1. ${chld(1, 10)}`;
    expect(await ends(records, '20')).toEqual(['20 exited 3 null null']);
    const lives = 'SELECT count(*)::INTEGER AS lives, any_value(exec_path) AS path FROM task WHERE pid = 20';
    expect(await derived(story(records), lives)).toEqual([{ lives: 1, path: '/bin/y' }]);
  });

  it('is told the same for vfork, clone3 and a child that sends no SIGCHLD', async () => {
    const records = `
      p-10 sys_vfork()
      x-20 1/..... sys_vfork -> 0x0
      x-20 1/..... sys_exit_group(error_code: 1)
      x-20 1/..... ${exit(20)}
      x-20 1/d..1. ${chld(1, 10)}
      p-10 sys_vfork -> 0x14
      p-10 sys_clone3(uargs: 7ff0, size: 58)
      p-10 sys_clone3 -> 0x15
      x-21 1/..... sys_clone3 -> 0x0
      x-21 1/..... sys_exit_group(error_code: 2)
      x-21 1/..... ${exit(21)}
      x-21 1/d..1. ${chld(1, 10)}
      p-10 sys_clone(clone_flags: 1200000, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
      p-10 sys_clone -> 0x16
      x-22 1/..... sys_clone -> 0x0
      x-22 1/..... sys_exit_group(error_code: 3)
      x-22 1/..... ${exit(22)}
      p-10 sys_clone(clone_flags: 120000a, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
      p-10 sys_clone -> 0x17
      x-23 1/..... sys_clone -> 0x0
      x-23 1/..... sys_exit_group(error_code: 4)
      x-23 1/..... ${exit(23)}
      x-23 1/d..1. ${chld(1, 10, 10)}`;
    expect(await ends(records, '20, 21, 22, 23')).toEqual([
      '20 exited 1 null null',
      '21 exited 2 null null',
      '22 exited 3 null null',
      '23 exited 4 null null',
    ]);
    const parents =
      'SELECT DISTINCT p.pid FROM task t JOIN task p ON p.task_id = t.parent_task_id WHERE t.pid BETWEEN 20 AND 23';
    expect(await derived(story(records), parents)).toEqual([{ pid: 10 }]);
  });

  it('is the OOM killer, which a kernel worker may carry out', async () => {
    const records = `
      hog-20 mark_victim: pid=20
      hog-20 ${sent(9, 128, 20)}
       => __oom_kill_process
       => oom_kill_process
      hog-20 0/d..1. ${fatal(9)}
      hog-20 ${exit(20)}
      hog-20 0/d..2. ${chld(2, 10)}
       => do_notify_parent
       => do_exit`;
    expect(await ends(records, '20')).toEqual(['20 killed null 9 false']);
    const killer =
      'SELECT s.cause, s.sender_pid FROM task t JOIN signal s ON s.generate_event_id = t.killer_event_id WHERE t.pid = 20';
    expect(await derived(story(records), killer)).toEqual([{ cause: 'oom', sender_pid: null }]);
  });

  it('is unknown where the capture shows that it ended but not how, or nothing at all', async () => {
    const records = `
      x-20 ${exit(20)}
      kworker/0:1-21 ${exit(21)}
      y-22 sys_getpid()
      y-22 sys_getpid -> 0x16`;
    expect(await ends(records, '20, 21, 22')).toEqual([
      '20 unknown null null null',
      '21 unknown null null null',
      '22 alive null null null',
    ]);
    const cut = story(records).replace('/5   #P', '/50   #P').replace('5/5 ', '5/50 ');
    const rows = await derived(
      cut.replace(/sched_process_exit/g, 'sched_process_hang'),
      'SELECT DISTINCT death FROM task',
    );
    expect(rows).toEqual([{ death: 'unknown' }]);
  });
});
