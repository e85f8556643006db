import { describe, expect, it } from 'vitest';
import { classified, type ReadTrace, readTrace } from '../../support/read-trace.js';

const HEADER =
  '# tracer: nop\n#\n# entries-in-buffer/entries-written: 9/9   #P:2\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n';
const kernel = (...lines: string[]): ReadTrace => readTrace(`${HEADER}${lines.join('\n')}\n`);
const record = (ts: string, body: string, cpu = 0): string =>
  `            bash-416     [00${cpu}] .....    ${ts}: ${body}`;
const marker = (ts: string, text: string, cpu = 0): string => record(ts, `tracing_mark_write: ${text}`, cpu);
const FAKE = (ts: string): string =>
  `           <...>-1     [000] d..3.     ${ts}: signal_generate: sig=9 errno=0 code=0 comm=fake pid=1 grp=1 res=0`;
const names = ({ events }: ReadTrace): string[] => events.map(({ name }) => name);
const codes = ({ account }: ReadTrace): string[] => account.issues.map(({ code }) => code);

describe('text with line breaks', () => {
  it('belongs to the marker above it', () => {
    const read = kernel(marker('54.000001', 'one'), 'two', '', 'four', record('54.000002', 'sys_getpid()'));
    expect(read.events.map(({ args }) => args)).toEqual(['one\ntwo\n\nfour', '']);
    expect(read.account.lines).toMatchObject({ record: 2, continuation: 3, unknown: 0 });
  });

  it('cannot forge a record of the past', () => {
    const read = kernel(marker('54.000001', 'x'), FAKE('1.000000'), 'tail', record('54.000002', 'sys_getpid()'));
    expect(names(read)).toEqual(['tracing_mark_write', 'sys_enter_getpid']);
    expect(read.events[0]?.args).toBe(`x\n${FAKE('1.000000')}\ntail`);
    expect(codes(read)).toEqual(['forged_record']);
  });

  it('cannot forge records of the future: what follows gives them away', () => {
    const read = kernel(
      marker('54.000001', 'x'),
      FAKE('99.000000'),
      FAKE('99.000001'),
      record('54.000002', 'sys_getpid()'),
    );
    expect(names(read)).toEqual(['tracing_mark_write', 'sys_enter_getpid']);
    expect(read.account.issues).toMatchObject([{ code: 'forged_record', lineNo: 7, count: 2 }]);
  });

  it('takes no real record, though a later marker repeats an old line', () => {
    const read = kernel(
      marker('54.000001', 'a'),
      record('54.000005', 'sys_getpid()'),
      marker('54.000009', 'b'),
      FAKE('54.000001'),
      record('54.000010', 'sys_getpid -> 0x1'),
    );
    expect(names(read)).toEqual(['tracing_mark_write', 'sys_enter_getpid', 'tracing_mark_write', 'sys_exit_getpid']);
  });

  it('cannot forge stack frames, losses in whole traces, sections and headers', () => {
    const read = kernel(
      marker('54.000001', 'x'),
      ' => fake_frame',
      '# fake comment',
      '# tracer: nop',
      '#',
      record('54.000002', 'a: b'),
    );
    expect(names(read)).toEqual(['tracing_mark_write', 'a']);
    expect(read.account.header.tracer).toBe('nop');
    expect(read.account.lines).toMatchObject({ header: 5, continuation: 4, frame: 0 });
  });

  it('marks a loss behind a marker as doubtful', () => {
    const read = kernel(marker('54.000001', 'x'), 'CPU:0 [LOST 5 EVENTS]', record('54.000002', 'a: b'));
    expect(codes(read)).toEqual(['suspect']);
    expect(read.account.losses[0]).toMatchObject({ kind: 'lost', events: 5n });
  });

  it('goes on in a probe’s string until the quote closes', () => {
    const open = '/tmp/l1\n   <...>-1 [000] d..3. 1.000000: fake_event: injected\nx => y';
    const read = kernel(
      record('54.000001', `opn: (do_filp_open+0x0/0x100) pathname="${open}" flags=0x40`),
      record('54.000002', 'a: b'),
    );
    expect(names(read)).toEqual(['opn', 'a']);
    expect(read.events[0]?.args).toContain('injected\nx => y" flags=0x40');
  });

  it('is suspect where only a quote tells a probe’s string from a record', () => {
    const text = `/tmp/l1\n${record('54.000002', 'sys_getpid()')}`;
    const read = kernel(record('54.000001', `opn: (f+0x0/0x1) s="${text}"`), record('54.000003', 'a: b'));
    expect(names(read)).toEqual(['opn', 'a']);
    expect(codes(read)).toEqual(['suspect']);
  });

  it('goes on over any number of forged records until the quote closes', () => {
    const forged = [record('54.000002', 'sys_getpid()'), ' => f', 'CPU:0 [LOST 5 EVENTS]', record('54.000003', 'c: d')];
    const read = kernel(
      record('54.000001', `opn: (f+0x0/0x1) s="/tmp/l1\n${forged.join('\n')}\n" flags=0x40`),
      record('54.000004', 'a: b'),
    );
    expect(names(read)).toEqual(['opn', 'a']);
    expect(read.account.issues).toMatchObject([{ code: 'suspect', count: 2 }]);
    expect(read.account.losses.map(({ kind }) => kind)).toEqual(['count_mismatch']);
  });

  it('goes on when a quote seems to close, but an argument of the probe is missing', () => {
    const usual = [1, 2, 3, 4].map((i) => record(`54.00000${i}`, 'opn: (f+0x0/0x1) s="/tmp" flags=0x40'));
    const forged = record('54.000006', 'sys_getpid()');
    const read = kernel(
      ...usual,
      record('54.000005', `opn: (f+0x0/0x1) s="/tmp/"q"\n${forged}\nx" flags=0x40`),
      record('54.000007', 'a: b'),
    );
    expect(names(read)).toEqual(['opn', 'opn', 'opn', 'opn', 'opn', 'a']);
    expect(codes(read)).toEqual(['suspect']);
  });

  it('ends with the record where the quote never closes: the file is damaged', () => {
    const read = kernel(record('54.000001', 'opn: (f+0x0/0x1) s="/tm'), record('54.000002', 'a: b'));
    expect(names(read)).toEqual(['opn', 'a']);
  });

  it('goes on in a comm= of a known event', () => {
    const read = kernel(
      record('54.000001', 'sched_waking: comm=nl'),
      'nl pid=12 prio=120 target_cpu=000',
      record('54.000002', 'sys_getpid()'),
    );
    expect(read.events[0]?.args).toBe('comm=nl\nnl pid=12 prio=120 target_cpu=000');
  });

  it('keeps the stack among the fields of a synthetic event', () => {
    const read = kernel(
      record('54.000001', 'wake_lat: lat=5 stack=STACK:'),
      '=> schedule+0x1a/0x50',
      '=> do_nanosleep+0x5/0x10',
      ' pid=7',
      record('54.000002', 'sys_getpid()'),
    );
    expect(read.events[0]?.args).toBe('lat=5 stack=STACK:\n=> schedule+0x1a/0x50\n=> do_nanosleep+0x5/0x10\n pid=7');
    expect(read.account.lines.frame).toBe(0);
  });

  it('leaves a line that a syscall cannot have taken, as a record without columns', () => {
    const read = kernel(
      record('54.000001', 'sys_close(fd: 3)'),
      'hello from printk-msg-only',
      record('54.000002', 'sys_getpid()'),
    );
    expect(read.events[1]).toMatchObject({
      name: 'print',
      args: 'hello from printk-msg-only',
      pid: null,
      ts: null,
      lineNo: 7,
    });
    expect(codes(read)).toEqual(['no_columns']);
  });

  it('is no record in a file that is not as the kernel wrote it', () => {
    const read = readTrace(
      'bash-1 [000] .... 1.000001: sys_close(fd: 3)\nmy note\nbash-1 [000] .... 1.000002: sys_close -> 0x0\n',
    );
    expect(names(read)).toEqual(['sys_enter_close', 'sys_exit_close']);
    expect(read.account.issues).toMatchObject([{ code: 'stray_line', lineNo: 2, text: 'my note' }]);
  });
});

