import { describe, expect, it } from 'vitest';
import { classified, type ReadTrace, readTrace } from '../../support/read-trace.js';

const LINES = [
  '# tracer: nop',
  '#',
  '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
  '            bash-416     [000] .....    54.000001: sys_kill(pid: 1a1, sig: 9)',
  '          <idle>-0       [001] d..2.    54.000002: sched_waking: comm=a pid=417 prio=120 target_cpu=000',
  '          <idle>-0       [001] d..2.    54.000003: <stack trace>',
  ' => try_to_wake_up',
];
const EVENTS = [
  ['bash', 416, 54000001000n, 'sys_enter_kill'],
  ['<idle>', 0, 54000002000n, 'sched_waking'],
];
const events = ({ events: read }: ReadTrace): unknown[][] =>
  read.map(({ comm, pid, ts, name }) => [comm, pid, ts, name]);
const expectWhole = (read: ReadTrace, lines: number): void => {
  expect(events(read)).toEqual(EVENTS);
  expect(read.events[1]?.stack).toEqual(['try_to_wake_up']);
  expect(read.account).toMatchObject({ issues: [], refusal: null });
  expect(read.account.lines.lines).toBe(lines);
  expect(classified(read.account)).toBe(lines);
};

describe('containers', () => {
  it.each([
    ['CR LF', `${LINES.join('\r\n')}\r\n`, 'ftrace'],
    ['a byte order mark', `\ufeff${LINES.join('\n')}\n`, 'ftrace'],
    [
      'quotation marks',
      LINES.map((line) => `> ${line}`)
        .join('\n')
        .concat('\n'),
      'ftrace',
    ],
    [
      'tabs in front',
      LINES.map((line) => `\t${line}`)
        .join('\n')
        .concat('\n'),
      'ftrace',
    ],
    ['no-break spaces', `${LINES.map((line) => line.replaceAll('  ', '\u00a0 ')).join('\n')}\n`, 'pasted'],
    ['entities', `${LINES.join('\n')}\n`.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), 'pasted'],
  ])('%s', (_, text, dialect) => {
    const read = readTrace(text);
    expectWhole(read, LINES.length);
    expect(read.account.dialect).toBe(dialect);
  });

  it('counts a last line of which the container leaves nothing', () => {
    const { account } = readTrace('# tracer: nop\r\n#\r\n\r');
    expect(account.lines.lines).toBe(3);
    expect(classified(account)).toBe(3);
  });

  it('Android’s systrace: the text in a script element', () => {
    const page = [
      '<!DOCTYPE html>',
      '<html><script>var x = "-1 [000]";</script>',
      '<!-- BEGIN TRACE -->',
      '  <script class="trace-data" type="application/text">',
      'PROCESS DUMP',
      'USER             PID   PPID     VSZ    RSS WCHAN  PC S NAME',
      '  </script>',
      '  <script class="trace-data" type="application/text">',
      ...LINES,
      '  </script>',
      '<!-- END TRACE -->',
    ];
    const read = readTrace(`${page.join('\n')}\n`);
    expectWhole(read, 17);
    expect(read.account.dialect).toBe('systrace');
    expect(read.events[0]?.lineNo).toBe(12);
  });

  it('the same as a JavaScript string', () => {
    const page = [
      '<html>',
      '  var linuxPerfData = "\\',
      ...LINES.map((line) => `${line.replaceAll('"', '\\"')}\\n\\`),
      '";',
      '</html>',
    ];
    expectWhole(readTrace(`${page.join('\n')}\n`), 11);
  });

  it('what atrace says before the trace', () => {
    expectWhole(readTrace(['capturing trace... done', 'TRACE:', ...LINES, ''].join('\n')), 9);
  });

  it.each([
    ['printk', '[   51.290000] '],
    ['printk with level and caller', '<4>[   51.290000][    T1] '],
    ['syslog', 'Nov 20 21:02:11 host kernel: [   51.290000] '],
    ['no time', ''],
  ])('a kernel log with an ftrace dump, prefix of %s', (_, prefix) => {
    const log = [
      'BUG: kernel NULL pointer dereference, address: 0000000000000000',
      'Call Trace:',
      ' => not_of_the_trace',
      'Dumping ftrace buffer:',
      '---------------------------------',
      '    bash-416       0..... 54000001us : sys_kill(pid: 1a1, sig: 9)',
      'CPU:1 [LOST 3 EVENTS]',
      '  <idle>-0         1d..2. 54000002us : sched_waking: comm=a pid=417 prio=120 target_cpu=000',
      '  <idle>-0         1d..2. 54000003us : <stack trace>',
      ' => try_to_wake_up',
      '---------------------------------',
      'Modules linked in:',
    ];
    const read = readTrace(log.map((line) => `${prefix}${line}\n`).join(''));
    expectWhole(read, 12);
    expect(read.account).toMatchObject({ dialect: 'dmesg-latency', lines: { header: 7, marker: 1 } });
  });
});

