import { describe, expect, it } from 'vitest';
import { classified, readTrace } from '../../support/read-trace.js';

const HEADER =
  '# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:2\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n';

const REFUSED: readonly (readonly [what: string, text: string, reason: RegExp, line: number | null])[] = [
  ['an empty file', '', /^is empty$/, null],
  ['an empty buffer', HEADER, /without a single record .*which counts 0 records/, null],
  ['the help of a snapshot file', '# tracer: nop\n#\n#\n# * Snapshot is freed *\n#\n', /without a single record/, null],
  ['option bin', `${HEADER}q\0\0\0\0\0\0\0\xcf\xd1type: 714\n`, /option bin/, 6],
  ['a histogram', '# event histogram\n#\n\n{ sig: 10 } hitcount: 1\n', /histogram/, 4],
  ['trace.dat', '\x17\x08\x44tracing6\0\0', /trace\.dat/, 1],
  ['perf.data', 'PERFILE2\x01\0', /perf\.data/, 1],
  ['a program', '\x7fELF\x02\x01\0', /program/, 1],
  ['binary data', 'abc\0\x01\x02\n', /binary data/, 1],
  [
    'perf script',
    'a.out  5441 [002]  9992.171045: signal:signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0\n\tffffffff81 get_signal+0x1 ([kernel.kallsyms])\n\n',
    /perf script/,
    1,
  ],
  [
    'perf script with tid, period and no cpu',
    'swapper     0/0     12345.678901:     250000 cycles:ppp:  ffffffff81 native_safe_halt ([kernel.kallsyms])\n',
    /perf script/,
    1,
  ],
  ['a Chrome trace', '{\n "traceEvents": [\n', /Chrome trace/, 1],
  ['LTTng', '[16:03:11.012345678] (+?.?????????) host sched_switch: { cpu_id = 0 }\n', /LTTng/, 1],
  ['a kernel log', '[    1.000000] Linux version 6.1\n[    1.000001] Command line: x\n', /kernel log without/, null],
  ['a web page', '<!DOCTYPE html>\n<p>hello</p>\n', /web page without/, null],
  ['prose', 'Dear all,\nplease find the trace attached.\n', /no record in 2 lines/, 1],
];

describe('refusals', () => {
  it.each(REFUSED)('%s', (_, text, reason, line) => {
    const { account, events } = readTrace(Buffer.from(text, 'latin1'));
    expect(events).toEqual([]);
    expect(account.refusal?.reason).toMatch(reason);
    expect(account.refusal?.hint).not.toBe('');
    expect(account.refusal?.lineNo).toBe(line);
    expect(classified(account)).toBe(account.lines.lines);
  });

  it('quote the line as it is, also where it is no ASCII', () => {
    expect(readTrace('grüße 😀\n').account.refusal?.text).toBe('grüße 😀');
    expect(readTrace(Buffer.from('gr\xfc\n', 'latin1')).account.issues).toMatchObject([{ text: 'gr\u{effc}' }]);
  });

  it('are none for a single record among rubbish, which is counted', () => {
    const { account } = readTrace('rubbish\n            bash-416     [000] .....    54.000001: sys_getpid()\nmore\n');
    expect(account.refusal).toBeNull();
    expect(account.issues.map(({ code, lineNo }) => [code, lineNo])).toEqual([
      ['no_record', 1],
      ['stray_line', 3],
    ]);
  });

  it('are none for a capture that was cut off, which is said', () => {
    const { account, events } = readTrace(
      '            bash-416     [000] .....    54.000001: sched_process_exit: comm=a pid=54',
    );
    expect(events).toHaveLength(1);
    expect(account.issues).toMatchObject([{ code: 'cut_off', lineNo: 1 }]);
  });
});
