import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/analyses/analysis.js';
import { missingEvents, type ReadRows, runAnalysis } from '../../../src/analyses/run.js';
import { Store } from '../../../src/store/store.js';
import type { Row } from '../../../src/trace/result.js';

const column = (name: string) => ({ name, type: 'integer', label: name, doc: '' }) as const;
const plain: Analysis = {
  id: 'numbers',
  title: 'Numbers',
  question: 'Which numbers are there?',
  needs: [['signal_generate', 'signal_deliver'], ['sys_enter_*']],
  params: [{ name: 'from', type: 'integer', doc: 'first number' }],
  columns: [column('n')],
  sql: 'SELECT 1 AS capture_id, range AS n FROM range(coalesce($from::BIGINT, 0), 10) ORDER BY n DESC;\n',
};
const told: Analysis = {
  ...plain,
  findings: (rows) => [{ severity: 'info', text: `${rows.length} rows`, lines: [], confidence: 'exact' }],
};
const EVENTS = new Set(['sys_enter_kill']);

async function run(analysis: Analysis, params = {}, options = {}, events = EVENTS) {
  const store = await Store.create();
  const asked: string[] = [];
  const read: ReadRows = (sql, values) => {
    asked.push(sql);
    return store.rows(sql, values);
  };
  try {
    return { ...(await runAnalysis(read, analysis, params, events, options)), asked };
  } finally {
    store.close();
  }
}
const numbers = (rows: readonly Row[]) => rows.map((row) => row.n);

describe('running an analysis', () => {
  it('gives all rows in the order of its SQL', async () => {
    const result = await run(plain, { from: 7 });
    expect(result).toMatchObject({ id: 'numbers', status: 'ok', totalRows: 3, missing: [], findings: [] });
    expect(numbers(result.rows)).toEqual([9, 8, 7]);
  });

  it('treats 0 as a value', async () => {
    expect((await run(plain, { from: 0 })).totalRows).toBe(10);
  });

  it('says empty when there is nothing', async () => {
    expect(await run(plain, { from: 10 })).toMatchObject({ status: 'empty', rows: [], totalRows: 0 });
  });

  it('cuts the rows but not what it counts or finds', async () => {
    const limited = await run(told, {}, { limit: 2 });
    expect(numbers(limited.rows)).toEqual([9, 8]);
    expect(limited).toMatchObject({ totalRows: 10, findings: [{ text: '10 rows' }] });
    const plainLimited = await run(plain, {}, { limit: 2 });
    expect(numbers(plainLimited.rows)).toEqual([9, 8]);
    expect(plainLimited.totalRows).toBe(10);
    expect((await run(plain, {}, { limit: 0 })).totalRows).toBe(10);
  });

  it('keeps the order and the count under a filter', async () => {
    const where = { sql: 'n % 2 = $rest', values: { rest: 1 } };
    const result = await run(plain, { from: 4 }, { where, limit: 2 });
    expect(numbers(result.rows)).toEqual([9, 7]);
    expect(result.totalRows).toBe(3);
  });

  it('asks nothing when its events are missing', async () => {
    const result = await run(plain, {}, {}, new Set(['signal_generate']));
    expect(result).toMatchObject({ status: 'not-applicable', missing: ['signal_deliver'], asked: [] });
  });

  it('turns a fault of the SQL or of its sentences into a status', async () => {
    expect(await run({ ...plain, sql: 'SELECT nope, $from' })).toMatchObject({ status: 'failed', rows: [] });
    const broken: Analysis = {
      ...plain,
      findings: () => {
        throw new Error('no sentence');
      },
    };
    expect(await run(broken)).toMatchObject({ status: 'failed', error: 'no sentence', rows: [] });
  });
});

describe('missing events', () => {
  const needs = (...lists: string[][]) => missingEvents({ ...plain, needs: lists }, new Set(['a', 'sys_enter_kill']));

  it('names the alternative that lacks the least', () => {
    expect(needs(['b', 'c'], ['a', 'd'])).toEqual(['d']);
    expect(needs(['b'], ['a'])).toEqual([]);
    expect(needs()).toEqual([]);
  });

  it('reads a star as any ending', () => {
    expect(needs(['sys_enter_*'])).toEqual([]);
    expect(needs(['sys_exit_*', 'a'])).toEqual(['sys_exit_*']);
  });
});
