import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ERRNO_NAMES, errnoName, syscallErrno } from '../../../src/trace/errno.js';
import { numbered } from '../../../src/trace/numbered.js';
import { signalCodeName } from '../../../src/trace/signal-codes.js';
import { SIGNALS, signalDefaultAction, signalName } from '../../../src/trace/signals.js';

describe('numbered', () => {
  it('counts on from each number and refuses a number with two names', () => {
    expect([...numbered('-1 a b 0x10 c')]).toEqual([
      [-1, 'a'],
      [0, 'b'],
      [16, 'c'],
    ]);
    expect(() => numbered('1 a b 2 c')).toThrow(/2 is both b and c/);
  });
});

describe('errno', () => {
  it('agrees with this Linux for every name that libuv knows', () => {
    // Aliases: libuv's table has both spellings of 11 and 95.
    const aliases = new Set(['EWOULDBLOCK', 'ENOTSUP']);
    const known = Object.entries(constants.errno).filter(([name]) => !aliases.has(name));
    expect(known.length).toBeGreaterThan(60);
    for (const [name, number] of known) expect(errnoName(number), name).toBe(name);
  });
  it('names what only the kernel sees and nothing else', () => {
    expect(errnoName(512)).toBe('ERESTARTSYS');
    expect(errnoName(516)).toBe('ERESTART_RESTARTBLOCK');
    expect(errnoName(530)).toBe('ERECALLCONFLICT');
    expect([0, 41, 58, 134, 520, -2].map(errnoName)).toEqual(Array(6).fill(undefined));
    expect(new Set(ERRNO_NAMES.values()).size).toBe(ERRNO_NAMES.size);
  });
  it('reads the error out of a return value of either word size', () => {
    expect(syscallErrno(0xfffffffffffffffen)).toBe(2);
    expect(syscallErrno(0xfffffffffffffdfcn)).toBe(516);
    expect(syscallErrno(0xfffffffen)).toBe(2);
    expect(syscallErrno(0xfffffffffffff001n)).toBe(4095);
    expect([0n, 3n, 0x7fef047ca000n, 0xfffff000n, 0xfffffffffffff000n, 1n << 64n].map(syscallErrno)).toEqual(
      Array(6).fill(undefined),
    );
  });
});

describe('signals', () => {
  it('agrees with this Linux', () => {
    const aliases = new Set(['SIGIOT', 'SIGPOLL', 'SIGUNUSED']);
    const known = Object.entries(constants.signals).filter(([name]) => !aliases.has(name));
    expect(known.length).toBe(31);
    for (const [name, number] of known) expect(signalName(number), name).toBe(name);
  });
  it('counts real-time signals as user space does', () => {
    expect([32, 33, 34, 35, 50, 63, 64].map(signalName)).toEqual([
      'SIG32',
      'SIG33',
      'SIGRTMIN',
      'SIGRTMIN+1',
      'SIGRTMIN+16',
      'SIGRTMIN+29',
      'SIGRTMAX',
    ]);
    expect([0, 65, -1].map(signalName)).toEqual([undefined, undefined, undefined]);
    expect(SIGNALS.map(({ sig }) => sig)).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  });
  it('knows what each does by default', () => {
    const names = (action: string) =>
      SIGNALS.filter(({ defaultAction }) => defaultAction === action).map(({ name }) => name);
    expect(names('core')).toEqual([
      'SIGQUIT',
      'SIGILL',
      'SIGTRAP',
      'SIGABRT',
      'SIGBUS',
      'SIGFPE',
      'SIGSEGV',
      'SIGXCPU',
      'SIGXFSZ',
      'SIGSYS',
    ]);
    expect(names('ignore')).toEqual(['SIGCHLD', 'SIGURG', 'SIGWINCH']);
    expect(names('stop')).toEqual(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
    expect(names('continue')).toEqual(['SIGCONT']);
    expect(signalDefaultAction(40)).toBe('terminate');
    expect(signalDefaultAction(0)).toBeUndefined();
  });
});

describe('signal codes', () => {
  it.each([
    [9, 0, 'SI_USER'],
    [9, 128, 'SI_KERNEL'],
    [40, -1, 'SI_QUEUE'],
    [6, -6, 'SI_TKILL'],
    [29, -60, 'SI_ASYNCNL'],
    [17, 1, 'CLD_EXITED'],
    [17, 2, 'CLD_KILLED'],
    [17, 6, 'CLD_CONTINUED'],
    [11, 1, 'SEGV_MAPERR'],
    [11, 2, 'SEGV_ACCERR'],
    [11, 10, 'SEGV_CPERR'],
    [7, 4, 'BUS_MCEERR_AR'],
    [8, 1, 'FPE_INTDIV'],
    [8, 14, 'FPE_FLTUNK'],
    [4, 2, 'ILL_ILLOPN'],
    [5, 2, 'TRAP_TRACE'],
    [5, 1029, 'PTRACE_EVENT_EXEC'],
    [31, 1, 'SYS_SECCOMP'],
    [29, 6, 'POLL_HUP'],
  ])('signal %i code %i is %s', (sig, code, name) => {
    expect(signalCodeName(sig, code)).toBe(name);
  });
  it('does not guess: a child that sends SIGUSR1 at its end says code 1 too', () => {
    expect(signalCodeName(10, 1)).toBeUndefined();
    expect(signalCodeName(17, 7)).toBeUndefined();
    expect(signalCodeName(9, -8)).toBeUndefined();
  });
});
