/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { packRows } from '../../../../src/base/columnar.js';
import type { Filter } from '../../../../src/report/client/filter-match.js';
import { SectionFacts } from '../../../../src/report/client/section-facts.js';

const NONE: Filter = { words: [], pid: '', signal: '', cpu: '', from: null, to: null };

/** No row is in the table: all are of the pictures. Two names of events, 10 and 6 of them. */
function facts(joint: boolean, parts: readonly object[]): SectionFacts {
  const table = { tBodies: [], querySelectorAll: () => [] } as unknown as HTMLTableElement;
  return new SectionFacts(
    table,
    {
      rows: 2,
      total: 2,
      rest: packRows([{ name: 'often' }, { name: 'seldom' }]),
      measures: packRows([{ events: 10 }, { events: 6 }]),
      pictures: [],
      parts: {
        measures: ['events'],
        facets: ['pid', 'cpu', 'ts'],
        joint,
        stretch: 10,
        base: '0',
        rows: packRows(parts),
      },
    },
    1,
  );
}

const part = (row: number, pid: number, cpu: number, ts: number, events: number) => ({
  row,
  by: null,
  pid,
  cpu,
  ts,
  events,
});
const JOINT = [part(0, 7, 0, 100, 4), part(0, 7, 1, 110, 1), part(0, 8, 1, 110, 5), part(1, 8, 0, 200, 6)];
const sharesOf = (of: SectionFacts, filter: Partial<Filter>) => {
  const passing = of.passing({ ...NONE, ...filter });
  return { shares: passing.share('events'), atMost: passing.atMost };
};

describe('how much of a row passes', () => {
  it.each<[string, Partial<Filter>, number[]]>([
    ['all without a filter', {}, [1, 1]],
    ['what a task did', { pid: '7' }, [0.5, 0]],
    ['what it did on a CPU', { pid: '7', cpu: '1' }, [0.1, 0]],
    ['what happened in a time, stretches counted when they reach into it', { from: 115, to: 150 }, [0.6, 0]],
    ['of all of it, rows with a word', { words: ['seldom'], pid: '8' }, [0, 1]],
  ])('%s', (_what, filter, shares) => {
    expect(sharesOf(facts(true, JOINT), filter)).toEqual({ shares, atMost: false });
  });

  const alone = (by: string, row: number, of: object, events: number) => ({
    row,
    by,
    pid: null,
    cpu: null,
    ts: null,
    ...of,
    events,
  });

  it('is exact by one thing at a time, and an upper bound by two, where parts are told apart by one', () => {
    const of = facts(false, [
      alone('pid', 0, { pid: 7 }, 5),
      alone('pid', 0, { pid: 8 }, 5),
      alone('pid', 1, { pid: 8 }, 6),
      alone('cpu', 0, { cpu: 0 }, 4),
      alone('cpu', 0, { cpu: 1 }, 6),
      alone('cpu', 1, { cpu: 0 }, 6),
    ]);
    expect(sharesOf(of, { pid: '7' })).toEqual({ shares: [0.5, 0], atMost: false });
    expect(sharesOf(of, { pid: '7', cpu: '0' })).toEqual({ shares: [0.4, 0], atMost: true });
  });

  it('is never taken for nothing where the page lacks the part', () => {
    const of = facts(false, [
      alone('pid', 0, { pid: 7 }, 5),
      alone('pid', 0, { pid: 8 }, 4),
      alone('ts', 0, { ts: 100 }, 10),
      alone('ts', 1, { ts: 100 }, 2),
    ]);
    // One event of the first row and all of the second are of tasks that the page does not name.
    expect(sharesOf(of, { pid: '9' })).toEqual({ shares: [0.1, 4 / 6], atMost: true });
    expect(sharesOf(of, { pid: '7' }).shares[0]).toBe(0.5);
    expect(sharesOf(of, { from: 500 })).toEqual({ shares: [0, 4 / 6], atMost: true });
  });

  it('is all of it where nothing tells, which is said', () => {
    const table = { tBodies: [], querySelectorAll: () => [] } as unknown as HTMLTableElement;
    const rows = packRows([{ name: 'a' }]);
    const data = { rows: 1, total: 1, rest: rows, measures: packRows([{}]), pictures: [], parts: null };
    const passing = new SectionFacts(table, data, 1).passing({ ...NONE, pid: '7', from: 1 });
    expect(passing.share(null)).toEqual([1]);
    expect(passing.untold).toEqual(['tasks', 'times']);
  });
});
