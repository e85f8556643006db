import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runInProcess } from '../../support/program.js';

// A run of the program for each question.
vi.setConfig({ testTimeout: 120_000 });

const SEED = 'test/fixtures/seed/life-of-a-process.trace';
const CHAIN = 'test/fixtures/stories/signal-chain.trace';
const DROPS = 'test/fixtures/network/drops.trace';
const PATHS = 'test/fixtures/seed/kprobe-strings.trace';

/** What a shell, a glob, a path and SQL could take for more than a name. */
const HOSTILE = "../../x/*?[a]{b}'; DROP TABLE member; --%41=\n\u001b[31m";

const folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
const dataset = join(folder, 'fleet');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => runInProcess(args);
const ask = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stderr], args.join(' ')).toEqual([0, expect.not.stringMatching(/^ftrail: /m)]);
  return stdout;
};
const add = (trace: string, ...options: readonly string[]): Promise<string> =>
  ask('export', trace, '--to', 'parquet', '-o', `${dataset}/`, '--format', 'json', ...options);
const query = async (sql: string, ...options: readonly string[]): Promise<unknown> =>
  JSON.parse(await ask('query', dataset, sql, '--format', 'json', ...options));
const filesIn = (below = ''): string[] =>
  readdirSync(join(dataset, below), { recursive: true, encoding: 'utf8' }).filter((name) => /\.parquet|tmp/.test(name));

beforeAll(async () => {
  await add(SEED, '--host', 'web1', '--date', '2026-11-20');
  await add(CHAIN, '--host', 'web1', '--date', '2026-11-21');
  await add(DROPS, '--host', HOSTILE);
  await add(PATHS);
}, 120_000);

describe('a dataset of captures', () => {
  it('has its files in partitions of Hive, unknown where nobody said, and nothing outside', () => {
    const places = new Set(filesIn('event').map((name) => name.split('/').slice(0, 2).join('/')));
    expect([...places].sort()).toEqual([
      'capture_date=2026-11-20/host=web1',
      'capture_date=2026-11-21/host=web1',
      'capture_date=__HIVE_DEFAULT_PARTITION__/host=..%2F..%2Fx%2F%2A%3F%5Ba%5D%7Bb}%27; DROP TABLE member; --%2541%3D%0A%1B%5B31m',
      'capture_date=__HIVE_DEFAULT_PARTITION__/host=__HIVE_DEFAULT_PARTITION__',
    ]);
    expect(filesIn().every((name) => /\/capture_id=[0-9a-f]{32}\/v\d+-[0-9a-f]{24}\.parquet$/.test(name))).toBe(true);
    expect(readdirSync(folder)).toEqual(['fleet']);
  });

  it('gives hosts and dates back as they were', async () => {
    expect(await query('SELECT capture_date::VARCHAR AS date, host FROM capture ORDER BY ALL')).toEqual([
      { date: '2026-11-20', host: 'web1' },
      { date: '2026-11-21', host: 'web1' },
      { date: null, host: HOSTILE },
      { date: null, host: null },
    ]);
    expect(await query(`SELECT count(*) AS n FROM signal WHERE host = '${HOSTILE.replaceAll("'", "''")}'`)).toEqual([
      { n: 0 },
    ]);
  });

  it('knows a capture that it has, wherever it came from', async () => {
    const before = filesIn();
    const told = JSON.parse(await add(SEED, '--host', 'another', '--date', '2020-01-01')) as {
      captures: { added: boolean }[];
    };
    expect(told.captures.map(({ added }) => added)).toEqual([false]);
    expect(filesIn()).toEqual(before);
  });

  it('takes all captures of a store, with their labels', async () => {
    const store = join(folder, 's.duckdb');
    await ask('import', CHAIN, '-o', store, '-q');
    await ask(
      'import',
      'test/fixtures/stories/daemon.trace',
      '-o',
      store,
      '--append',
      '--label',
      'host=db 7',
      '--label',
      'capture_date=2026-11-19',
      '-q',
    );
    const told = JSON.parse(await add(store)) as { captures: { added: boolean }[] };
    expect(told.captures.map(({ added }) => added)).toEqual([false, true]);
    expect(await query("SELECT name FROM capture WHERE host = 'db 7' AND capture_date = DATE '2026-11-19'")).toEqual([
      { name: 'daemon.trace' },
    ]);
    rmSync(store);
  });

  it('answers as the captures do, one by one and all together', async () => {
    const alone = await ask('deaths', CHAIN, '--format', 'json');
    expect(await ask('deaths', dataset, '--capture', 'signal-chain.trace', '--format', 'json')).toBe(alone);
    const all = JSON.parse(await ask('deaths', dataset, '--format', 'json')) as { capture: string }[];
    expect(new Set(all.map(({ capture }) => capture))).toContain('signal-chain.trace');
    expect(all.length).toBeGreaterThan((JSON.parse(alone) as unknown[]).length);
    expect(await ask('info', dataset)).toContain('captures; --capture tells all of one');
    const told = (text: string): string => text.replaceAll(/"event_id": \d+/g, '');
    expect(
      told(await ask('why', dataset, '--pid', '5441', '--capture', 'life-of-a-process.trace', '--format', 'json')),
    ).toBe(told(await ask('why', SEED, '--pid', '5441', '--format', 'json')));
  });

  it('is reported, checked and compared capture by capture', async () => {
    const page = join(folder, 'r.html');
    expect(await ask('report', dataset, '--capture', 'life-of-a-process.trace', '-o', page, '-q')).toContain('r.html');
    expect(existsSync(page)).toBe(true);
    const rules = join(folder, 'rules.yaml');
    writeFileSync(rules, 'rules:\n  - name: lines\n    assert: { sql: "select count(*) from event", min: 1 }\n');
    const verdict = JSON.parse(await ask('check', dataset, '--rules', rules, '--format', 'json')) as {
      captures: unknown[];
    };
    expect(verdict.captures).toHaveLength(5);
    const change = JSON.parse(
      await ask('diff', dataset, SEED, '--capture', 'life-of-a-process.trace', '--format', 'json'),
    ) as { findings: string[] };
    expect(change.findings).toEqual([]);
    for (const path of [page, rules]) rmSync(path);
  });

  it('has typed events, those of probes too', async () => {
    expect(
      await query('SELECT count(*) AS n FROM ev.signal_generate WHERE sig = 9', '--capture', 'life-of-a-process.trace'),
    ).toEqual([{ n: 1 }]);
    expect(await query('SELECT count(*) > 0 AS shown FROM path_event')).toEqual([{ shown: true }]);
  });

  it('reads only the files that a question is about', async () => {
    const plan = async (sql: string, ...options: readonly string[]): Promise<string> =>
      JSON.stringify(await query(`EXPLAIN ${sql}`, ...options)).replaceAll(/[^\w/:= ]+/g, ' ');
    const files = (text: string): string[] =>
      [...text.matchAll(/Scanning Files: (\d+\/\d+)/g)].map((found) => found[1] as string);
    expect(files(await plan("SELECT count(*) FROM event_row WHERE host = 'web1'"))).toEqual(['2/5']);
    expect(files(await plan("SELECT count(*) FROM event_row WHERE capture_date >= DATE '2026-11-21'"))).toEqual([
      '1/5',
    ]);
    expect(files(await plan('SELECT count(*) FROM event_row'))).toEqual([]);
  });
});

