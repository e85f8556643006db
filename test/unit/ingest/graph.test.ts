import { describe, expect, it } from 'vitest';
import { classified, readTrace } from '../../support/read-trace.js';

const HEADER =
  '# tracer: function_graph\n#\n# CPU  DURATION                  FUNCTION CALLS\n# |     |   |                     |   |   |   |\n';
const graph = (...lines: string[]): ReturnType<typeof readTrace> => readTrace(`${HEADER}${lines.join('\n')}\n`);
const RULE = ' ------------------------------------------';

/** name, text, depth, duration in ns (-1: none). */
type Call = readonly [name: string, args: string, depth: number, dur: number];
const calls = (...lines: string[]): Call[] =>
  graph(...lines).events.map(({ name, args, values }) => [
    name.replace('funcgraph_', ''),
    args,
    Number(values[0]),
    values.length > 1 ? Number(values[1]) : -1,
  ]);

const LINES: readonly (readonly [description: string, line: string, expected: readonly Call[]])[] = [
  ['entry', ' 0)               |  do_sys_open() {', [['entry', 'do_sys_open() {', 0, -1]]],
  [
    'leaf: two records in one line',
    ' 0)   0.382 us    |    getname();',
    [
      ['entry', 'getname();', 1, 382],
      ['exit', 'getname();', 1, 382],
    ],
  ],
  ['return', ' 0) + 11.702 us   |  }', [['exit', '}', 0, 11702]]],
  [
    'return with its function',
    ' 1) * 14237.12 us |  } /* schedule_timeout */',
    [['exit', '} /* schedule_timeout */', 0, 14237120]],
  ],
  ['a second and more: no fraction', ' 1) $ 1234567 us  |      }', [['exit', '}', 2, 1234567000]]],
  ['return value', ' 1)   1.205 us    |  } /* vfs_read ret=0x10 */', [['exit', '} /* vfs_read ret=0x10 */', 0, 1205]]],
  [
    'leaf with caller and return value',
    ' 0)   0.150 us    |  vfs_fstat(); /* <-ksys_read+0x1f/0x40 ret=-9 */',
    [
      ['entry', 'vfs_fstat(); /* <-ksys_read+0x1f/0x40 ret=-9 */', 0, 150],
      ['exit', 'vfs_fstat(); /* <-ksys_read+0x1f/0x40 ret=-9 */', 0, 150],
    ],
  ],
  ['arguments', ' 0)               |  f(a=0x1, s=(x)[0x1:0x2]) {', [['entry', 'f(a=0x1, s=(x)[0x1:0x2]) {', 0, -1]]],
  ['caller of an entry', ' 0)               |  f() { /* <-g+0x1/0x2 */', [['entry', 'f() { /* <-g+0x1/0x2 */', 0, -1]]],
  ['no duration column', ' 0) do_sys_open() {', [['entry', 'do_sys_open() {', 0, -1]]],
];

