import { describe, expect, it } from 'vitest';
import { type ReadEvent, readTrace } from '../../support/read-trace.js';

type Columns = Pick<ReadEvent, 'comm' | 'pid' | 'tgid' | 'cpu' | 'flags' | 'ts' | 'name' | 'args'>;
type Case = readonly [description: string, line: string, expected: Partial<Columns>, unit?: string];

const only = (line: string, header = ''): { event: ReadEvent | undefined; unit: string; dialect: string } => {
  const { events, account } = readTrace(`${header}${line}\n`);
  return { event: events[0], unit: account.timeUnit, dialect: account.dialect };
};

const DEFAULT: readonly Case[] = [
  [
    'four flags, 3.3 to 5.14',
    '            bash-1977  [000] .... 17284.993652: sys_close <-system_call_fastpath',
    { comm: 'bash', pid: 1977, tgid: null, cpu: 0, flags: '....', ts: 17284993652000n, name: 'function' },
  ],
  [
    'no flags, before 3.3',
    '            bash-4251  [001]  4154.504455: sys_enter: NR 3 (a, 1, 0, 0, 7, 0)',
    { comm: 'bash', pid: 4251, cpu: 1, flags: '', ts: 4154504455000n, name: 'sys_enter' },
  ],
  [
    'two-digit preempt depth, up to 5.14',
    '            bash-1977  [000] d.h10 17284.993652: timer_cancel: timer=00000000abcd',
    { flags: 'd.h10', name: 'timer_cancel' },
  ],
  [
    'five flags',
    '            bash-1977    [000] d..2.   812.004411: signal_generate: sig=9 errno=0 code=0 comm=Web Content pid=4019 grp=1 res=0',
    {
      pid: 1977,
      flags: 'd..2.',
      ts: 812004411000n,
      args: 'sig=9 errno=0 code=0 comm=Web Content pid=4019 grp=1 res=0',
    },
  ],
  [
    'seven flags of RT',
    '          <idle>-0       [009] dn.h2..   555.400822: ipi_raise: target_mask=00000000,00000002 (Function call interrupts)',
    { comm: '<idle>', pid: 0, cpu: 9, flags: 'dn.h2..', name: 'ipi_raise' },
  ],
  [
    'eight flags of a user probe, which are garbage',
    '            bash-1977    [000] DnLZffff   812.004411: rl: (0x55e0a8fa3c50)',
    { flags: 'DnLZffff', name: 'rl' },
  ],
  [
    'TGID before the CPU',
    '           <...>-4711  ( 4700) [012] d..2   311.002003: sched_waking: comm=a b pid=1 prio=120 target_cpu=000',
    { comm: '<...>', pid: 4711, tgid: 4700, cpu: 12, flags: 'd..2', name: 'sched_waking' },
  ],
  [
    'TGID after the CPU, 4.13 to 4.17',
    '            bash-1977  [000] ( 1977) .... 17284.993652: sys_close(fd: 3)',
    { pid: 1977, tgid: 1977, cpu: 0, flags: '....', name: 'sys_enter_close' },
  ],
  [
    'TGID not known',
    '           <...>-4711    (-------) [012] .....   311.002003: sys_openat(dfd: ffffff9c, filename: 7ffd, flags: 80000, mode: 0)',
    { pid: 4711, tgid: null, flags: '.....', name: 'sys_enter_openat' },
  ],
  [
    'TGID without flags',
    '            bash-157     (    157) [001]      6.839511: sys_write -> 0x2',
    { pid: 157, tgid: 157, cpu: 1, flags: '', ts: 6839511000n, name: 'sys_exit_write' },
  ],
  [
    'pid of seven digits',
    '          mini-0-4190002 [011] ...1.    12.345678: sys_getpid()',
    { comm: 'mini-0', pid: 4190002, cpu: 11 },
  ],
  [
    'a clock that counts',
    '   kworker/u16:1-77      [004] .....        184467440: workqueue_execute_end: work struct 00000000abcd',
    { comm: 'kworker/u16:1', pid: 77, ts: 184467440n, name: 'workqueue_execute_end' },
    'tick',
  ],
  ['nine digits', '            bash-1977  [000] .... 17284.993652123: sys_getpid()', { ts: 17284993652123n }, 'ns'],
  [
    'seconds since the epoch (clock tai)',
    '            bash-113     [000] ...1. 1763675612.345678: sys_getpid()',
    { ts: 1763675612345678000n },
  ],
  [
    'a comm that imitates columns',
    ' x-123 [000] d..1-1051    [000] ...1.    12.345678: sys_getpid()',
    { comm: 'x-123 [000] d..1', pid: 1051 },
  ],
  [
    'a comm of dashes',
    '          -dash--1050    [000] ...1.    12.345678: sys_getpid()',
    { comm: '-dash-', pid: 1050 },
  ],
  ['an empty comm', '                -1059    [000] ...1.    12.345678: sys_getpid()', { comm: '', pid: 1059 }],
  [
    'a real task called <idle>',
    '          <idle>-1058    [000] ...1.    12.345678: sys_getpid()',
    { comm: '<idle>', pid: 1058 },
  ],
  [
    'a comm with a newline, torn in two lines',
    '           nl\nnl-1054    [000] ...1.    12.345678: sys_getpid()',
    { comm: 'nl\nnl', pid: 1054, name: 'sys_enter_getpid' },
  ],
  [
    'a comm with three newlines',
    '            \na\n\n-1054    [000] ...1.    12.345678: sys_getpid()',
    { comm: '\na\n\n', pid: 1054 },
  ],
];

