import { describe, expect, it } from 'vitest';
import { SYSCALLS } from '../../../src/trace/syscall-args.js';
import { SYSCALL_NUMBERS } from '../../../src/trace/syscall-numbers.js';
import { decodeArg, decodeReturn, resultErrno, syscallArgsText } from '../../../src/trace/syscall-text.js';

/** `sys_close(fd: a)` as a real trace prints it -> the text of its arguments. */
function decoded(line: string): string {
  const [, name = '', inside = ''] = /^sys_(\w+)\((.*)\)$/.exec(line) ?? [];
  const pairs = inside === '' ? [] : inside.split(', ').map((pair) => pair.split(': '));
  return syscallArgsText(
    name,
    pairs.map(([, value = '']) => BigInt(`0x${value}`)),
    pairs.map(([key = '']) => key),
  );
}

describe('arguments of real lines', () => {
  it.each([
    [
      'sys_openat(dfd: ffffff9c, filename: 7fff1e619187, flags: 80241, mode: 1b6)',
      'dfd: AT_FDCWD, filename: 0x7fff1e619187, flags: O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, mode: 0666',
    ],
    [
      'sys_mmap(addr: 0, len: 2000, prot: 3, flags: 22, fd: ffffffff, off: 0)',
      'addr: 0x0, len: 8192, prot: PROT_READ|PROT_WRITE, flags: MAP_PRIVATE|MAP_ANONYMOUS, fd: -1, off: 0x0',
    ],
    [
      'sys_mmap(addr: 0, len: 1e1f50, prot: 1, flags: 802, fd: 3, off: 0)',
      'addr: 0x0, len: 1974096, prot: PROT_READ, flags: MAP_PRIVATE|MAP_DENYWRITE, fd: 3, off: 0x0',
    ],
    [
      'sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f543e060a10, tls: 0)',
      'clone_flags: CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, newsp: 0x0, parent_tidptr: NULL, child_tidptr: 0x7f543e060a10, tls: 0x0',
    ],
    [
      'sys_wait4(upid: ffffffff, stat_addr: 7ffd00f3bb30, options: 3, ru: 0)',
      'upid: -1, stat_addr: 0x7ffd00f3bb30, options: WNOHANG|WUNTRACED, ru: NULL',
    ],
    ['sys_kill(pid: 86, sig: a)', 'pid: 134, sig: SIGUSR1'],
    ['sys_kill(pid: ffffffffffffff00, sig: 0)', 'pid: -256, sig: 0'],
    ['sys_tgkill(tgid: 434, pid: 434, sig: 9)', 'tgid: 1076, pid: 1076, sig: SIGKILL'],
    [
      'sys_rt_sigaction(sig: 2, act: 7ffd2ce284c0, oact: 7ffd2ce28560, sigsetsize: 8)',
      'sig: SIGINT, act: 0x7ffd2ce284c0, oact: 0x7ffd2ce28560, sigsetsize: 8',
    ],
    [
      'sys_prctl(option: f, arg2: 7ffd42955ce0, arg3: 0, arg4: 1, arg5: 9)',
      'option: PR_SET_NAME, arg2: 0x7ffd42955ce0, arg3: 0x0, arg4: 0x1, arg5: 0x9',
    ],
    ['sys_ptrace(request: 18, pid: d7, addr: 0, data: 0)', 'request: PTRACE_SYSCALL, pid: 215, addr: 0x0, data: 0x0'],
    ['sys_lseek(fd: ff, offset: ffffffffffffffde, whence: 1)', 'fd: 255, offset: -34, whence: SEEK_CUR'],
    ['sys_fcntl(fd: 1, cmd: 1, arg: 0)', 'fd: 1, cmd: F_GETFD, arg: 0x0'],
    [
      'sys_prlimit64(pid: 0, resource: 4, new_rlim: 7ffd2de0de40, old_rlim: 0)',
      'pid: 0, resource: RLIMIT_CORE, new_rlim: 0x7ffd2de0de40, old_rlim: NULL',
    ],
    [
      'sys_rseq(rseq: 7f108158cfe0, rseq_len: 20, flags: 0, sig: 53053053)',
      'rseq: 0x7f108158cfe0, rseq_len: 32, flags: 0, sig: 0x53053053',
    ],
    ['sys_arch_prctl(option: 1002, arg2: f7513c0)', 'option: ARCH_SET_FS, arg2: 0xf7513c0'],
    ['sys_access(filename: 7fefaee972a0, mode: 4)', 'filename: 0x7fefaee972a0, mode: R_OK'],
    ['sys_getpid()', ''],
  ])('%s', (line, text) => {
    expect(decoded(line)).toBe(text);
  });

  it('goes by the printed name, whatever the order: s390 prints newsp first', () => {
    expect(decoded('sys_clone(newsp: 0, clone_flags: 4111)')).toBe(
      'newsp: 0x0, clone_flags: CLONE_VM|CLONE_VFORK|SIGCHLD',
    );
  });
  it('goes by position when the name is new, by name when the syscall is', () => {
    expect(decoded('sys_wait4(pid_t: 5, b: 0, opts: 1)')).toBe('pid_t: 5, b: NULL, opts: WNOHANG');
    expect(decoded('sys_brand_new(dfd: ffffff9c, pid: 5, sig: f, what: 5)')).toBe(
      'dfd: AT_FDCWD, pid: 5, sig: SIGTERM, what: 0x5',
    );
  });
  it('without names (raw_syscalls) shows what the table knows', () => {
    const raw = [0x1200011n, 0n, 0n, 0x7efff457ca10n, 0n, 0x3220696e696d20n];
    expect(syscallArgsText('clone', raw, undefined)).toBe(
      'clone_flags: CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, newsp: 0x0, parent_tidptr: NULL, child_tidptr: 0x7efff457ca10, tls: 0x0',
    );
    expect(syscallArgsText('getpid', raw, undefined)).toBe('');
    expect(syscallArgsText('brand_new', [1n, 2n, 3n, 4n, 5n, 255n], undefined)).toBe(
      'a0: 0x1, a1: 0x2, a2: 0x3, a3: 0x4, a4: 0x5, a5: 0xff',
    );
  });
  it('says which value is missing', () => {
    expect(syscallArgsText('close', [undefined], ['fd'])).toBe('fd: ?');
  });
});

