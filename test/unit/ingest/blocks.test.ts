import { describe, expect, it } from 'vitest';
import { forEachBlock } from '../../../src/ingest/blocks.js';
import { classified, readBlocks, readChunks, readTrace } from '../../support/read-trace.js';

const record = (i: number, body: string): string =>
  `            bash-416     [00${i % 2}] .....    ${String(54 + i / 1e6).slice(0, 2)}.${String(i).padStart(6, '0')}: ${body}`;
const HEADER =
  '# tracer: nop\n#\n# entries-in-buffer/entries-written: 9/9   #P:2\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n';
const LINES = [
  record(1, 'tracing_mark_write: x'),
  '           <...>-1     [000] d..3.    99.000000: fake: y',
  ' => not_a_frame',
  record(2, 'signal_generate: sig=9 errno=0 code=0 comm=a pid=1 grp=1 res=0'),
  record(4, '<stack trace>'),
  ' => a',
  ' => b',
  `${record(5, 'tracing_mark_write: nul')}${record(6, 'tracing_mark_write: next')}`,
  'tail',
  '           nl\nnl-1054    [000] .....    54.000007: sys_getpid()',
  '',
  record(8, 'opn: (f+0x0/0x1) s="a\nb" c=1'),
];
const TRACE = Buffer.from(`${HEADER}${LINES.join('\n')}\n`, 'latin1');

function* cycle(...sizes: number[]): Generator<number> {
  for (;;) yield* sizes;
}

describe('blocks', () => {
  it('are cut anywhere with the same result', async () => {
    const whole = readTrace(TRACE);
    expect(whole.events.length).toBe(6);
    expect(classified(whole.account)).toBe(whole.account.lines.lines);
    for (const sizes of [[1], [7], [16], [61, 3], [200], [4096]]) {
      expect(readBlocks(TRACE, cycle(...sizes)), `blocks of ${sizes.join(', ')}`).toEqual(whole);
    }
    for (const size of [1, 1000, 1 << 20]) expect(await readChunks(TRACE, size)).toEqual(whole);
  });

  it('hold a capture that is longer than the look ahead', async () => {
    const body = Array.from({ length: 4000 }, (_, i) =>
      record(i + 1, i % 3 === 0 ? 'tracing_mark_write: m' : 'sys_getpid()'),
    );
    const text = Buffer.from(`${HEADER}${body.join('\n')}\n`, 'latin1');
    const whole = readTrace(text);
    expect(whole.events.length).toBe(4000);
    expect(await readChunks(text, 1000)).toEqual(whole);
    expect(readBlocks(text, cycle(70_000))).toEqual(whole);
    expect(readBlocks(text, cycle(9_000, 100))).toEqual(whole);
  });

  it('give one line at the end without a line break', () => {
    expect(readTrace(`${HEADER}${record(1, 'sys_getpid()')}`).account.lines.lines).toBe(6);
  });

  it('cut a line that never ends, and count it once', async () => {
    const endless = Buffer.concat([
      TRACE,
      Buffer.alloc(5 << 20, 0x61),
      Buffer.from(`\n${record(9, 'sys_getpid()')}\n`),
    ]);
    const whole = readTrace(endless);
    expect(whole.account.issues.map(({ code }) => code)).toContain('line_cut');
    expect(whole.account.lines.unknown).toBe(1);
    expect(whole.events.at(-1)?.lineNo).toBe(whole.account.lines.lines);
    expect(await readChunks(endless, 1 << 20)).toEqual(whole);
  });

  it('passes nothing twice and nothing too little', async () => {
    const seen: string[] = [];
    await forEachBlock([Buffer.from('a\nb'), Buffer.alloc(0), Buffer.from('c\n')], (bytes, last) => {
      seen.push(`${bytes.toString()}${last ? '!' : ''}`);
      return bytes.length;
    });
    expect(seen).toEqual(['a\nbc\n!']);
  });
});
