import { describe, expect, it } from 'vitest';
import { moment } from '../../../src/cli/options.js';
import { rowFilter } from '../../../src/cli/row-filter.js';
import { Store } from '../../../src/store/store.js';
import type { Column, Row } from '../../../src/trace/result.js';

const column = (name: string): Column => ({ name, type: 'integer', label: name, doc: '' });
const COLUMNS = ['sender_pid', 'target_pid', 'comm', 'generate_ts', 'deliver_ts'].map(column);
const SIGNALS = `SELECT * FROM (VALUES
  (1, 2, 'bash', 1000::BIGINT, 2000::BIGINT),
  (2, 3, 'a''b', 3000, NULL),
  (NULL, 4, 'x', 9000, 9500)) AS s(sender_pid, target_pid, comm, generate_ts, deliver_ts)`;
const TIME = { firstTs: 1000, ticks: false };

async function kept(options: Parameters<typeof rowFilter>[2] | object): Promise<Row['target_pid'][]> {
  const filter = rowFilter('signals', COLUMNS, options as Parameters<typeof rowFilter>[2], TIME);
  const store = await Store.create();
  try {
    const where = filter === undefined ? 'true' : filter.sql;
    const rows = await store.rows(
      `SELECT target_pid FROM (${SIGNALS}) WHERE ${where} ORDER BY 1`,
      filter?.values ?? {},
    );
    return rows.map((row) => row.target_pid ?? null);
  } finally {
    store.close();
  }
}

describe('filters on the rows of an answer', () => {
  it('keeps all without any', async () => {
    expect(await kept({})).toEqual([2, 3, 4]);
  });

  it('takes a pid in any role, pid 0 too', async () => {
    expect(await kept({ pid: 2 })).toEqual([2, 3]);
    expect(await kept({ pid: 0 })).toEqual([]);
  });

  it('takes a comm as a value, not as SQL', async () => {
    expect(await kept({ comm: "a'b" })).toEqual([3]);
    expect(await kept({ comm: "' OR true --" })).toEqual([]);
  });

  it('takes a window of time, ends included, open ends too', async () => {
    expect(await kept({ since: moment('0.000002000'), until: moment('0.000003') })).toEqual([2, 3]);
    expect(await kept({ since: moment('0.000009500') })).toEqual([4]);
    expect(await kept({ until: moment('+0') })).toEqual([2]);
  });

  it('keeps a row only when one and the same time lies in the window', async () => {
    expect(await kept({ since: moment('0.0000012'), until: moment('0.0000018') })).toEqual([]);
  });

  it('joins conditions', async () => {
    expect(await kept({ pid: 2, comm: 'bash' })).toEqual([2]);
  });

  it('refuses a filter that would do nothing', () => {
    const only = [column('comm')];
    const filter = (options: object) => () => rowFilter('x', only, options as Parameters<typeof rowFilter>[2], TIME);
    expect(filter({ pid: 1 })).toThrow('--pid: an answer of x has no column that it could apply to');
    expect(filter({ until: moment('1') })).toThrow('--until');
  });

  it('counts ticks where the clock does, and nothing where there is no clock', () => {
    const options = { since: moment('500') } as unknown as Parameters<typeof rowFilter>[2];
    expect(rowFilter('x', COLUMNS, options, { firstTs: 7, ticks: true })?.values).toMatchObject({ from_time: '500' });
    const offset = { since: moment('+1') } as unknown as Parameters<typeof rowFilter>[2];
    expect(() => rowFilter('x', COLUMNS, offset, { firstTs: null, ticks: false })).toThrow('no times');
  });
});
