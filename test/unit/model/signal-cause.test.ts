import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { story } from '../../support/story.js';

const ASK =
  'SELECT target_pid, sig, sender_pid, cause, confidence FROM signal WHERE generate_event_id IS NOT NULL ORDER BY generate_event_id';
const told = async (records: string): Promise<string[]> =>
  (await derived(story(records), ASK)).map((row) => Object.values(row).map(String).join(' '));

const generate = (sig: number, code: number, pid: number, grp = 1): string =>
  `signal_generate: sig=${sig} errno=0 code=${code} comm=x pid=${pid} grp=${grp} res=0`;

describe('who sent a signal and why', () => {
  it('takes it from the enclosing system call', async () => {
    const records = `
      bash-10 sys_kill(pid: 14, sig: 9)
      bash-10 ${generate(9, 0, 20)}
      bash-10 sys_kill -> 0x0
      a-11 sys_tgkill(tgid: 15, pid: 16, sig: a)
      a-11 ${generate(10, -6, 22, 0)}
      a-11 sys_tgkill -> 0x0
      a-12 sys_tkill(pid: 17, sig: a)
      a-12 ${generate(10, -6, 23, 0)}
      a-12 sys_tkill -> 0x0
      a-13 sys_rt_sigqueueinfo(pid: 18, sig: 22, uinfo: 7ff0)
      a-13 ${generate(34, -1, 24)}
      a-13 sys_rt_sigqueueinfo -> 0x0
      a-14 sys_pidfd_send_signal(pidfd: 3, sig: c, info: 0, flags: 0)
      a-14 ${generate(12, 0, 25)}
      a-14 sys_pidfd_send_signal -> 0x0
      a-15 sys_kill(pid: ffffffe6, sig: f)
      a-15 ${generate(15, 0, 26)}
      a-15 ${generate(15, 0, 27)}
      a-15 sys_kill -> 0x0
      abort-16 sys_tgkill(tgid: 10, pid: 10, sig: 6)
      abort-16 ${generate(6, -6, 16, 0)}
      abort-16 sys_tgkill -> 0x0
      yes-17 sys_write(fd: 1, buf: 7ff0, count: 2)
      yes-17 ${generate(13, 0, 17, 0)}
      yes-17 sys_write -> 0xffffffffffffffe0`;
    expect(await told(records)).toEqual([
      '20 9 10 kill exact',
      '22 10 11 tgkill exact',
      '23 10 12 tkill exact',
      '24 34 13 sigqueue exact',
      '25 12 14 pidfd exact',
      '26 15 15 kill exact',
      '27 15 15 kill exact',
      '16 6 16 tgkill exact',
      '17 13 17 pipe exact',
    ]);
  });

  it('is one sender for every member of a process group', async () => {
    const records = `
      sh-10 sys_kill(pid: ffffffec, sig: f)
      sh-10 ${generate(15, 0, 21)}
      sh-10 ${generate(15, 0, 20)}
      sh-10 sys_kill -> 0x0`;
    expect(await told(records)).toEqual(['21 15 10 kill exact', '20 15 10 kill exact']);
    const calls = "SELECT from_event_id, to_event_id FROM link WHERE kind = 'send' ORDER BY to_event_id";
    expect((await derived(story(records), calls)).map((row) => Object.values(row).join('>'))).toEqual(['1>2', '1>3']);
  });

  it('takes it from the stack, whatever the context task does', async () => {
    const records = `
      bash-10 ${generate(9, 0, 20)}
       => __x64_sys_kill
       => do_syscall_64
      <idle>-0 0/dNh2. ${generate(14, 128, 21)}
       => it_real_fn
       => hrtimer_interrupt
      <idle>-0 0/dNh2. ${generate(34, -2, 22)}
       => posix_timer_fn
      hog-23 ${generate(24, 128, 23)}
       => check_process_timers
       => run_posix_cpu_timers
      hog-24 ${generate(9, 128, 25)}
       => __oom_kill_process
       => out_of_memory
       => exc_page_fault
      sh-26 ${generate(9, 0, 27)}
       => cgroup_kill_write
       => ksys_write
      dad-28 ${generate(15, 0, 29)}
       => do_exit
       => do_group_exit
      box-30 ${generate(31, 1, 30, 0)}
       => force_sig_seccomp
       => __seccomp_filter
      dd-31 ${generate(25, 0, 31, 0)}
       => generic_write_check_limits
       => ksys_write
      kworker/0:1-32 ${generate(2, 128, 33)}
       => isig
       => n_tty_receive_buf_common`;
    expect(await told(records)).toEqual([
      '20 9 10 kill exact',
      '21 14 null timer exact',
      '22 34 null timer exact',
      '23 24 null kernel exact',
      '25 9 null oom exact',
      '27 9 26 cgroup_kill exact',
      '29 15 28 parent_death exact',
      '30 31 null kernel exact',
      '31 25 null kernel exact',
      '33 2 null tty exact',
    ]);
  });

  it('takes it from the frames of an interrupt itself, not from what it interrupted', async () => {
    const records = `
      wl-20 0/dNh2. ${generate(34, -2, 22)}
       => posix_timer_fn
       => hrtimer_interrupt
       => asm_sysvec_apic_timer_interrupt
       => do_rt_sigqueueinfo
       => do_syscall_64
      <idle>-0 0/dNh2. ${generate(34, -2, 22)}
       => do_rt_sigqueueinfo
       => do_syscall_64`;
    expect(await told(records)).toEqual(['22 34 null timer exact', '22 34 null unknown inferred']);
  });

  it('takes it from a code that only one source has', async () => {
    const records = `
      a-10 ${generate(11, 1, 10, 0)}
      a-11 ${generate(7, 2, 11, 0)}
      a-12 ${generate(8, 1, 12, 0)}
      a-13 ${generate(4, 2, 13, 0)}
      a-14 ${generate(5, 1, 14, 0)}
      a-15 ${generate(11, 128, 15, 0)}
      a-16 ${generate(17, 1, 9)}
      a-17 ${generate(17, 5, 9)}
      a-18 ${generate(17, 6, 9)}
      a-19 ${generate(10, 1, 9)}
      a-20 0/dNh2. ${generate(14, 128, 30)}
      a-21 mark_victim: pid=31
      a-21 ${generate(9, 128, 31)}`;
    expect(await told(records)).toEqual([
      '10 11 10 fault exact',
      '11 7 11 fault exact',
      '12 8 12 fault exact',
      '13 4 13 fault exact',
      '14 5 14 fault exact',
      '15 11 15 fault inferred',
      '9 17 16 child_exit exact',
      '9 17 17 child_stop exact',
      '9 17 18 child_continue exact',
      '9 10 19 child_exit exact',
      '30 14 null timer inferred',
      '31 9 null oom inferred',
    ]);
  });

  it('says unknown where neither is there, and names no sender that was interrupted or is a kernel worker', async () => {
    const records = `
      a-10 ${generate(15, 0, 20)}
      a-11 0/d.h1. ${generate(15, 0, 21)}
      kworker/0:1-12 ${generate(9, 0, 22)}
      a-13 ${generate(31, 1, 13, 0)}
      a-14 sys_kill(pid: 1e, sig: f)
      a-14 0/d.h1. ${generate(15, 0, 23)}
      a-14 sys_kill -> 0x0
      a-15 sys_kill(pid: 1e, sig: f)
      a-15 ${generate(10, 0, 24)}
      a-15 sys_kill -> 0x0
      a-16 ${generate(13, 0, 16, 0)}`;
    expect(await told(records)).toEqual([
      '20 15 10 unknown inferred',
      '21 15 null unknown inferred',
      '22 9 null unknown inferred',
      '13 31 null unknown inferred',
      '23 15 null unknown inferred',
      '24 10 15 unknown inferred',
      '16 13 null unknown inferred',
    ]);
  });
});
