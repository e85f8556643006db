import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/program.js';

const SEED = 'test/fixtures/seed/life-of-a-process.trace';
const CHAIN = 'test/fixtures/stories/signal-chain.trace';
const KPROBES = 'test/fixtures/seed/kprobe-strings.trace';

describe('a store of several captures on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
  const store = join(folder, 's.duckdb');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const ask = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runInProcess(args);
    expect(stderr, args.join(' ')).not.toMatch(/^ftrail: /m);
    expect(code, args.join(' ')).toBe(0);
    return stdout;
  };
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runInProcess(args);
    expect([code, stdout]).toEqual([args[0] === 'diff' || args[0] === 'report' ? 2 : 3, '']);
    return stderr;
  };

  beforeAll(async () => {
    for (const [file, build] of [
      [SEED, '1'],
      [CHAIN, '2'],
      [SEED, '2'],
      [KPROBES, '2'],
    ] as const)
      await ask('import', file, '-o', store, '--append', '--label', `build=${build}`, '-q');
  });

  it('names the capture of every row, and in the format of a program too', async () => {
    const rows = JSON.parse(await ask('deaths', store, '--format', 'json')) as { capture: string; pid: number }[];
    expect(Object.keys(rows[0] ?? {})[0]).toBe('capture');
    const names = [...new Set(rows.map(({ capture }) => capture))];
    expect(names).toEqual(['life-of-a-process.trace (1)', 'signal-chain.trace', 'life-of-a-process.trace (3)']);
    expect((await ask('deaths', store, '--format', 'csv')).split('\n')[0]).toMatch(/^capture,ts,pid,/);
  });

  it('says which captures could not answer, and in whose lines a finding rests', async () => {
    const { stderr } = await runInProcess(['deaths', store]);
    expect(stderr).toMatch(/not answered for kprobe-strings\.trace: it has no /);
    expect(stderr).toMatch(/^(?:life-of-a-process\.trace \(1\)|signal-chain\.trace): .*\[lines? /m);
  });

  it('asks one of them, by name, id or label, as if it were alone', async () => {
    const alone = await ask('deaths', CHAIN, '--format', 'json');
    expect(await ask('deaths', store, '--capture', 'signal-chain.trace', '--format', 'json')).toBe(alone);
    expect(await ask('deaths', store, '--capture', '2', '--format', 'json')).toBe(alone);
    expect(await ask('deaths', store, '--capture', 'build=1', '--format', 'json')).toBe(
      await ask('deaths', SEED, '--format', 'json'),
    );
    expect(
      await ask('query', store, 'SELECT count(*) AS n FROM capture', '--capture', 'build=2', '--format', 'csv'),
    ).toContain('3');
  });

  it('refuses a name that is none, or of several', async () => {
    expect(await refused('deaths', store, '--capture', 'nope')).toContain('no such capture');
    expect(await refused('deaths', store, '--capture', 'life-of-a-process.trace')).toContain(
      'is the name of 2 captures',
    );
    expect(await refused('report', store, '-o', join(folder, 'r.html'))).toContain('holds 4 captures');
  });

  it('tells the story of one, and which others the pid could mean', async () => {
    const chain = JSON.parse(await ask('why', store, '--pid', '5441', '--format', 'json')) as {
      choices: { capture: string }[];
    };
    expect(chain.choices.map(({ capture }) => capture)).toEqual([
      'life-of-a-process.trace (3)',
      'life-of-a-process.trace (1)',
    ]);
    const text = await ask('why', store, '--pid', '5441');
    expect(text).toContain('pid 5441 has 2 lives in 2 captures; this is life 1 of life-of-a-process.trace (3)');
    expect(text).toContain("--pid 5441 --capture 'life-of-a-process.trace (1)'");
    const told = (text: string): string => text.replaceAll(/"event_id": \d+/g, '');
    expect(told(await ask('why', store, '--pid', '5441', '--capture', '3', '--format', 'json'))).toBe(
      told(await ask('why', SEED, '--pid', '5441', '--format', 'json')),
    );
    expect(await ask('why', store, '--line', '25', '--capture', '3')).toContain('line 25');
  });

  it('reports one', async () => {
    const page = join(folder, 'one.html');
    expect(await ask('report', store, '--capture', '2', '-o', page, '-q')).toContain('one.html');
  });

  it('lists many in a line each, and tells all of one', async () => {
    const all = await ask('info', store);
    expect(all).toContain('4 captures');
    expect(all).toContain('build=2');
    expect(await ask('info', store, '--capture', '2')).toContain('sha256');
  });

  it('compares by a label, several captures a side', async () => {
    const difference = JSON.parse(await ask('diff', store, '--by', 'build', '--format', 'json')) as {
      base: { captures?: number };
      head: { captures: number };
      notes: string[];
      sections: { id: string; new: { key: string; line_no: number | null }[]; gone: unknown[] }[];
    };
    expect(difference.base.captures).toBeUndefined();
    expect(difference.head.captures).toBe(3);
    expect(difference.notes.join()).toContain('1 capture against 3');
    const deaths = difference.sections.find(({ id }) => id === 'deaths');
    // The head holds what the base holds, and more.
    expect(deaths?.gone).toEqual([]);
    expect(deaths?.new.length).toBeGreaterThan(0);
    expect(deaths?.new.every((item) => item.line_no === null)).toBe(true);
    const turned = JSON.parse(await ask('diff', store, '--by', 'build=2,1', '--format', 'json')) as typeof difference;
    expect(turned.base.captures).toBe(3);
  });

  it('refuses sides that are none', async () => {
    expect(await refused('diff', store, '--by', 'host')).toContain('no capture has this label');
    expect(await refused('diff', store, '--by', 'build=1,3')).toContain('there are 1, 2');
    expect(await refused('diff', store)).toContain('compares two captures');
    expect(await refused('diff', store, SEED)).toContain('--by LABEL');
  });
});
