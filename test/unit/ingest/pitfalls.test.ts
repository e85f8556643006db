/** What goes wrong first when ftrace text is read by simple rules: one test each, by the number it has in the field's lists. */
import { describe, expect, it } from 'vitest';
import { classified, type ReadTrace, readTrace } from '../../support/read-trace.js';
import { storeOfTexts } from '../../support/store-of.js';

const header = (count: number, legend: readonly string[] = []): string =>
  [
    '# tracer: nop',
    '#',
    `# entries-in-buffer/entries-written: ${count}/${count}   #P:2`,
    '#',
    ...legend,
    '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
    '#              | |         |   |||||     |         |',
    '',
  ].join('\n');

const record = (us: number, body: string, { comm = 'bash', pid = 416, cpu = 0, flags = '.....' } = {}): string =>
  `${comm.padStart(16)}-${String(pid).padEnd(7)} [00${cpu}] ${flags}    54.${String(us).padStart(6, '0')}: ${body}`;

const read = (...lines: string[]): ReadTrace =>
  readTrace(Buffer.from(`${header(lines.length)}${lines.join('\n')}\n`, 'latin1'));

async function rows(sql: string, ...lines: string[]): Promise<readonly Record<string, unknown>[]> {
  const store = await storeOfTexts(Buffer.from(`${header(lines.length)}${lines.join('\n')}\n`, 'latin1'));
  try {
    return await store.rows(sql);
  } finally {
    store.close();
  }
}

