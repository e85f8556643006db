import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { MINI_TRACE } from '../support/mini-trace.js';
import { expectRefusal } from '../support/refusal.js';
import { suiteFolder } from '../support/suite-folder.js';

const folder = suiteFolder();
const trace = join(folder, 'mini.trace');
const good = join(folder, 'good.duckdb');

const alter = async (path: string, sql: string): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
};

/** A copy of the good store, changed. */
const changed = async (name: string, sql: string): Promise<string> => {
  const path = join(folder, name);
  copyFileSync(good, path);
  await alter(path, sql);
  return path;
};

describe('a store that this ftrail cannot read', () => {
  beforeAll(async () => {
    writeFileSync(trace, MINI_TRACE);
    expect(await runCli(['import', trace, '-o', good])).toMatchObject({ code: 0 });
  });

  it('is named with its schema version and the one that can be read', async () => {
    const path = await changed('older.duckdb', "UPDATE meta SET value = '0' WHERE key = 'schema_version'");
    expectRefusal(await runCli(['info', path]), 3, /older\.duckdb.*schema version 0.*reads \d/);
    expectRefusal(await runCli(['query', path, 'select 1']), 3, /older\.duckdb.*schema version 0/);
  });

  it('is not appended to', async () => {
    const path = await changed('newer.duckdb', "UPDATE meta SET value = '999' WHERE key = 'schema_version'");
    expectRefusal(await runCli(['import', trace, '-o', path, '--append']), 3, /newer\.duckdb.*schema version 999/);
  });

  it('may be a database of something else', async () => {
    const path = join(folder, 'other.duckdb');
    await alter(path, 'CREATE TABLE invoice (id INTEGER)');
    expectRefusal(await runCli(['info', path]), 3, /other\.duckdb.*(store|ftrail)/);
  });

  it('may be cut off', async () => {
    const path = join(folder, 'cut.duckdb');
    copyFileSync(good, path);
    truncateSync(path, 20_000);
    expectRefusal(await runCli(['info', path]), 3, /cut\.duckdb/);
  });
});