const LATENCY: readonly Case[] = [
  [
    'a function',
    '      ps-6143    2d..1  259us+: trace_hardirqs_on <-_raw_spin_unlock_irqrestore',
    { comm: 'ps', pid: 6143, cpu: 2, flags: 'd..1', ts: 259000n, name: 'function' },
  ],
  ['no mark', '  <idle>-0         0dNs3   25us : sys_getpid()', { comm: '<idle>', cpu: 0, flags: 'dNs3', ts: 25000n }],
  [
    'two-digit CPU',
    'mini-0-1-100000   11d..1. 51485us!: sys_getpid()',
    { comm: 'mini-0-1', pid: 100000, cpu: 11, flags: 'd..1.', ts: 51485000n },
  ],
  [
    'a comm that begins with #',
    '#comment-1213      1...1. 74898us : sys_clone -> 0x0',
    { comm: '#comment', pid: 1213 },
  ],
  ['a torn comm', '   nl\nnl-1206      1...1. 46271us : sys_clone -> 0x0', { comm: 'nl\nnl', pid: 1206 }],
  ['a clock that counts', '    bash-113       0...1.    1: sys_write -> 0x2', { ts: 1n, flags: '...1.' }, 'tick'],
  ['before the start', '    bash-113       0...1.   -3us : sys_write -> 0x2', { ts: -3000n }],
  [
    'as trace-cmd report -l prints it',
    '    bash-1234     1d..1 12345.678901: sys_getpid()',
    { cpu: 1, flags: 'd..1', ts: 12345678901000n },
  ],
];

const OTHERS: readonly Case[] = [
  [
    'verbose',
    '            bash     113   0 1 00000002 0000000e [009f8a5e] 20.395ms (+0.071ms): sys_getpid()',
    { comm: 'bash', pid: 113, cpu: 0, flags: 'd..2.', ts: 10455646000n },
  ],
  [
    'verbose, a clock that counts',
    '            a  b     113   0 28 00000100 0000000e [00000000000000f1] 241 (+3): sys_getpid()',
    { comm: 'a  b', flags: '.nH..', ts: 241n },
    'tick',
  ],
  ['raw', '113 1 39604260518 type: 714', { comm: null, pid: 113, cpu: 1, ts: 39604260518n, name: 'type_714' }, 'tick'],
  [
    'hex',
    '00000071 00000001 0000000991c7b94a type: 714',
    { pid: 113, cpu: 1, ts: 0x991c7b94an, name: 'type_714' },
    'tick',
  ],
];

const check = ([, line, expected, unit = 'us']: Case): void => {
  const read = only(line);
  expect(read.event).toMatchObject(expected);
  expect(read.unit).toBe(unit);
};

describe('columns', () => {
  describe('default layout', () => {
    for (const [what, ...rest] of DEFAULT) it(what, () => check([what, ...rest]));
  });
  describe('latency layout', () => {
    for (const [what, ...rest] of LATENCY) it(what, () => check([what, ...rest]));
  });
  describe('verbose, raw, hex', () => {
    for (const [what, ...rest] of OTHERS) it(what, () => check([what, ...rest]));
  });

  it('keeps bytes of a comm that are not UTF-8', () => {
    const line = Buffer.from(
      '        \xff\xfebad-1072    [000] ...1.    12.345678: sys_getpid()\n'.replace('        ', '           '),
      'latin1',
    );
    expect(readTrace(line).events[0]?.comm).toBe('\uefff\ueffebad');
  });

  it.each([
    ['pid beyond 31 bits', '            bash-99999999999  [000] .... 17284.993652: sys_getpid()'],
    ['no CPU', '            bash-1977  [] .... 17284.993652: sys_getpid()'],
    ['no colon behind the time', '            bash-1977  [000] .... 17284.993652 sys_getpid()'],
    ['five digits of a second', '            bash-1977  [000] .... 17284.99365: sys_getpid()'],
    ['ticks beyond 63 bits', '            bash-1977  [000] .... 9999999999999999999: sys_getpid()'],
    ['prose with a dash', 'see CVE-2023 [001] for details'],
  ])('takes no columns: %s', (_, line) => {
    const { events, account } = readTrace(`${line}\n`);
    expect(events).toEqual([]);
    expect(account.refusal).toMatchObject({ lineNo: 1, text: line });
  });

  it('names the layout', () => {
    expect(only('113 1 39604260518 type: 714').dialect).toBe('ftrace-raw');
    expect(only('      ps-6143    2d..1  259us+: a <-b').dialect).toBe('ftrace-latency');
    expect(only('bash-1977  [000] .... 17284.993652: sys_getpid()').dialect).toBe('ftrace-loose');
  });
});

describe('option nocontext-info', () => {
  const TRACE = [
    '# tracer: nop',
    '#',
    'sys_kill(pid: 16e, sig: a)',
    'signal_generate: sig=10 errno=0 code=0 comm=mini-0 pid=366 grp=1 res=0',
    '<stack trace>',
    ' => __send_signal_locked',
    'sys_kill -> 0x0',
    'vfs_read <-ksys_read',
    '',
  ].join('\n');

  it('gives bodies without task, CPU and time', () => {
    const { events, account } = readTrace(TRACE);
    expect(account.dialect).toBe('ftrace-nocontext');
    expect(events.map(({ name }) => name)).toEqual(['sys_enter_kill', 'signal_generate', 'sys_exit_kill', 'function']);
    expect(events[1]).toMatchObject({ comm: null, pid: null, cpu: null, ts: null, stack: ['__send_signal_locked'] });
    expect(account).toMatchObject({ timeUnit: 'none', stacks: 1, refusal: null });
  });

  it('is not guessed without the header of a trace', () => {
    expect(readTrace(TRACE.replace('# tracer: nop\n#\n', '')).events).toEqual([]);
  });
});
