import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vocabularySql } from '../../../src/store/vocabulary.js';
import { errnoName, syscallErrno } from '../../../src/trace/errno.js';
import { FLAG_TABLES, type FlagKind, flagsText } from '../../../src/trace/flags.js';
import { GENERIC_CODES, SIGNAL_CODES, signalCodeName } from '../../../src/trace/signal-codes.js';
import { signalDefaultAction, signalName } from '../../../src/trace/signals.js';
import { SYSCALLS } from '../../../src/trace/syscall-args.js';
import { decodeReturn, resultErrno, syscallArgsText } from '../../../src/trace/syscall-text.js';

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
  await makeCopy();
  // A second, read-only opening: what is tested is what the file holds.
  db = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  connection = await db.connect();
});
afterAll(() => {
  connection.closeSync();
  db.closeSync();
  rmSync(folder, { recursive: true });
});

/** A second store with a view over the macros; another process may attach it while the first is open. */
async function makeCopy(): Promise<void> {
  const copy = await DuckDBInstance.create(join(folder, 'copy.duckdb'));
  const writer = await copy.connect();
  await writer.run(vocabularySql());
  await writer.run(
    `CREATE VIEW shown AS SELECT syscall_ret_text('openat', 18446744073709551614) || ' ' ||
      syscall_args_text('close', 3, NULL, NULL, NULL, NULL, NULL, ['fd']) || ' ' || open_flags_text(2) || ' ' || signal_name(9) AS text`,
  );
  writer.closeSync();
  copy.closeSync();
}

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

const ubigint = fc.oneof(
  fc.bigInt({ min: 0n, max: 70n }),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: (1n << 32n) - 5000n, max: 1n << 32n }),
  fc.bigInt({ min: (1n << 64n) - 5000n, max: (1n << 64n) - 1n }),
  fc
    .array(fc.integer({ min: 0, max: 33 }), { maxLength: 5 })
    .map((bits) => bits.reduce((value, bit) => value | (1n << BigInt(bit)), 0n)),
);
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] => fc.sample(arbitrary, { numRuns: count, seed: 7 });
const quoted = (words: readonly string[]): string => `[${words.map((word) => `'${word}'`).join(', ')}]::VARCHAR[]`;

describe('flag macros', () => {
  it.each<[string, FlagKind]>([
    ['open_flags_text', 'open'],
    ['mmap_prot_text', 'mmap_prot'],
    ['mmap_flags_text', 'mmap_flags'],
    ['clone_flags_text', 'clone'],
    ['wait_options_text', 'wait_options'],
    ['sa_flags_text', 'sa_flags'],
  ])('%s says what flagsText says', async (macro, kind) => {
    const values = [...sample(ubigint, 300), ...FLAG_TABLES[kind].entries.map(({ bits }) => bits)];
    const rows = values.map((value, i) => `(${i}, ${value}::UBIGINT)`).join(',');
    expect(await column(`SELECT ${macro}(v) FROM (VALUES ${rows}) AS t(i, v) ORDER BY i`)).toEqual(
      values.map((value) => flagsText(kind, value)),
    );
  });
  it('flags_text reads every table', async () => {
    for (const kind of Object.keys(FLAG_TABLES) as FlagKind[]) {
      const values = [...sample(ubigint, 40), ...FLAG_TABLES[kind].entries.map(({ bits }) => bits)];
      const rows = values.map((value, i) => `(${i}, ${value}::UBIGINT)`).join(',');
      expect(await column(`SELECT flags_text('${kind}', v) FROM (VALUES ${rows}) AS t(i, v) ORDER BY i`), kind).toEqual(
        values.map((value) => flagsText(kind, value)),
      );
    }
  });
  it('give NULL for NULL, for a negative number and for a table that is not there', async () => {
    expect(
      await column(
        `SELECT [open_flags_text(NULL), open_flags_text(-1), flags_text('nope', 1), flags_text('open', NULL)] IS NOT DISTINCT FROM [NULL, NULL, NULL, NULL]::VARCHAR[]`,
      ),
    ).toEqual([true]);
  });
});

