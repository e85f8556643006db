import { describe, expect, it } from 'vitest';
import { ethertypeName } from '../../../src/trace/ethertype.js';
import { prevStateText } from '../../../src/trace/prev-state.js';
import { softirqName } from '../../../src/trace/softirq.js';
import { type Arch, syscallName } from '../../../src/trace/syscall-numbers.js';
import { waitStatus, waitStatusText } from '../../../src/trace/wait-status.js';

describe('syscall numbers', () => {
  // Each architecture by calls whose number differs from the others'.
  it.each<[Arch, number, string]>([
    ['x86_64', 0, 'read'],
    ['x86_64', 4, 'newstat'],
    ['x86_64', 56, 'clone'],
    ['x86_64', 61, 'wait4'],
    ['x86_64', 62, 'kill'],
    ['x86_64', 63, 'newuname'],
    ['x86_64', 231, 'exit_group'],
    ['x86_64', 257, 'openat'],
    ['x86_64', 262, 'newfstatat'],
    ['x86_64', 334, 'rseq'],
    ['i386', 1, 'exit'],
    ['i386', 37, 'kill'],
    ['i386', 102, 'socketcall'],
    ['i386', 192, 'mmap_pgoff'],
    ['i386', 295, 'openat'],
    ['arm64', 56, 'openat'],
    ['arm64', 38, 'renameat'],
    ['arm64', 129, 'kill'],
    ['arm64', 220, 'clone'],
    ['arm64', 221, 'execve'],
    ['riscv64', 56, 'openat'],
    ['riscv64', 259, 'riscv_flush_icache'],
    ['arm', 322, 'openat'],
    ['arm', 268, 'tgkill'],
    ['arm', 983045, 'set_tls'],
    ['ppc64', 286, 'openat'],
    ['ppc64', 142, 'select'],
    ['s390x', 288, 'openat'],
    ['s390x', 11, 'execve'],
    ['s390x', 435, 'clone3'],
    ['x86_64', 424, 'pidfd_send_signal'],
    ['arm', 462, 'mseal'],
  ])('%s %i is %s', (arch, nr, name) => {
    expect(syscallName(arch, nr)).toBe(name);
  });
  it('does not guess', () => {
    expect(syscallName('riscv64', 38)).toBeUndefined();
    expect(syscallName('x86_64', -1)).toBeUndefined();
    expect(syscallName('arm64', 250)).toBeUndefined();
    expect(syscallName('x86_64', 0x40000000)).toBeUndefined();
  });
});

describe('wait status', () => {
  it.each<[number, string]>([
    [0, 'exited 0'],
    [0x300, 'exited 3'],
    [0xff00, 'exited 255'],
    [9, 'killed by SIGKILL'],
    [0x8b, 'killed by SIGSEGV (core dumped)'],
    [0x137f, 'stopped by SIGSTOP'],
    [0x4057f, 'stopped by SIGTRAP'],
    [0xffff, 'continued'],
    [66, 'killed by signal 66'],
  ])('%i is %s', (status, text) => {
    expect(waitStatusText(status)).toBe(text);
  });
  it('keeps the event of a ptrace stop', () => {
    expect(waitStatus(0x4057f)).toEqual({ kind: 'stopped', sig: 5, ptraceEvent: 4 });
  });
});

describe('small tables', () => {
  it('EtherTypes are decimal in kfree_skb', () => {
    expect([2048, 2054, 33024, 34525, 34887, 34958, 35020, 35063].map(ethertypeName)).toEqual([
      'IPv4',
      'ARP',
      '802.1Q',
      'IPv6',
      'MPLS',
      'EAPOL',
      'LLDP',
      'PTP',
    ]);
    expect([4, 35061, 34984, 34915, 34916].map(ethertypeName)).toEqual([
      '802.2',
      'MVRP',
      '802.1ad',
      'PPPoE_DISC',
      'PPPoE',
    ]);
    expect(ethertypeName(0)).toBeUndefined();
  });
  it('softirq vectors', () => {
    expect([0, 1, 3, 6, 9, 10].map(softirqName)).toEqual(['HI', 'TIMER', 'NET_RX', 'TASKLET', 'RCU', undefined]);
  });
  it('states of sched_switch', () => {
    expect(prevStateText('R+')).toBe('runnable (preempted)');
    expect(prevStateText('D|K')).toBe('in uninterruptible sleep, killable');
    expect(prevStateText('S|0x1000')).toBe('sleeping, 0x1000');
  });
});
