import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FtrailError } from '../../../src/base/errors.js';
import { lockedQuery } from '../../../src/store/locked-query.js';
import { Store } from '../../../src/store/store.js';
import type { Row } from '../../../src/trace/result.js';
import { scratch } from '../../support/scratch.js';

let store: Store;
beforeAll(async () => {
  store = await Store.create();
  await store.run(`
    INSERT INTO meta VALUES ('k', 'v');
    CREATE MACRO pids() AS TABLE SELECT unnest([1, 2]) AS pid`);
});
afterAll(() => store.close());

async function ask(sql: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of (await lockedQuery(store, sql)).batches) rows.push(...batch);
  return rows;
}

describe('what a query may do', () => {
  it.each([
    'SELECT 1',
    'select 1;',
    '-- a comment\nSELECT 1',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'FROM meta',
    'VALUES (1)',
    'DESCRIBE meta',
    'SHOW TABLES',
    'SUMMARIZE meta',
    'EXPLAIN SELECT 1',
    'EXPLAIN ANALYZE SELECT 1',
    'FROM range(3)',
    'FROM generate_series(1, 2)',
    'FROM unnest([1, 2])',
    "FROM json_each('[1]')",
    'FROM pids()',
    'FROM duckdb_tables()',
    "FROM pragma_table_info('meta')",
    "SELECT * FROM meta WHERE value <> 'enable_logging(); drop table meta'",
  ])('%s', async (sql) => {
    expect((await ask(sql)).length).toBeGreaterThan(0);
  });

  it('names columns and their types', async () => {
    const { columns } = await lockedQuery(store, "SELECT 1::BIGINT AS n, 'x' AS t, [1] AS l, 1 AS n");
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'n BIGINT',
      't VARCHAR',
      'l INTEGER[]',
      'n:1 INTEGER',
    ]);
  });

  it('streams, and keeps 64-bit values', async () => {
    const rows = await ask('SELECT range AS n, 18446744073709551615::UBIGINT AS u FROM range(5000)');
    expect(rows.length).toBe(5000);
    expect(rows[4999]).toEqual({ n: 4999, u: '18446744073709551615' });
  });
});

it('a query spills a large sort without asking for other files', async () => {
  const small = await Store.create(undefined, { memoryLimit: 256 * 2 ** 20, threads: 1 });
  try {
    const sorted = "SELECT md5(range::VARCHAR) || repeat('x', 200) AS s FROM range(1500000) ORDER BY s OFFSET 10";
    const { batches } = await lockedQuery(small, `SELECT count(s) AS n FROM (${sorted})`);
    for await (const rows of batches) expect(rows).toEqual([{ n: 1_499_990 }]);
  } finally {
    small.close();
  }
});