describe('pitfalls', () => {
  it('P1 comms with blanks, dashes and brackets', async () => {
    const { events } = read(
      record(1, 'sys_getpid()', { comm: 'x-12 [000] d' }),
      record(2, 'sched_waking: comm=a pid=1 prio=2 pid=77 prio=120 target_cpu=001', { comm: 'Web Content' }),
    );
    expect(events.map(({ comm, pid }) => [comm, pid])).toEqual([
      ['x-12 [000] d', 416],
      ['Web Content', 416],
    ]);
    const [row] = await rows(
      'SELECT task_comm, task_pid FROM ev.sched_waking',
      record(2, 'sched_waking: comm=a pid=1 prio=2 pid=77 prio=120 target_cpu=001'),
    );
    expect(row).toEqual({ task_comm: 'a pid=1 prio=2', task_pid: 77 });
  });

  it('P2 a stack block finds its event of the same CPU and task, not the line above', () => {
    const { events } = read(
      record(1, 'a: x=1'),
      record(2, 'b: x=1', { comm: 'other', pid: 9, cpu: 1 }),
      record(3, '<stack trace>'),
      ' => f',
    );
    expect(events.map(({ name, stack }) => [name, stack])).toEqual([
      ['a', ['f']],
      ['b', null],
    ]);
  });

  it('P3 bare numbers are hex before 6.18, decimal after', () => {
    expect(read(record(1, 'sys_kill(pid: 10, sig: f)')).events[0]?.values).toEqual([16n, 15n]);
    const late = 'sys_openat(dfd: 4294967196, filename: 10 "x", flags: O_RDONLY)';
    expect(read(record(1, late)).events[0]?.values).toEqual([4294967196n, 10n, 0n]);
  });

  it('P4 numbers beyond 2^53 keep every digit', async () => {
    expect(read(record(1, 'sys_mmap -> 0x7fef041e8001abcd')).events[0]?.values).toEqual([0x7fef041e8001abcdn]);
    const [row] = await rows('SELECT ret FROM ev.sys_exit_mmap', record(1, 'sys_mmap -> 0xfffffffffffffff4'));
    expect(row).toEqual({ ret: -12 });
  });

  it('P5 the sender of a signal stands in the columns, its target in the text', async () => {
    const [row] = await rows(
      'SELECT sender_pid, target_pid FROM signal',
      record(1, 'sys_kill(pid: 4d, sig: f)'),
      record(2, 'signal_generate: sig=15 errno=0 code=0 comm=a pid=77 grp=1 res=0'),
      record(3, 'sys_kill -> 0x0'),
    );
    expect(row).toEqual({ sender_pid: 416, target_pid: 77 });
  });

  it('P5 a timer interrupt is not sent by the task that it interrupts', async () => {
    const [row] = await rows(
      'SELECT sender_pid, target_pid FROM signal',
      record(2, 'signal_generate: sig=14 errno=0 code=128 comm=a pid=77 grp=1 res=0', {
        comm: '<idle>',
        pid: 0,
        flags: 'dNh2.',
      }),
    );
    expect(row).toEqual({ sender_pid: null, target_pid: 77 });
  });

  it.each(['', '....', '.....', '....1..', 'DnLZffff'])('P6 flags as wide as they come: %j', (flags) => {
    const line = record(1, 'sys_getpid()', { flags }).replace('[000]  ', '[000] ');
    expect(read(line).events[0]).toMatchObject({ flags, pid: 416, name: 'sys_enter_getpid' });
  });

  it('P7 lines of a marker belong to it, whatever they look like', () => {
    const { events, account } = read(
      record(5, 'tracing_mark_write: one'),
      'two',
      '',
      record(1, 'sys_getpid()'),
      record(6, 'sys_getppid()'),
    );
    expect(events.map(({ name }) => name)).toEqual(['tracing_mark_write', 'sys_enter_getppid']);
    expect(account.issues).toMatchObject([{ code: 'forged_record', count: 1 }]);
  });

  it('P8 markers and functions are no events, in any dress', () => {
    const { events } = read(
      record(1, 'tracing_mark_write+0x1f2/0x3b0: x'),
      record(2, '0x1: from BPF'),
      record(3, '__close_fd+0x0/0xa0 <-sys_close+0x1f/0x40'),
      record(4, 'sys_close <-system_call_fastpath'),
    );
    expect(events.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'tracing_mark_write marker',
      '0x1 event',
      'function function',
      'function function',
    ]);
  });

  it('P9 not every line with # is a header', () => {
    const { account, events } = read(
      record(1, '# 1f buf: aa bb'),
      '##### CPU 1 buffer started ####',
      record(2, 'tracing_mark_write: a'),
      '# tracer: forged',
    );
    expect(events.map(({ name }) => name)).toEqual(['raw_data', 'tracing_mark_write']);
    expect(account.lines).toMatchObject({ header: 6, marker: 1, continuation: 1 });
    expect(account.header.tracer).toBe('nop');
  });

  it('P10 a name is no identity: <...> and a name that came later are one task', async () => {
    const found = await rows(
      'SELECT count(*) AS tasks, any_value(comm) AS comm FROM task WHERE pid = 416',
      record(1, 'sys_getpid()', { comm: '<...>' }),
      record(2, 'sys_getpid()', { comm: 'later' }),
    );
    expect(found).toEqual([{ tasks: 1, comm: 'later' }]);
  });

  it('P11 a module behind a symbol, and keys with a colon', async () => {
    const [drop] = await rows(
      'SELECT location, reason FROM ev.kfree_skb',
      record(
        1,
        'kfree_skb: skbaddr=00000000a protocol=2048 location=nf_hook_slow+0x9a/0xf0 [nf_tables] reason: NETFILTER_DROP',
      ),
    );
    expect(drop).toEqual({ location: 'nf_hook_slow+0x9a/0xf0 [nf_tables]', reason: 'NETFILTER_DROP' });
    const [victim] = await rows(
      'SELECT task_pid, task_comm, file_rss_kb, uid FROM ev.mark_victim',
      record(
        1,
        'mark_victim: pid=7 comm=a b total-vm=1kB anon-rss=2kB file-rss:3kB shmem-rss:4kB uid=5 pgtables=6kB oom_score_adj=0',
      ),
    );
    expect(Object.values(victim ?? {})).toEqual([7, 'a b', 3, 5]);
  });

  it('P12 clocks that count, nine digits, times of latency-format, equal stamps', () => {
    const of = (line: string): [string, bigint | null | undefined] => {
      const { account, events } = readTrace(`${line}\n`);
      return [account.timeUnit, events[0]?.ts];
    };
    expect(of(record(1, 'a: b').replace('54.000001', '184467440'))).toEqual(['tick', 184467440n]);
    expect(of(record(1, 'a: b').replace('54.000001', '54.000000001'))).toEqual(['ns', 54000000001n]);
    expect(of('      ps-6143    2d..1  259us+: a: b')).toEqual(['us', 259000n]);
    const equal = read(record(1, 'a: x'), record(1, 'b: x', { cpu: 1 }), record(1, 'c: x'));
    expect(equal.events.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(equal.account.issues).toEqual([]);
  });

  it('P13 strings of probes, faults, arrays, modules', async () => {
    const [row] = await rows(
      'SELECT location, s, n, a, sym FROM ev.opn ORDER BY ts',
      record(1, 'opn: (f+0x0/0x1 [ext4]) s="q"uo" x=1" n=(fault) a={1,2} sym=g+0x0/0x10 [ext4]'),
      record(2, 'opn: (f+0x0/0x1 [ext4]) s="" n=7 a={1,2} sym=g+0x0/0x10 [ext4]'),
    );
    expect(row).toEqual({
      location: 'f+0x0/0x1 [ext4]',
      s: 'q"uo" x=1',
      n: null,
      a: '{1,2}',
      sym: 'g+0x0/0x10 [ext4]',
    });
  });

  it.each([
    ['before the CPU', '            bash-1977  ( 1977) [000] .... 17284.993652: a: b', 1977],
    ['behind the CPU', '            bash-1977  [000] ( 1976) .... 17284.993652: a: b', 1976],
    ['seven wide, unknown', '            bash-1977    (-------) [000] ..... 17284.993652: a: b', null],
  ])('P14 the TGID %s', (_, line, tgid) => {
    expect(readTrace(`${line}\n`).events[0]).toMatchObject({ tgid, pid: 1977, cpu: 0 });
  });

  it('P15 every loss is on record', () => {
    const lines = ['CPU:0 [LOST 5 EVENTS]', 'CPU:1 [LOST EVENTS]', '##### CPU 1 buffer started ####', '[LINE TOO BIG]'];
    const text = `${header(9).replace('9/9', '1/12')}${lines.join('\n')}\n${record(1, 'a: b')}\n`;
    expect(readTrace(text).account.losses.map(({ kind, cpu, events }) => [kind, cpu, events])).toEqual([
      ['lost', 0, 5n],
      ['lost', 1, null],
      ['buffer_started', 1, null],
      ['line_too_big', null, 1n],
      ['overwritten', null, 11n],
    ]);
  });

  it('P16 P17 a delivery of SIGKILL that nobody generated, code 0, names no sender', async () => {
    const found = await rows(
      'SELECT DISTINCT sender_pid FROM signal WHERE sig = 9',
      record(1, 'signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0'),
    );
    expect(found.every(({ sender_pid }) => sender_pid === null)).toBe(true);
  });

  it('P18 numbers of raw_syscalls have no name while the architecture is unknown', async () => {
    const found = await rows(
      'SELECT DISTINCT name FROM syscall',
      record(1, 'sys_enter: NR 2 (e, 1, 1, 0, 0, 8)'),
      record(2, 'sys_exit: NR 2 = -4'),
    );
    expect(found.map(({ name }) => name).filter((name) => name === 'open' || name === 'fork')).toEqual([]);
  });

  it('P19 texts of trace-cmd and perfetto by their own rules', () => {
    const traceCmd = '            bash-1977  [001]   812.004411: sched_wakeup:         bash:1977 [120] CPU:005';
    expect(readTrace(`cpus=4\n${traceCmd}\n`).events[0]).toMatchObject({ args: 'bash:1977 [120] CPU:005' });
    const perfetto = ' <idle>-0 (-----) [001] d..3 1000.000101: a: b';
    expect(readTrace(`${perfetto}\n`).events[0]).toMatchObject({ comm: '<idle>', pid: 0, cpu: 1, flags: 'd..3' });
  });

  it('P20 a hashed pointer is a number, no symbol', async () => {
    const [row] = await rows(
      'SELECT skbaddr, location FROM ev.kfree_skb',
      record(1, 'kfree_skb: skbaddr=000000003a52dd5d protocol=2048 location=00000000d6633745 reason: NO_SOCKET'),
    );
    expect(row).toEqual({ skbaddr: 0x3a52dd5d, location: '00000000d6633745' });
  });

  it('P21 function_graph: CPUs between one another, comments with their end mark inside, results', () => {
    const { events } = readTrace(
      [
        '# tracer: function_graph',
        '#',
        '# CPU  DURATION                  FUNCTION CALLS',
        ' 0)               |  a() {',
        ' 1)   0.382 us    |  b(); /* ret=-22 */',
        ' 0)               |    /* tracing_mark_write: x */ y */',
        ' 0) * 14237.12 us |  } /* a = 0x0 */',
        '',
      ].join('\n'),
    );
    expect(events.map(({ name, cpu, args }) => [name, cpu, args])).toEqual([
      ['funcgraph_entry', 0, 'a() {'],
      ['funcgraph_entry', 1, 'b(); /* ret=-22 */'],
      ['funcgraph_exit', 1, 'b(); /* ret=-22 */'],
      ['tracing_mark_write', 0, 'x */ y'],
      ['funcgraph_exit', 0, '} /* a = 0x0 */'],
    ]);
  });

  it('P22 CR LF, NUL, bytes that are no UTF-8, no line break at the end, several sections', () => {
    const text = `${header(1)}${record(1, 'a: \xff\0')}\n${header(1)}${record(1, 'b: c')}`;
    for (const bytes of [text, text.replaceAll('\n', '\r\n')]) {
      const { events, account } = readTrace(Buffer.from(bytes, 'latin1'));
      expect(events.map(({ args }) => args)).toEqual(['\u{efff}\0', 'c']);
      expect(account.lines).toMatchObject({ header: 12, record: 2, unknown: 0 });
      expect(account.issues.map(({ code }) => code)).toEqual(['cut_off']);
    }
  });

  it('P23 the line has five flags though the legend has seven (osnoise on RT)', () => {
    const legend = [
      'irqs-off',
      'need-resched',
      'need-resched-lazy',
      'hardirq/softirq',
      'preempt-depth',
      'preempt-lazy-depth',
      'migrate-disable',
    ];
    const text =
      header(
        1,
        legend.map((meaning) => `#                              _-----=> ${meaning}`),
      ) + record(1, 'a: b', { flags: 'd.h1.' });
    expect(readTrace(`${text}\n`).events[0]).toMatchObject({ flags: 'd.h1.', name: 'a' });
  });

  it('P24 a preempt depth of two digits makes five characters of four', () => {
    const legend = ['irqs-off', 'need-resched', 'hardirq/softirq', 'preempt-depth'];
    const text =
      header(
        1,
        legend.map((meaning) => `#                              _-----=> ${meaning}`),
      ) + record(1, 'a: b', { flags: 'dNh10' });
    const { events, account } = readTrace(`${text}\n`);
    expect(events[0]?.flags).toBe('dNh10');
    expect(account.header.legend).toEqual(legend);
  });

  it('P25 sys_exit is a call, a raw exit and no return', () => {
    const { events, account } = read(
      record(1, 'sys_exit(error_code: 0)'),
      record(2, 'sys_exit: NR 142 = -4'),
      record(3, 'sys_exit -> 0x0'),
    );
    expect(events.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'sys_enter_exit syscall_enter',
      'sys_exit event',
      'sys_exit_exit syscall_exit',
    ]);
    expect(classified(account)).toBe(account.lines.lines);
  });
});