describe('other tools’ text', () => {
  it('trace-cmd report: padded names, stacks with addresses', () => {
    const read = readTrace(
      [
        'CPU 1 is empty',
        'cpus=2',
        '            bash-416   [000] .....    54.000001: sys_enter_kill:       pid: 0x000001a1, sig: 0x00000009',
        '            bash-416   [000] d..2.    54.000002: sched_switch:         bash:416 [120] S ==> swapper/0:0 [120]',
        '            bash-416   [000] d..2.    54.000003: kernel_stack:         <stack trace >',
        '=> schedule (ffffffff81a0b1c2)',
        '=> do_nanosleep (ffffffff81a0b1d2)',
        'CPU:0 [12 EVENTS DROPPED]',
        '            bash-416   [000] .....    54.000004: function:             vfs_read <-- ksys_read',
        '',
      ].join('\n'),
    );
    expect(read.account).toMatchObject({ dialect: 'trace-cmd', stacks: 1, lines: { header: 2, frame: 2, marker: 1 } });
    expect(read.events.map(({ name, args }) => [name, args])).toEqual([
      ['sys_enter_kill', 'pid: 0x000001a1, sig: 0x00000009'],
      ['sched_switch', 'bash:416 [120] S ==> swapper/0:0 [120]'],
      ['function', 'vfs_read <-- ksys_read'],
    ]);
    expect(read.events[1]?.stack).toEqual(['schedule', 'do_nanosleep']);
    expect(read.account.losses).toMatchObject([{ kind: 'lost', cpu: 0, events: 12n }]);
  });

  it('perfetto: its constant count says nothing', () => {
    const read = readTrace(
      [
        '# tracer: nop',
        '#',
        '# entries-in-buffer/entries-written: 30624/30624   #P:4',
        '#',
        '#           TASK-PID    TGID   CPU#  ||||    TIMESTAMP  FUNCTION',
        ' <idle>-0     (-----) [003] d..2 1002.123456: sched_waking: comm=a pid=417 prio=120 target_cpu=000',
        ' Binder:1_2-416   (  400) [003] ...1 1002.123457: tracing_mark_write: B|400|x',
      ].join('\n'),
    );
    expect(read.account).toMatchObject({ dialect: 'perfetto-loose', losses: [], header: { entriesInBuffer: null } });
    expect(read.events.map(({ comm, tgid }) => [comm, tgid])).toEqual([
      ['<idle>', null],
      ['Binder:1_2', 400],
    ]);
  });

  it('pasted text: words in angle brackets lost, lines left out', () => {
    const read = readTrace(
      [
        'bash-4994    [007] .....11  9992.171040: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0',
        'bash-4994    [007] ....111  9992.171042:',
        '=> __send_signal',
        '        .......',
        'bash-4994    [007] ....1..  9992.171044: sys_kill -> 0x0',
        '=> orphan',
        '',
      ].join('\n'),
    );
    expect(read.events.map(({ name, stack }) => [name, stack])).toEqual([
      ['signal_generate', ['__send_signal']],
      ['sys_exit_kill', ['orphan']],
    ]);
    expect(read.account.losses).toMatchObject([{ kind: 'elided', fromTs: 9992171042000n, toTs: 9992171044000n }]);
    expect(read.account.issues.map(({ code }) => code)).toEqual(['elision']);
  });
});
