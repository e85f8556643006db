import { copyFileSync, readFileSync, truncateSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { expectRefusal } from '../support/refusal.js';
import { type Scratch, scratch } from '../support/scratch.js';
import { TRACE } from '../support/trace-text.js';

const alter = async (path: string, sql: string): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
};

const withStore = async (): Promise<{ folder: Scratch; trace: string; store: string }> => {
  const folder = scratch();
  const trace = folder.file('t', TRACE);
  const store = folder.at('s.duckdb');
  expect(await runCli(['import', trace, '-o', store])).toMatchObject({ code: 0 });
  return { folder, trace, store };
};

const otherVersion = (version: string): string => `UPDATE meta SET value = '${version}' WHERE key = 'schema_version'`;

describe('a store that this ftrail cannot read', () => {
  it('is named with its schema version and the one that can be read', async () => {
    const { store } = await withStore();
    await alter(store, otherVersion('0'));
    expectRefusal(await runCli(['info', store]), 3, /s\.duckdb: store of schema version 0, this ftrail reads \d/);
    expectRefusal(await runCli(['query', store, 'select 1']), 3, /s\.duckdb: store of schema version 0/);
  });

  it('is not appended to, and may be replaced', async () => {
    const { store, trace } = await withStore();
    await alter(store, otherVersion('999'));
    expectRefusal(await runCli(['import', trace, '-o', store, '--append']), 3, /store of schema version 999/);
    expect(await runCli(['import', trace, '-o', store])).toMatchObject({ code: 0 });
    expect(await runCli(['info', store])).toMatchObject({ code: 0 });
  });

  it('may be cut off', async () => {
    const { store, folder } = await withStore();
    copyFileSync(store, folder.at('cut.duckdb'));
    truncateSync(folder.at('cut.duckdb'), 20_000);
    expectRefusal(await runCli(['info', folder.at('cut.duckdb')]), 3, /cut\.duckdb: cannot be opened as a store/);
  });
});

describe("somebody else's database", () => {
  it('is no store, and import leaves it alone', async () => {
    const folder = scratch();
    const path = folder.at('other.duckdb');
    await alter(path, 'CREATE TABLE invoice (id INTEGER)');
    const before = readFileSync(path);
    expectRefusal(await runCli(['info', path]), 3, /other\.duckdb: a DuckDB file, but no ftrail store/);
    const trace = folder.file('t', TRACE);
    expectRefusal(await runCli(['import', trace, '-o', path]), 2, /other\.duckdb: .* no ftrail store/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});
