import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { printerFor } from '../../../../src/cli/format/printer.js';
import type { Look, OutColumn } from '../../../../src/cli/format/types.js';
import type { Format } from '../../../../src/cli/options.js';
import type { Row } from '../../../../src/trace/result.js';
import { MemoryStream } from '../../../support/program.js';

const COLUMNS: readonly OutColumn[] = [
  { name: 'ts', type: 'integer', unit: 'ns' },
  { name: 'comm', type: 'text' },
  { name: 'start_addr', type: 'integer', unit: 'address' },
  { name: 'dur', type: 'integer', unit: 'ns' },
  { name: 'dumped', type: 'boolean' },
];
const ROWS: readonly Row[] = [
  { ts: 9_992_171_040_000, comm: 'bash', start_addr: 0x7fef041e8000, dur: 79_000, dumped: false },
  { ts: '9223372036854775807', comm: null, start_addr: '18446744073709551615', dur: null, dumped: null },
];
const PLAIN: Look = { clock: { unit: 'us' }, color: false, width: undefined };

async function print(
  format: Format,
  columns: readonly OutColumn[],
  batches: readonly (readonly Row[])[],
  look: Look = PLAIN,
): Promise<string> {
  const out = new MemoryStream(look.width);
  const printer = await printerFor(format);
  const count = await printer(out, columns, batches, look);
  expect(count).toBe(batches.flat().length);
  return out.text;
}

const one = (comm: string): readonly Row[][] => [[{ comm }]];
const COMM: readonly OutColumn[] = [{ name: 'comm', type: 'text' }];
/** Escape sequences, a newline, a byte that is no UTF-8, C1, a mark that turns the reading direction, quotes, markup. */
const HOSTILE = '\u001b[31mred\n\r\t\u009b2J\uefff\u202e"\'<b>,;';

describe('table', () => {
  it('shows times as the trace prints them, durations for people, addresses in hex', async () => {
    expect(await print('table', COLUMNS, [ROWS])).toBe(
      [
        '                  ts  comm          start_addr    dur  dumped',
        '         9992.171040  bash      0x7fef041e8000  79 us  false',
        '9223372036.854775807        0xffffffffffffffff',
        '',
      ].join('\n'),
    );
  });

  it('shows ticks as they are, and all digits of a nanosecond clock', async () => {
    const ts = [{ name: 'ts', type: 'integer', unit: 'ns' }] as const;
    expect(await print('table', ts, [[{ ts: 39604 }]], { ...PLAIN, clock: { unit: 'tick' } })).toBe('   ts\n39604\n');
    const ns = await print('table', ts, [[{ ts: 1_000_000_000 }, { ts: 1_000_000_001 }]], {
      ...PLAIN,
      clock: { unit: 'ns' },
    });
    expect(ns).toBe('         ts\n1.000000000\n1.000000001\n');
  });

  it('lets nothing of the trace reach the terminal as a control', async () => {
    const text = await print('table', COMM, one(HOSTILE), { ...PLAIN, width: 200 });
    expect(text).toBe(`comm\n\\e[31mred\\n\\r\\t\\x9b2J\\xff\\u{202e}"'<b>,;\n`);
  });

  it('fits the terminal by cutting texts, never numbers', async () => {
    const columns: OutColumn[] = [
      { name: 'n', type: 'integer' },
      { name: 'args', type: 'text' },
    ];
    const rows = [{ n: 1234567890, args: 'x'.repeat(100) }];
    expect(await print('table', columns, [rows], { ...PLAIN, width: 30 })).toBe(
      `         n  args\n1234567890  ${'x'.repeat(17)}…\n`,
    );
    expect(await print('table', columns, [rows], { ...PLAIN, width: 5 })).toContain('1234567890  xxxxxxx…');
    expect(await print('table', columns, [rows])).toContain('x'.repeat(100));
  });

  it('leaves the last columns out where not all have room, never the line, and tells which', async () => {
    const columns: OutColumn[] = ['ts', 'comm', 'signal', 'cause', 'evidence', 'line_no'].map((name) => ({
      name,
      type: name === 'line_no' ? 'integer' : 'text',
    }));
    const row = Object.fromEntries(columns.map(({ name }) => [name, name === 'line_no' ? 123 : 'x'.repeat(20)]));
    const left: string[] = [];
    const text = await print('table', columns, [[row], [row]], {
      ...PLAIN,
      width: 40,
      leftOut: (names) => left.push(...names),
    });
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(/^ts +comm +signal +line_no$/);
    expect(left).toEqual(['cause', 'evidence']);
  });

  it('counts wide characters as two and combining marks as none', async () => {
    const columns: OutColumn[] = [...COMM, { name: 'n', type: 'integer' }];
    const rows = [
      { comm: '日本', n: 1 },
      { comm: 'e\u0301', n: 2 },
    ];
    expect(await print('table', columns, [rows])).toBe('comm  n\n日本  1\ne\u0301     2\n');
    expect(await print('table', COMM, one('日本日本日本'), { ...PLAIN, width: 9 })).toBe('comm\n日本日本…\n');
  });

  it('is the same whether rows come at once or one by one', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({ comm: `task-${i}` }));
    const single = rows.map((row) => [row]);
    expect(await print('table', COMM, single)).toBe(await print('table', COMM, [rows.slice(0, 999), rows.slice(999)]));
  });

  it('prints nothing for no rows, and colours only when asked to', async () => {
    expect(await print('table', COMM, [])).toBe('');
    expect(await print('table', COMM, one('a'), { ...PLAIN, color: true })).toBe('\u001b[1mcomm\u001b[22m\na\n');
  });
});