describe('what a query must not do', () => {
  const writes = [
    "INSERT INTO meta VALUES ('a', 'b')",
    "UPDATE meta SET value = ''",
    'DELETE FROM meta',
    'TRUNCATE meta',
    'DROP TABLE meta',
    'DROP VIEW event',
    'CREATE TABLE t (a INTEGER)',
    'CREATE TEMP TABLE t AS SELECT 1',
    'CREATE MACRO m() AS 1',
    'CREATE OR REPLACE VIEW event AS SELECT 1',
    'ALTER TABLE meta ADD COLUMN c INTEGER',
    "COMMENT ON TABLE meta IS 'x'",
    'MERGE INTO meta USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE',
    'EXPLAIN ANALYZE DELETE FROM meta',
    'EXPLAIN DELETE FROM meta',
    'explain/**/analyze delete from meta',
    '/**/EXPLAIN ANALYZE DELETE FROM meta',
    'PREPARE p AS DELETE FROM meta',
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'CHECKPOINT',
    'FROM checkpoint()',
    'FROM force_checkpoint()',
    'VACUUM',
    'ANALYZE',
  ];
  const reachesOut = [
    "ATTACH '$F' AS other",
    "ATTACH ':memory:' AS other",
    'DETACH memory',
    "COPY meta TO '$F'",
    "COPY (SELECT 1) TO '$F' (FORMAT parquet)",
    "COPY meta FROM '$F'",
    "EXPORT DATABASE '$F'",
    "IMPORT DATABASE '$F'",
    "FROM '$F'",
    "FROM '/etc/passwd'",
    "FROM 'https://example.com/x.csv'",
    "FROM read_csv('/etc/passwd')",
    "FROM read_csv_auto('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/etc/passwd')",
    "FROM read_json('/etc/passwd')",
    "FROM read_parquet('/etc/passwd')",
    "FROM parquet_metadata('/etc/passwd')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM glob('/etc/*')",
    "FROM read_duckdb('$F')",
    "SELECT (SELECT content FROM read_text('/etc/passwd'))",
    "SELECT * FROM meta, LATERAL (FROM read_text('/etc/passwd'))",
    "WITH a AS (FROM read_text('/etc/passwd')) FROM a",
    "FROM query('FROM read_text(''/etc/passwd'')')",
    "FROM query('SELECT 1')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "PRAGMA json_execute_serialized_sql('{}')",
    "PIVOT (FROM read_text('/etc/passwd')) ON filename USING count(*)",
    'INSTALL httpfs',
    'LOAD httpfs',
    "LOAD '$F'",
    'UPDATE EXTENSIONS',
    'CREATE SECRET (TYPE s3)',
    'FROM duckdb_secrets()',
    "FROM enable_logging('QueryLog', storage = 'file', storage_config = {'path': '$F'})",
    'FROM "enable_logging"(\'QueryLog\')',
    "FROM system.main.enable_logging('QueryLog')",
    "CALL enable_logging('QueryLog')",
    "FROM enable_profiling(save_location = '$F')",
    'PRAGMA enable_profiling',
    "PRAGMA profile_output = '$F'",
    "SELECT write_log('x')",
    'FROM truncate_duckdb_logs()',
    'FROM duckdb_settings()',
    "SELECT getenv('HOME')",
  ];
  const unlocks = [
    'SET enable_external_access = true',
    'SET lock_configuration = false',
    'RESET lock_configuration',
    "SET temp_directory = '$F'",
    "SET memory_limit = '1TB'",
    'SET VARIABLE a = 1',
    'PRAGMA threads = 1',
    'PRAGMA database_list',
    'USE memory',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE meta',
    '; ; DROP TABLE meta',
    '',
    ' \n ',
    '--',
    ';',
    'SELECT',
    'SELECT * FROM nowhere',
    'SELECT 1 / 0 FROM',
    "SELECT CAST('x' AS INTEGER)",
    'SELECT $1',
    '\0',
    "SELECT error('given up')",
  ];

  it.each([...writes, ...reachesOut, ...unlocks])('%j', async (trick) => {
    const folder = scratch();
    const error = await ask(trick.replaceAll('$F', folder.at('out'))).then(
      (rows) => `allowed: ${JSON.stringify(rows)}`,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(FtrailError);
    expect((error as FtrailError).kind).toBe('usage');
    expect((error as FtrailError).message).not.toContain('\n');
    expect(existsSync(folder.at('out'))).toBe(false);
    await store.connection.run('ROLLBACK').catch(() => undefined);
    expect(await store.rows("SELECT value FROM meta WHERE key = 'k'")).toEqual([{ value: 'v' }]);
  });

  it('stays locked for what comes after it', async () => {
    await ask('SELECT 1');
    await ask('SELECT 2');
    const stopped = await lockedQuery(store, 'FROM range(100000)');
    for await (const _ of stopped.batches) break;
    expect(await ask('SELECT 3 AS n')).toEqual([{ n: 3 }]);
    await store.connection.run('ROLLBACK');
    await expect(store.run("ATTACH '/tmp/x.db' AS x")).rejects.toThrow('disabled by configuration');
    await expect(store.run('SET threads = 1')).rejects.toThrow('the configuration has been locked');
  });
});