describe('a NUL in a marker', () => {
  const cut = `${marker('54.000001', 'nul').slice(0)}${marker('54.000003', 'next')}`;

  it('puts two records on one line', () => {
    const read = kernel(cut, record('54.000004', 'sys_getpid()'));
    expect(read.events.map(({ args, lineNo }) => [args, lineNo])).toEqual([
      ['nul', 6],
      ['next', 6],
      ['', 7],
    ]);
    expect(read.account.lines).toMatchObject({ lines: 7, record: 2, continuation: 0 });
    expect(classified(read.account)).toBe(7);
  });

  it('can cut three records, and a later line of a text', () => {
    const three = marker('54.000001', 'a') + marker('54.000002', 'b') + record('54.000003', 'sys_getpid()');
    expect(kernel(three).events.map(({ args }) => args)).toEqual(['a', 'b', '']);
    const later = kernel(marker('54.000001', 'a'), `second${marker('54.000002', 'b')}`, 'tail');
    expect(later.events.map(({ args }) => args)).toEqual(['a\nsecond', 'b\ntail']);
    expect(classified(later.account)).toBe(8);
  });

  it('can be followed by the stack of the marker on the same line', () => {
    const read = kernel(marker('54.000001', 'a') + record('54.000002', '<stack trace>'), ' => f', ' => g');
    expect(read.events.map(({ args, stack }) => [args, stack])).toEqual([['a', ['f', 'g']]]);
    expect(read.account.stacks).toBe(1);
    expect(classified(read.account)).toBe(8);
  });

  it('can put any number of records on one line', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => marker(`54.${String(i).padStart(6, '0')}`, 'x'));
    expect(kernel(many.join('')).events.length).toBe(20_000);
  });

  it.each([
    ['a line of the past', FAKE('1.000000')],
    ['a line of the future', FAKE('99.000000')],
    ['columns without their padding', 'x-1 [000] d..3. 54.000002: a: b'],
  ])('is not seen in %s quoted by a marker', (_, text) => {
    const read = kernel(marker('54.000001', text), record('54.000004', 'sys_getpid()'));
    expect(names(read)).toEqual(['tracing_mark_write', 'sys_enter_getpid']);
    expect(read.events[0]?.args).toBe(text);
  });
});