describe('many writers of a dataset', () => {
  it('do not double a capture that both bring at once', async () => {
    const own = join(folder, 'both');
    const both = await Promise.all(
      ['a', 'b'].map((host) => run('export', SEED, '--to', 'parquet', '-o', `${own}/`, '--host', host, '-q')),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const deaths = await ask('deaths', own, '--format', 'json');
    expect(deaths).toBe(await ask('deaths', SEED, '--format', 'json'));
    rmSync(own, { recursive: true });
  });

  it('leave nothing half behind: without its row in capture a capture is not there', async () => {
    const [first = ''] = filesIn('capture');
    const hidden = join(folder, 'hidden.parquet');
    const { renameSync } = await import('node:fs');
    const before = (await query('SELECT count(*) AS n FROM task')) as [{ n: number }];
    renameSync(join(dataset, 'capture', first), hidden);
    const after = (await query('SELECT count(*) AS n FROM task')) as [{ n: number }];
    expect(after[0].n).toBeLessThan(before[0].n);
    renameSync(hidden, join(dataset, 'capture', first));
  });
});

describe('a dataset from a stranger', () => {
  it('reaches nothing outside of its folder', async () => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    symlinkSync(outside, join(dataset, 'task', 'capture_date=2026-11-20', 'host=evil'));
    for (const sql of [
      `SELECT * FROM read_text('${outside}/secret.txt')`,
      `SELECT * FROM read_text('${dataset}/task/capture_date=2026-11-20/host=evil/secret.txt')`,
      `COPY (SELECT 1) TO '${dataset}/new.parquet'`,
    ]) {
      expect(await run('query', dataset, sql)).toMatchObject({ code: 2, stdout: '' });
    }
    expect(existsSync(join(dataset, 'new.parquet'))).toBe(false);
    rmSync(join(dataset, 'task', 'capture_date=2026-11-20', 'host=evil'));
    rmSync(outside, { recursive: true });
  });

  it.each([
    [['--host', 'x'.repeat(300)], 2, 'longer than 200 bytes'],
    [['--date', '2026-02-30'], 2, 'is no date'],
    [['--date', '../..'], 2, 'is no date'],
    [['--host', '__HIVE_DEFAULT_PARTITION__'], 2, 'is how unknown is written'],
    [['--limit', '3'], 2, 'takes whole captures'],
  ])('%j is refused', async (options, code, text) => {
    const own = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
    const told = await run('export', SEED, '--to', 'parquet', '-o', own, ...options);
    expect([told.code, told.stderr]).toEqual([code, expect.stringContaining(text)]);
    expect(readdirSync(own)).toEqual([]);
    rmSync(own, { recursive: true });
  });

  it('is not written from a dataset, nor imported', async () => {
    expect(await run('export', dataset, '--to', 'parquet', '-o', `${folder}/x/`)).toMatchObject({ code: 2 });
    expect(await run('import', dataset, '-o', join(folder, 'x.duckdb'))).toMatchObject({ code: 3 });
  });
});