describe('decodeArg', () => {
  it('takes the word that the kernel takes', () => {
    expect(decodeArg('int', 0xffffffffn)).toBe('-1');
    expect(decodeArg('fd', 0xffffffff00000003n)).toBe('3');
    expect(decodeArg('dfd', 0xffffffffffffff9cn)).toBe('AT_FDCWD');
    expect(decodeArg('uint', 0xffffffff00000003n)).toBe('3');
    expect(decodeArg('size', 0xffffffffffffffffn)).toBe('18446744073709551615');
    expect(decodeArg('long', 0xffffffffffffffffn)).toBe('-1');
    expect(decodeArg('mode', 0x7ffd00000000n + 0o644n)).toBe('0644');
    expect(decodeArg('id', 0xffffffffn)).toBe('-1');
    expect(decodeArg('id', 4294967294n)).toBe('4294967294');
    expect(decodeArg('sig', 0x22n)).toBe('SIGRTMIN');
    expect(decodeArg('sig', 99n)).toBe('99');
    expect(decodeArg('flock', 6n)).toBe('LOCK_EX|LOCK_NB');
  });
});

describe('decodeReturn', () => {
  it.each<[string, bigint, string]>([
    ['openat', 0xfffffffffffffffen, '-ENOENT'],
    ['openat', 3n, '3'],
    ['openat', 0xfffffffen, '-ENOENT'],
    ['wait4', 0xfffffffffffffff6n, '-ECHILD'],
    ['wait4', 0xd7n, '215'],
    ['clock_nanosleep', 0xfffffffffffffdfcn, '-ERESTART_RESTARTBLOCK'],
    ['mmap', 0x7fef047ca000n, '0x7fef047ca000'],
    ['mmap', 0xfffff000n, '0xfffff000'],
    ['mmap', 0xfffffff4n, '-ENOMEM'],
    ['brk', 0xf751d40n, '0xf751d40'],
    ['brk', 0xfffffe00n, '0xfffffe00'],
    ['getuid', 0xfffffffen, '4294967294'],
    ['lseek', 0xffffffffn, '4294967295'],
    ['lseek', 0xffffffffffffffe3n, '-ESPIPE'],
    ['umask', 0o22n, '022'],
    ['rt_sigtimedwait', 17n, 'SIGCHLD'],
    ['close', 0n, '0'],
    ['brand_new', 7n, '7'],
    ['brand_new', 0x7fef047ca000n, '0x7fef047ca000'],
    ['close', 0xfffffffffffff830n, '-2000'],
  ])('%s %s is %s', (name, ret, text) => {
    expect(decodeReturn(name, ret)).toBe(text);
  });
  it('has the error number apart', () => {
    expect(resultErrno('openat', 0xfffffffen)).toBe(2);
    expect(resultErrno('lseek', 0xfffffffen)).toBeUndefined();
    expect(resultErrno('brand_new', 0xfffffffffffffffen)).toBe(2);
  });
});

describe('the table', () => {
  it('knows nearly every syscall of every architecture', () => {
    for (const [arch, names] of Object.entries(SYSCALL_NUMBERS)) {
      const all = [...new Set(names.values())];
      const known = all.filter((name) => SYSCALLS.has(name));
      expect(known.length / all.length, arch).toBeGreaterThan(0.85);
    }
  });
  it('gives no syscall more than six arguments, and none twice', () => {
    expect(SYSCALLS.size).toBeGreaterThan(400);
    for (const [name, { args }] of SYSCALLS) {
      expect(args.length, name).toBeLessThanOrEqual(6);
      expect(new Set(args.map((arg) => arg.name)).size, name).toBe(args.length);
    }
  });
});