describe('json', () => {
  it('has the column names as keys and keeps every value exactly', async () => {
    const text = await print('json', COLUMNS, [ROWS.slice(0, 1), ROWS.slice(1)]);
    expect(JSON.parse(text)).toEqual(ROWS);
    expect(await print('json', COLUMNS, [])).toBe('[]\n');
  });

  it('prints one object a line as ndjson', async () => {
    const lines = (await print('ndjson', COLUMNS, [ROWS])).split('\n');
    expect(lines.map((line) => (line === '' ? '' : JSON.parse(line)))).toEqual([...ROWS, '']);
    expect(await print('ndjson', COLUMNS, [])).toBe('');
  });

  it.each(['json', 'ndjson'] as const)('%s is safe on a terminal and still says the same', async (format) => {
    const text = await print(format, COMM, one(HOSTILE));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect([JSON.parse(text)].flat()).toEqual([{ comm: HOSTILE }]);
  });
});

describe('csv', () => {
  it('can be read back, newlines, quotes and all', async () => {
    const text = await print('csv', COLUMNS, [ROWS.slice(0, 1), [{ ...ROWS[1], comm: 'a "b",\nc' } as Row]]);
    const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    expect(data).toEqual([
      ['ts', 'comm', 'start_addr', 'dur', 'dumped'],
      ['9992171040000', 'bash', String(0x7fef041e8000), '79000', 'false'],
      ['9223372036854775807', 'a "b",\nc', '18446744073709551615', '', ''],
    ]);
  });

  it('keeps the header when there are no rows', async () => {
    expect(await print('csv', COMM, [])).toBe('comm\n');
  });

  it.each(['=cmd|calc', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses the formula %j', async (comm) => {
    const { data } = Papa.parse<string[]>(await print('csv', COMM, one(comm)), { newline: '\n' });
    expect(data[1]?.[0]?.[0]).toBe("'");
  });

  it('leaves negative numbers alone', async () => {
    const columns: OutColumn[] = [{ name: 'ret', type: 'integer' }];
    const rows = [{ ret: -2 }, { ret: '-9223372036854775808' }];
    expect(await print('csv', columns, [rows])).toBe('ret\n-2\n-9223372036854775808\n');
  });

  it('escapes controls on a terminal only', async () => {
    expect(await print('csv', COMM, one('a\u001b[31m'))).toBe('comm\na\u001b[31m\n');
    expect(await print('csv', COMM, one('a\u001b[31m'), { ...PLAIN, width: 80 })).toBe('comm\na\\e[31m\n');
  });
});