describe('function_graph', () => {
  it.each(LINES)('%s', (_, line, expected) => {
    expect(calls(line)).toEqual(expected);
  });

  it('reads time, task and flags where the options print them', () => {
    const { events, account } = graph(
      '   26.158235 |   1)   mini-0-327   |  d..1. | + 22.133 us   |        } /* kmem_cache_alloc */',
    );
    expect(events[0]).toMatchObject({
      ts: 26158235000n,
      cpu: 1,
      comm: 'mini-0',
      pid: 327,
      flags: 'd..1.',
      values: [3n, 22133n],
    });
    expect(account).toMatchObject({ dialect: 'ftrace-graph', timeUnit: 'us' });
  });

  it('reads a task of 15 columns, and one with odd bytes', () => {
    const { events } = graph(
      '   26.158235 |   1)  kworker-4190002 | + 22.133 us   |  }'.replace(' kworker', 'kworker'),
      '   26.158236 |   1)    a | b-7     |               |  f() {',
    );
    expect(events.map(({ comm, pid }) => [comm, pid])).toEqual([
      ['kworker', 4190002],
      ['a | b', 7],
    ]);
  });

  it('counts time from the start in a latency tracer with display-graph', () => {
    const { events } = graph('     10 us |   0)    <idle>-0    |  d..1. |   0.5 us    |  tick_irq_enter();');
    expect(events[0]).toMatchObject({ ts: 10000n, pid: 0, comm: '<idle>' });
  });

  it('gives the leaf’s return the time at which it ended', () => {
    const { events, account } = graph('   26.158235 |   1)   mini-0-327   |   2.500 us    |  f();');
    expect(events.map(({ ts }) => ts)).toEqual([26158235000n, 26158237500n]);
    expect(account.lastTs).toBe(26158237500n);
  });

  it('reads other events from their comments', () => {
    const { events } = graph(
      ' 0)               |    /* sched_waking: comm=rcu_sched pid=14 prio=120 target_cpu=000 */',
      ' 0)               |  /* sys_close(fd: 3) */',
      ' 0)               |  /* plain text */',
    );
    expect(events.map(({ name, args }) => [name, args])).toEqual([
      ['sched_waking', 'comm=rcu_sched pid=14 prio=120 target_cpu=000'],
      ['sys_enter_close', 'fd: 3'],
      ['print', 'plain text'],
    ]);
    expect(events[1]?.values).toEqual([3n]);
  });

  it('keeps a comment with line breaks together, whatever its lines look like', () => {
    const { events, account } = graph(
      ' 0)               |  /* one',
      ' 0)               |  fake();',
      RULE,
      '',
      'end */',
      ' 0)   0.382 us    |  real();',
    );
    expect(events.map(({ name, lineNo }) => [name, lineNo])).toEqual([
      ['print', 5],
      ['funcgraph_entry', 10],
      ['funcgraph_exit', 10],
    ]);
    expect(events[0]?.args).toBe(`one\n 0)               |  fake();\n${RULE}\n\nend`);
    expect(account.lines).toMatchObject({ record: 2, continuation: 4 });
  });

  it('follows the task of each CPU, also backwards to the first line', () => {
    const { events, account } = graph(
      ' 0)               |  a() {',
      ' 1)               |  x() {',
      RULE,
      ' 0)    bash-113    =>   mini-0-273  ',
      RULE,
      '',
      ' 0)               |  b() {',
      ' 1)               |  y() {',
    );
    expect(events.map(({ args, pid, comm }) => [args, pid, comm])).toEqual([
      ['a() {', 113, 'bash'],
      ['x() {', null, null],
      ['b() {', 273, 'mini-0'],
      ['y() {', null, null],
    ]);
    expect(account.lines).toMatchObject({ record: 4, marker: 4, unknown: 0 });
  });

  it('tells interrupt arrows from records', () => {
    const { account } = graph(
      ' 0)   ==========> |',
      ' 0)   0.5 us      |  smp_apic_timer_interrupt();',
      ' 0)   <========== |',
    );
    expect(account.lines).toMatchObject({ record: 1, marker: 2, unknown: 0 });
  });

  it('reads stacks, which keep the default layout, in between', () => {
    const { events, account } = graph(
      ' 1)               |  /* signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0 */',
      '            bash-113     [001] ...1.    57.359966: <stack trace>',
      ' => get_signal',
      ' 1)   0.5 us      |  f();',
    );
    expect(events[0]).toMatchObject({ name: 'signal_deliver', stack: ['get_signal'] });
    expect(account.stacks).toBe(1);
  });

  it('reads the columns of the latency layout’s header', () => {
    const { account } = readTrace(
      [
        '# tracer: function_graph',
        '#',
        '# function_graph latency trace v1.1.5 on 6.1.0',
        '# latency: 0 us, #3/3, CPU#1 | (M:desktop VP:0, KP:0, SP:0 HP:0 #P:2)',
        '#      _-----=> irqs-off        ',
        '#     / _----=> need-resched    ',
        ' 0)  ...1. | + 23.935 us   |  mutex_unlock();',
        ' 0)  ...1. |               |  /* sys_write -> 0x2 */',
      ].join('\n'),
    );
    expect(account.header).toMatchObject({ entriesInBuffer: 3n, cpus: 2, legend: ['irqs-off', 'need-resched'] });
    expect(account.events).toBe(3);
    expect(classified(account)).toBe(8);
  });
});
