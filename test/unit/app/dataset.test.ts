import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { decompress } from 'fzstd';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { analysedCaptures } from '../../../src/app/captures.js';
import { openDataset } from '../../../src/app/dataset/open-dataset.js';
import { writeDataset } from '../../../src/app/dataset/write-dataset.js';
import { deriveAll } from '../../../src/app/derive.js';
import { importTrace } from '../../../src/app/import-trace.js';
import { Store } from '../../../src/store/store.js';
import { writeLabels } from '../../../src/store/write-side-files.js';
import type { AnalysisResult } from '../../../src/trace/result.js';
import { DOZEN } from '../../support/captures.js';
import { answers, toldAlone, toldOf } from '../../support/per-capture.js';

const ASKED = { life: { pid: 5441 } };

describe('a dataset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
  const alone = new Map<string, Map<string, AnalysisResult>>();
  let dataset: Store;
  let together: Map<string, AnalysisResult>;

  beforeAll(async () => {
    for (const [i, path] of DOZEN.entries()) {
      const store = await Store.create(undefined, { folder });
      await importTrace(store, { name: path, chunks: createReadStream(path) });
      await writeLabels(store, 1, { build: String(120 + (i % 2)) });
      await deriveAll(store);
      alone.set(path, await answers(store, await analysedCaptures(store), ASKED));
      await writeDataset(store, { folder, host: `web${i % 3}`, date: `2026-11-${10 + (i % 4)}` });
      store.close();
    }
    dataset = await openDataset(folder);
    together = await answers(dataset, await analysedCaptures(dataset), ASKED);
  }, 240_000);
  afterAll(() => {
    dataset.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(DOZEN)('tells of %s what its own store tells', (path) => {
    for (const { id } of ANALYSES) {
      const own = alone.get(path)?.get(id) as AnalysisResult;
      expect(toldOf(together.get(id) as AnalysisResult, path), id).toEqual(toldAlone(own));
    }
  });

  it('is asked what some capture answers, question by question', () => {
    const silent = ANALYSES.filter(({ id }) => together.get(id)?.rows.length === 0).map(({ id }) => id);
    // No capture of these has a zombie that is left, twenty signals in a second, or a kernel log.
    expect(silent).toEqual(['zombies', 'storms', 'kernel-log']);
  });

  it('leaves out the files of other partitions', async () => {
    const plan = async (condition: string): Promise<string> =>
      JSON.stringify(await dataset.rows(`EXPLAIN SELECT count(*) FROM event_row WHERE ${condition}`));
    expect(await plan("host = 'web1'")).toMatch(new RegExp(`Scanning Files: [456]/${DOZEN.length}`));
    expect(await plan("capture_date = DATE '2026-11-10'")).toMatch(new RegExp(`Scanning Files: [456]/${DOZEN.length}`));
  });

  describe('read by others', () => {
    const files = (relation = ''): string[] =>
      readdirSync(join(folder, relation), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.parquet'))
        .map((name) => join(folder, relation, name));
    const bytes = (path: string): ArrayBuffer => {
      const { buffer, byteOffset, byteLength } = readFileSync(path);
      return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    };

    it('has only types that every engine has', () => {
      const types = new Set(
        files().flatMap((path) =>
          parquetMetadata(bytes(path))
            .schema.slice(1)
            .map(({ type, converted_type }) => `${type ?? 'nested'} ${converted_type ?? ''}`.trim()),
        ),
      );
      expect([...types].sort()).toEqual(['BOOLEAN', 'BYTE_ARRAY UTF8', 'INT32 INT_32', 'INT64 INT_64']);
    });

    it('gives an independent reader the rows that it gives the database', async () => {
      for (const relation of ['event', 'task', 'signal', 'syscall', 'capture', 'stack_frame']) {
        for (const path of files(relation).slice(0, 4)) {
          const file = bytes(path);
          const read = await parquetReadObjects({ file, compressors: { ZSTD: (input) => decompress(input) } });
          const rows = await dataset.rows(
            `FROM read_parquet('${path.replaceAll("'", "''")}', hive_partitioning = false)`,
          );
          const plain = read.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([name, value]) => [
                name,
                typeof value !== 'bigint' ? value : Number.isSafeInteger(Number(value)) ? Number(value) : String(value),
              ]),
            ),
          );
          expect(plain, path).toEqual(rows);
        }
      }
    });

    const guide = readFileSync('src/guides/fleet.md', 'utf8');
    const blocks = (dialect: string): string[] =>
      [...guide.matchAll(/^```sql (\w+)\n(.*?)^```$/gms)]
        .filter(([, of]) => of === dialect)
        .flatMap(([, , sql = '']) => sql.split(/;\s*\n/).filter((statement) => statement.trim() !== ''));

    it.each([
      ['spark', { BIGINT: 'BIGINT', INT: 'INTEGER', STRING: 'VARCHAR', BOOLEAN: 'BOOLEAN' }],
      ['trino', { BIGINT: 'BIGINT', INTEGER: 'INTEGER', VARCHAR: 'VARCHAR', BOOLEAN: 'BOOLEAN' }],
    ])(
      'has tables for %s with columns that the files have, of their types',
      async (dialect, types: Record<string, string>) => {
        const ddl = readFileSync(`src/guides/fleet/${dialect}.sql`, 'utf8');
        const tables = [...ddl.matchAll(/^CREATE TABLE (?:hive\.fleet\.)?(\w+) \(\n(.*?)\n\) [^\n]*\/(\w+)'/gms)];
        expect(tables.map(([, name]) => name)).toEqual(RELATIONS);
        for (const [, name, text = '', place] of tables) {
          expect(place).toBe(name);
          const rows = await dataset.rows(
            `DESCRIBE FROM read_parquet('${folder}/${name}/*/*/*/*.parquet', hive_partitioning = false)`,
          );
          const held = new Map(rows.map((row) => [String(row.column_name), row.column_type]));
          const columns = text.split(',\n').map((column) => column.trim().split(' '));
          expect(columns.slice(-3).map(([column]) => column)).toEqual(['capture_date', 'host', 'capture_id']);
          for (const [column = '', type = ''] of columns.slice(0, -3))
            expect(held.get(column), `${name}.${column}`).toBe(types[type]);
        }
      },
    );

    it('has statements that the grammars of Spark and Trino take', async () => {
      const { SparkSQL, TrinoSQL } = await grammars(folder);
      for (const [parser, dialect] of [
        [new SparkSQL(), 'spark'],
        [new TrinoSQL(), 'trino'],
      ] as const) {
        expect(parser.validate('SELECT FROM WHERE;'), dialect).not.toEqual([]);
        for (const sql of [readFileSync(`src/guides/fleet/${dialect}.sql`, 'utf8'), ...blocks(dialect)]) {
          expect(parser.validate(`${sql.trim().replace(/;$/, '')};`), `${dialect}: ${sql}`).toEqual([]);
        }
      }
    }, 120_000);

    it('answers the queries of its guide', async () => {
      const store = await Store.create(undefined, { folder });
      await store.run(`CREATE MACRO percentile_approx(x, q) AS quantile_disc(x, q); CREATE MACRO approx_percentile(x, q) AS quantile_disc(x, q);
        DROP VIEW event; DROP TABLE capture; DROP TABLE capture_label; DROP TABLE stack_frame;`);
      for (const relation of RELATIONS)
        await store.run(`CREATE VIEW ${relation} AS FROM read_parquet('${folder}/${relation}/*/*/*/*.parquet', hive_partitioning = true,
          hive_types = {'capture_date': DATE, 'host': VARCHAR, 'capture_id': VARCHAR})`);
      const answered: number[] = [];
      for (const sql of [...blocks('spark'), ...blocks('trino')]) answered.push((await store.rows(sql)).length);
      for (const sql of blocks('duckdb')) {
        const own = sql.replaceAll("'fleet/", `'${folder}/`);
        if (own.startsWith('CREATE')) await store.run(own);
        else answered.push((await store.rows(own)).length);
      }
      store.close();
      expect(answered).toHaveLength(7);
      expect(Math.min(...answered)).toBeGreaterThan(0);
    });
  });
});

/** What the guide is about; the rest is how ftrail holds it. */
const RELATIONS = [
  'capture',
  'capture_label',
  'event',
  'task',
  'verdict',
  'signal',
  'syscall',
  'file',
  'mapping',
  'call',
  'packet_hop',
  'sched',
  'link',
  'stack_frame',
];

interface Parser {
  validate(sql: string): unknown[];
}

/** The package has folders as imports, which Node does not take. */
async function grammars(folder: string): Promise<Record<'SparkSQL' | 'TrinoSQL', new () => Parser>> {
  const outfile = join(folder, '.grammars.mjs');
  await build({
    stdin: { contents: "export { SparkSQL, TrinoSQL } from 'dt-sql-parser'", resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
  });
  return (await import(outfile)) as Awaited<ReturnType<typeof grammars>>;
}