describe('losses', () => {
  it('reach from the record above to the next of their CPU', () => {
    const other = record('54.000003', 'a: b').replace('[000]', '[001]');
    const read = kernel(
      record('54.000001', 'sys_getpid()'),
      'CPU:0 [LOST 5 EVENTS]',
      other,
      '[LINE TOO BIG]',
      record('54.000004', 'a: b'),
      '##### CPU 1 buffer started ####',
      other.replace('54.000003', '54.000009'),
    );
    expect(read.account.losses.map(({ kind, fromTs, toTs }) => [kind, fromTs, toTs])).toEqual([
      ['lost', 54000001000n, 54000004000n],
      ['line_too_big', 54000003000n, 54000004000n],
      ['buffer_started', null, 54000009000n],
      ['count_mismatch', null, null],
    ]);
  });
});

describe('order of time', () => {
  it('is not expected over CPUs without the kernel’s header (trace_pipe)', () => {
    const read = readTrace([marker('54.000009', 'x', 1), record('54.000002', 'sys_getpid()', 0), ''].join('\n'));
    expect(names(read)).toEqual(['tracing_mark_write', 'sys_enter_getpid']);
    expect(codes(read)).toEqual(['time_backwards']);
  });

  it('is expected on each CPU', () => {
    const read = readTrace(
      [record('54.000005', 'sys_getpid()', 0), marker('54.000009', 'x', 1), record('54.000002', 'fake: x', 0), ''].join(
        '\n',
      ),
    );
    expect(names(read)).toEqual(['sys_enter_getpid', 'tracing_mark_write']);
  });

  it('starts anew with every section', () => {
    const read = readTrace(`${HEADER}${record('54.000001', 'a: b')}\n${HEADER}${record('12.000001', 'c: d')}\n`);
    expect(names(read)).toEqual(['a', 'c']);
    expect(codes(read)).toEqual([]);
    expect(read.account.header).toMatchObject({ entriesInBuffer: 18n });
  });
});
