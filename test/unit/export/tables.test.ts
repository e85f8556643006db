import { decompress } from 'fzstd';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../../../src/trace/result.js';
import { type Exporting, exporting } from '../../support/export-of.js';
import { HOSTILE, hostileTrace } from '../../support/hostile.js';

/** Every kind of value at its edge. */
const EDGES = `SELECT * FROM (VALUES
  (1, 9007199254740991::BIGINT, 1.5::DOUBLE, true, 'x', 18446744073709551615::UBIGINT, 7::HUGEINT),
  (2, 9007199254740993, 'nan', false, '', 0, 170141183460469231731687303715884105727),
  (3, -9223372036854775808, '-inf', NULL, NULL, NULL, -1)) t(i, big, real, flag, "te""xt", large, huge) ORDER BY i`;

let exported: Exporting;
beforeEach(async () => {
  exported = await exporting(hostileTrace());
});
afterEach(() => exported.store.close());

const events = (): Promise<Row[]> => exported.store.rows('SELECT * FROM event ORDER BY event_id');
const marks = (rows: readonly Row[]): unknown[] =>
  rows.filter((row) => row.name === 'tracing_mark_write').map((row) => row.args);

describe('csv', () => {
  const read = (bytes: Buffer): Papa.ParseResult<Record<string, string>> =>
    Papa.parse(bytes.toString('utf8'), { header: true, skipEmptyLines: true, newline: '\n' });

  it('is read by another parser as it is in the store, formulas defused', async () => {
    const { bytes, count } = await exported.to('csv', { table: 'event' });
    const { data, errors, meta } = read(bytes);
    expect(errors).toEqual([]);
    const held = await events();
    expect(meta.fields).toEqual(Object.keys(held[0] as Row));
    expect(data).toHaveLength(count);
    const shown = (value: unknown): string => (value === null ? '' : String(value));
    expect(data).toEqual(
      held.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : shown(value),
          ]),
        ),
      ),
    );
    expect(data.filter((row) => /^'[=+@\t-]/.test(row.args ?? '')).length).toBeGreaterThan(4);
  });

  it('tells NULL from an empty text and leaves negative numbers alone', async () => {
    const { bytes } = await exported.to('csv', { sql: EDGES });
    expect(bytes.toString('utf8')).toBe(
      [
        'i,big,real,flag,"te""xt",large,huge',
        '1,9007199254740991,1.5,true,x,18446744073709551615,7',
        '2,9007199254740993,nan,false,"",0,170141183460469231731687303715884105727',
        '3,-9223372036854775808,-inf,,,,-1',
        '',
      ].join('\n'),
    );
  });
});

describe('ndjson', () => {
  const read = (bytes: Buffer): Row[] =>
    bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);

  it('is the store, line by line', async () => {
    const { bytes, count } = await exported.to('ndjson', { table: 'event' });
    const rows = read(bytes);
    expect(rows).toHaveLength(count);
    expect(rows).toEqual(await events());
    expect(marks(rows)).toEqual(HOSTILE);
  });

  it('writes integers beyond 2^53 as strings and what JSON cannot say as null', async () => {
    const { bytes } = await exported.to('ndjson', { sql: EDGES });
    expect(read(bytes)).toEqual([
      { i: 1, big: 9007199254740991, real: 1.5, flag: true, 'te"xt': 'x', large: '18446744073709551615', huge: 7 },
      {
        i: 2,
        big: '9007199254740993',
        real: null,
        flag: false,
        'te"xt': '',
        large: 0,
        huge: '170141183460469231731687303715884105727',
      },
      { i: 3, big: '-9223372036854775808', real: null, flag: null, 'te"xt': null, large: null, huge: -1 },
    ]);
  });
});

describe('parquet', () => {
  const compressors = { ZSTD: (input: Uint8Array) => decompress(input) };
  const read = async (bytes: Buffer): Promise<Record<string, unknown>[]> =>
    parquetReadObjects({ file: new Uint8Array(bytes).buffer, compressors });

  it('is read by another reader as it is in the store', async () => {
    const { bytes, count } = await exported.to('parquet', { table: 'event' });
    const rows = await read(bytes);
    expect(rows).toHaveLength(count);
    const plain = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : (value ?? null)]),
      ),
    );
    expect(plain).toEqual(await events());
    expect(marks(plain as Row[])).toEqual(HOSTILE);
  });

  it('keeps types: nanoseconds as INT64, big integers exact', async () => {
    const { bytes } = await exported.to('parquet', { table: 'event' });
    const { schema } = parquetMetadata(new Uint8Array(bytes).buffer);
    expect(schema.find(({ name }) => name === 'ts')?.type).toBe('INT64');
    const edges = await read((await exported.to('parquet', { sql: EDGES })).bytes);
    expect(edges.map((row) => row.big)).toEqual([9007199254740991n, 9007199254740993n, -9223372036854775808n]);
    expect(edges.map((row) => row['te"xt'])).toEqual(['x', '', null]);
  });
});
