import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Capture, openCapture } from '../../../../src/app/open-capture.js';
import { buildReport } from '../../../../src/app/report/build-report.js';
import type { ReportScope } from '../../../../src/app/report/scope.js';
import type { Row } from '../../../../src/trace/result.js';

let capture: Capture;
beforeAll(async () => {
  capture = await openCapture('samples/life-of-a-process/trace', {});
});
afterAll(() => capture.close());

/** Rows of each section that the capture can fill. */
async function narrowed(scope: ReportScope): Promise<Map<string, readonly Row[]>> {
  const { results } = await buildReport(capture.store, { scope });
  expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
  return new Map(results.filter(({ status }) => status !== 'not-applicable').map(({ id, rows }) => [id, rows]));
}

const FIRST = 'SELECT first_ts, last_ts FROM capture';
const sum = (rows: readonly Row[] | undefined, column: string): number =>
  (rows ?? []).reduce((all, row) => all + Number(row[column]), 0);

describe('a report of a part of a capture', () => {
  it('has nothing of what happened, when the part lies behind the capture', async () => {
    const [facts] = await capture.store.rows(FIRST);
    const sections = await narrowed({ since: String(BigInt(String(facts?.last_ts)) + 1_000_000_000n) });
    for (const [id, rows] of sections) {
      // Who is not seen to end may still be there.
      const left = id === 'tasks' ? rows.filter((row) => row.exit_ts !== null) : rows;
      expect(left, id).toEqual([]);
    }
  });

  it('has nothing when the part lies before it', async () => {
    const [facts] = await capture.store.rows(FIRST);
    const sections = await narrowed({ until: String(BigInt(String(facts?.first_ts)) - 1_000_000_000n) });
    for (const [id, rows] of sections) expect(rows, id).toEqual([]);
  });

  it('is about one task in every section that tells tasks apart, also where rows are sums', async () => {
    const [busiest] = await capture.store.rows(
      `SELECT pid, count(*) AS events, (SELECT count(*) FROM event_stack JOIN event_row e USING (event_id) WHERE e.pid = r.pid) AS stacks
       FROM event_row r GROUP BY pid ORDER BY stacks DESC, events DESC LIMIT 1`,
    );
    const pid = Number(busiest?.pid);
    const sections = await narrowed({ pid });
    const whole = await narrowed({});
    for (const id of ['stat', 'rates'] as const) {
      expect(sum(sections.get(id), 'events'), id).toBe(Number(busiest?.events));
      expect(sum(whole.get(id), 'events'), id).toBeGreaterThan(Number(busiest?.events));
    }
    expect(sum(sections.get('stacks'), 'count')).toBe(Number(busiest?.stacks));
    expect(Number(busiest?.stacks)).toBeGreaterThan(0);
    for (const row of sections.get('signal-pairs') ?? []) expect([row.sender_pid, row.target_pid]).toContain(pid);
  });

  it('keeps what reaches into the part, and measures rates over the part', async () => {
    const [facts] = await capture.store.rows(FIRST);
    const [first, last] = [BigInt(String(facts?.first_ts)), BigInt(String(facts?.last_ts))];
    const until = first + (last - first) / 2n;
    const halves = [await narrowed({ until: String(until) }), await narrowed({ since: String(until + 1n) })];
    const whole = await narrowed({});
    for (const [id, column] of [
      ['stat', 'events'],
      ['stacks', 'count'],
      ['syscalls', 'calls'],
    ] as const) {
      const parts = halves.map((sections) => sum(sections.get(id), column));
      expect(parts[0]! + parts[1]!, id).toBe(sum(whole.get(id), column));
    }
    const [busiest] = halves[0]!.get('stat') ?? [];
    const seconds = Number(until - first) / 1e9;
    expect(Number(busiest?.per_second)).toBeCloseTo(Number(busiest?.events) / seconds, 1);
  });
});