describe('syscall macros', () => {
  const names = [...SYSCALLS.keys(), 'brand_new'];
  const call = fc.record({
    name: fc.constantFrom(...names),
    values: fc.array(ubigint, { minLength: 6, maxLength: 6 }),
    shape: fc.constantFrom('table', 'table', 'none', 'renamed', 'reversed', 'short'),
  });
  type Call = { name: string; values: bigint[]; shape: string };
  function keysOf({ name, shape }: Call): string[] | undefined {
    const keys = SYSCALLS.get(name)?.args.map((arg) => arg.name) ?? ['fd', 'what', 'sig', 'pid'];
    if (shape === 'none') return undefined;
    if (shape === 'renamed') return keys.map((key, i) => (i === 1 ? 'brand_new' : key));
    return shape === 'reversed' ? keys.toReversed() : keys;
  }
  // A call printed with fewer values than names stands for a damaged line.
  const valuesOf = ({ values, shape }: Call): (bigint | undefined)[] =>
    shape === 'short' ? values.slice(0, 2) : values;

  it('syscall_args_text says what syscallArgsText says', async () => {
    const calls: Call[] = [
      ...sample(call, 2500),
      ...names.map((name) => ({ name, values: sample(ubigint, 6), shape: 'table' })),
    ];
    const rows = calls.map((made, i) => {
      const keys = keysOf(made);
      const values = Array.from({ length: 6 }, (_, n) => valuesOf(made)[n]);
      const cells = values.map((value) => (value === undefined ? 'NULL' : `${value}::UBIGINT`)).join(', ');
      return `(${i}, '${made.name}', ${cells}, ${keys === undefined ? 'NULL' : quoted(keys)})`;
    });
    const shown = await column(
      `SELECT syscall_args_text(name, a0, a1, a2, a3, a4, a5, keys) FROM (VALUES ${rows.join(',')}) AS t(i, name, a0, a1, a2, a3, a4, a5, keys) ORDER BY i`,
    );
    expect(shown).toEqual(calls.map((made) => syscallArgsText(made.name, valuesOf(made), keysOf(made))));
  });

  it('syscall_ret_text and syscall_errno say what TypeScript says', async () => {
    const results = [
      ...sample(fc.tuple(fc.constantFrom(...names), ubigint), 1500),
      ...names.flatMap((name) => [2n, 0xfffffffen, 0xfffffffffffffffen].map((ret): [string, bigint] => [name, ret])),
    ];
    const rows = results.map(([name, ret], i) => `(${i}, '${name}', ${ret}::UBIGINT)`).join(',');
    const from = `FROM (VALUES ${rows}) AS t(i, name, ret) ORDER BY i`;
    expect(await column(`SELECT syscall_ret_text(name, ret) ${from}`)).toEqual(
      results.map(([name, ret]) => decodeReturn(name, ret)),
    );
    expect(await column(`SELECT syscall_errno(ret, name) ${from}`)).toEqual(
      results.map(([name, ret]) => orNull(resultErrno(name, ret))),
    );
  });

  it('decode the line of the documentation', async () => {
    expect(
      await column(
        `SELECT syscall_args_text('openat', 4294967196, 140664549190848, 524288, 0, NULL, NULL, ['dfd', 'filename', 'flags', 'mode'])`,
      ),
    ).toEqual(['dfd: AT_FDCWD, filename: 0x7fef047cacc0, flags: O_RDONLY|O_CLOEXEC, mode: 0']);
  });

  it('do not mix up the names of the caller with their own', async () => {
    // Every name that the macros use inside, as alias and as column.
    for (const alias of ['s', 'w', 'k', 'i', 'x', 'e', 'm', 'r', 'v', 'n', 'b', 'name', 'ret']) {
      const from = `FROM (SELECT 'wait4' AS name, 18446744073709551606::UBIGINT AS ret, 3::UBIGINT AS ${alias === 'v' ? 'vv' : 'v'}, ['upid', 'stat_addr', 'opts'] AS keys) AS ${alias}`;
      const got = await column(
        `SELECT [syscall_ret_text(${alias}.name, ${alias}.ret), syscall_args_text(${alias}.name, 1, 0, 1, NULL, NULL, NULL, ${alias}.keys), open_flags_text(${alias}.ret)]::VARCHAR ${from}`,
      );
      expect(got).toEqual([
        `[-ECHILD, 'upid: 1, stat_addr: NULL, opts: WNOHANG', ${flagsText('open', 18446744073709551606n)}]`,
      ]);
    }
    const same = await column(
      `SELECT [open_flags_text(k), flags_text('open', s), syscall_ret_text(x, e)]::VARCHAR FROM (SELECT 1 AS k, 2::UBIGINT AS s, 'close' AS x, 18446744073709551607::UBIGINT AS e)`,
    );
    expect(same).toEqual(['[O_WRONLY, O_RDWR, -EBADF]']);
  });

  it('work in views and from another database that attaches the file', async () => {
    const other = await DuckDBInstance.create(':memory:');
    const guest = await other.connect();
    await guest.run(`ATTACH '${join(folder, 'copy.duckdb')}' AS store (READ_ONLY)`);
    const reader = await guest.runAndReadAll('SELECT text FROM store.shown');
    expect(reader.getRowsJS()).toEqual([['-ENOENT fd: 3 O_RDWR SIGKILL']]);
    guest.closeSync();
    other.closeSync();
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
    expect(await column(`SELECT name FROM ref.syscall_number WHERE arch = 'arm64' AND nr = 56`)).toEqual(['openat']);
    expect(await column(`SELECT mask::VARCHAR FROM ref.flag WHERE kind = 'open' AND name = 'O_RDWR'`)).toEqual(['3']);
    expect(await column(`SELECT kind FROM ref.syscall_arg WHERE syscall = 'openat' ORDER BY position`)).toEqual([
      'dfd',
      'ptr',
      'open',
      'mode',
    ]);
    expect(await column(`SELECT meaning FROM ref.prev_state WHERE letter = 'D'`)).toEqual(['in uninterruptible sleep']);
    expect(await column(`SELECT ethertype_name(2048) || softirq_name(3)`)).toEqual(['IPv4NET_RX']);
    expect(
      await column(`SELECT count(*)::INTEGER FROM ref.ethertype WHERE ethertype_name(protocol) IS DISTINCT FROM name`),
    ).toEqual([0]);
  });
});
