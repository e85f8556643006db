import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vocabularySql } from '../../../src/store/vocabulary.js';
import { errnoName, syscallErrno } from '../../../src/trace/errno.js';
import { GENERIC_CODES, SIGNAL_CODES, signalCodeName } from '../../../src/trace/signal-codes.js';
import { signalDefaultAction, signalName } from '../../../src/trace/signals.js';

const folder = mkdtempSync(join(tmpdir(), 'ftrail-vocabulary-'));
let db: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  const path = join(folder, 'store.duckdb');
  const creator = await DuckDBInstance.create(path);
  const first = await creator.connect();
  await first.run(vocabularySql());
  first.closeSync();
  creator.closeSync();
  // A second, read-only opening: what is tested is what the file holds.
  db = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  connection = await db.connect();
});
afterAll(() => {
  connection.closeSync();
  db.closeSync();
  rmSync(folder, { recursive: true });
});

async function column(sql: string): Promise<unknown[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJS().map((row) => row[0]);
}
const orNull = <T>(value: T | undefined): T | null => value ?? null;

describe('macros of names', () => {
  const numbers = Array.from({ length: 700 }, (_, i) => i - 100);
  const range = '(SELECT unnest(range(-100, 600)) AS n)';
  it('errno_name and signal_name say what TypeScript says, NULL for the rest', async () => {
    expect(await column(`SELECT errno_name(n) FROM ${range} ORDER BY n`)).toEqual(
      numbers.map((n) => orNull(errnoName(n))),
    );
    expect(await column(`SELECT signal_name(n) FROM ${range} ORDER BY n`)).toEqual(
      numbers.map((n) => orNull(signalName(n))),
    );
    expect(await column(`SELECT signal_default_action(n) FROM ${range} ORDER BY n`)).toEqual(
      numbers.map((n) => orNull(signalDefaultAction(n))),
    );
  });
  it('signal_code_name for every signal and code', async () => {
    const pairs = [9, 10, ...SIGNAL_CODES.keys()].flatMap((sig) =>
      [...GENERIC_CODES.keys(), ...numbers, 1029, 32773].map((code) => [sig, code] as const),
    );
    const values = pairs.map(([sig, code], i) => `(${i}, ${sig}, ${code})`).join(',');
    expect(
      await column(`SELECT signal_code_name(sig, code) FROM (VALUES ${values}) AS t(i, sig, code) ORDER BY i`),
    ).toEqual(pairs.map(([sig, code]) => orNull(signalCodeName(sig, code))));
  });
  it('syscall_errno on both word sizes', async () => {
    const rets = [
      0n,
      1n,
      0x7fef047ca000n,
      ...[2n ** 32n, 2n ** 64n].flatMap((top) => [1n, 2n, 512n, 516n, 4094n, 4095n, 4096n].map((d) => top - d)),
      2n ** 32n,
    ];
    const values = rets.map((ret, i) => `(${i}, ${ret}::UBIGINT)`).join(',');
    expect(await column(`SELECT syscall_errno(ret) FROM (VALUES ${values}) AS t(i, ret) ORDER BY i`)).toEqual(
      rets.map((ret) => orNull(syscallErrno(ret))),
    );
  });
  it('take any integer type and NULL', async () => {
    expect(
      await column(
        `SELECT [errno_name(2::UBIGINT), errno_name(2::UTINYINT), signal_name(NULL), signal_name(9::HUGEINT), signal_code_name(17, NULL)]::VARCHAR`,
      ),
    ).toEqual(['[ENOENT, ENOENT, NULL, SIGKILL, NULL]']);
  });
});

describe('reference tables', () => {
  it('join to the same names', async () => {
    expect(
      await column(`SELECT count(*)::INTEGER FROM ref.errno WHERE name IS DISTINCT FROM errno_name(errno)`),
    ).toEqual([0]);
    expect(await column(`SELECT count(*)::INTEGER FROM ref.signal`)).toEqual([64]);
    expect(await column(`SELECT name FROM ref.signal_code WHERE sig = 17 AND code = 2`)).toEqual(['CLD_KILLED']);
    expect(await column(`SELECT name FROM ref.signal_code WHERE sig IS NULL AND code = 128`)).toEqual(['SI_KERNEL']);
  });
});
