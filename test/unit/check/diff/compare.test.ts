import { describe, expect, it } from 'vitest';
import { singleCapture } from '../../../../src/app/check/check-capture.js';
import { diffPage } from '../../../../src/app/check/diff-page.js';
import { diffRects } from '../../../../src/charts/flame-diff.js';
import { compareCaptures } from '../../../../src/check/diff/compare-captures.js';
import { compareDurations, type Distribution } from '../../../../src/check/diff/compare-durations.js';
import { compareItems } from '../../../../src/check/diff/compare-items.js';
import { differenceText } from '../../../../src/check/format/diff-text.js';
import { renderDiff } from '../../../../src/report/diff/render-diff.js';
import { KILLED } from '../../../support/blueprint.js';
import { traceOf, without } from '../../../support/check.js';
import { storeOfTexts } from '../../../support/store-of.js';

const items = (counts: Readonly<Record<string, number>>) =>
  new Map(Object.entries(counts).map(([key, n], i) => [key, { n, line_no: i + 1 }]));

/** Durations from `low` in equal steps. */
const spread = (low: number, step: number, n: number): Distribution => ({
  kind: 'syscalls',
  n,
  quantiles: Array.from({ length: 21 }, (_, i) => low + i * step),
});

async function compare(base: string, head: string) {
  const [before, after] = [await storeOfTexts(base), await storeOfTexts(head)];
  try {
    return await compareCaptures(await singleCapture(before, 'base'), await singleCapture(after, 'head'));
  } finally {
    before.close();
    after.close();
  }
}

const GOOD = traceOf(KILLED);
/** The same story with other pids, another signal and another file. */
const OTHER = traceOf(
  KILLED.replaceAll('sig=9', 'sig=15')
    .replace('sig: 9', 'sig: f')
    .replace('/etc/none', '/etc/shadow')
    .replaceAll('a.out-20', 'a.out-30')
    .replaceAll('pid=20', 'pid=30')
    .replaceAll('-> 0x14', '-> 0x1e')
    .replace('pid: 14', 'pid: 1e'),
);

describe('counts', () => {
  it('that differ by chance are as they were', () => {
    const { changed } = compareItems(
      'events',
      'Events',
      items({ a: 100, b: 100, c: 4 }),
      items({ a: 115, b: 300, c: 9 }),
      [],
    );
    expect(changed).toEqual([{ key: 'b', base: 100, head: 300, weight: 10 }]);
  });

  it('of what only one side recorded are not compared', () => {
    expect(compareItems('signals', 'Signals', items({ a: 1 }), items({}), ['signal_generate'])).toMatchObject({
      new: [],
      gone: [],
    });
  });
});

describe('durations', () => {
  const moved = (base: Distribution, head: Distribution) =>
    compareDurations(new Map([['syscalls a', base]]), new Map([['syscalls a', head]]), 1);

  it('moved when they lie further apart than samples of the same thing do', () => {
    expect(moved(spread(1000, 100, 100), spread(2000, 100, 100))).toMatchObject([
      { key: 'a', shift: 1000, cost: 100_000 },
    ]);
    expect(moved(spread(2000, 100, 100), spread(1000, 100, 100))).toMatchObject([{ shift: -1000 }]);
    // The same distance with wide distributions and few calls is chance; a few calls say nothing.
    expect(moved(spread(1000, 2000, 6), spread(3000, 2000, 6))).toEqual([]);
    expect(moved(spread(1000, 100, 4), spread(9000, 100, 4))).toEqual([]);
  });
});

describe('two captures', () => {
  it('are alike whatever the pids', async () => {
    const pids = GOOD.replaceAll('a.out-20', 'a.out-30')
      .replaceAll('pid=20', 'pid=30')
      .replaceAll('-> 0x14', '-> 0x1e')
      .replace('pid: 14', 'pid: 1e');
    const { difference } = await compare(GOOD, pids);
    expect(difference).toMatchObject({ findings: [], durations: [], notes: [] });
    expect(differenceText(difference, 10)).toContain('nothing differs beyond chance');
  });

  it('differ in deaths, signals and files, the worst first, with the line', async () => {
    const { difference } = await compare(GOOD, OTHER);
    expect(difference.findings).toEqual([
      'new death: a.out (child of bash): killed by SIGTERM (line 21)',
      'gone death: a.out (child of bash): killed by SIGKILL',
      'new signal: SIGTERM from bash to a.out (kill) (line 19)',
      'gone signal: SIGKILL from bash to a.out (kill)',
      'new file: a.out: /etc/shadow (ENOENT) (line 15)',
      'gone file: a.out: /etc/none (ENOENT)',
    ]);
  });

  it('are not compared where one did not record, and losses are said', async () => {
    const { difference } = await compare(GOOD, without(GOOD, /signal_|sched_process_exit/));
    const signals = difference.sections.find(({ id }) => id === 'signals');
    expect(signals).toMatchObject({ missing: ['signal_generate'], new: [], gone: [] });
    expect(differenceText(difference, 10)).toContain('not compared: only one side has signal_generate');
    expect((await compare(GOOD, traceOf(KILLED, 9))).difference.notes).toEqual([
      'the head lost 9 events: what it lacks may have happened',
    ]);
  });
});

describe('the differential flame graph', () => {
  it('gives each side half of the width, and says which one has more', () => {
    const rects = diffRects([
      { frames: ['a', 'b'], base: 10, head: 0 },
      { frames: ['a', 'c'], base: 10, head: 5 },
    ]);
    expect(rects.map(({ name, from, to, lean }) => [name, from, to, Math.round(lean * 100) / 100])).toEqual([
      ['a', 0, 1, 0],
      ['b', 0, 0.25, -1],
      ['c', 0.25, 1, 0.33],
    ]);
  });
});

describe('the page', () => {
  it('is one file without a script, the same bytes every time, in which names from a trace are text', async () => {
    const stack = ' => __x64_sys_kill\n => do_syscall_64\n';
    const hostile = KILLED.replaceAll('a.out', '<img/src=x>').replace(
      /(signal_generate: sig=9.*\n)/,
      `$1            bash-10      [000] d..1.     2.000011: <stack trace>\n${stack}`,
    );
    const { difference, stacks } = await compare(GOOD, traceOf(hostile));
    // A page does not depend on the folder it was made in.
    expect(diffPage({ ...difference, base: { ...difference.base, capture: '/somewhere/a.trace' } }, []).title).toBe(
      'a.trace against head',
    );
    expect(stacks).toEqual([{ frames: ['signal_generate', 'do_syscall_64', '__x64_sys_kill'], base: 0, head: 1 }]);
    const page = await renderDiff(diffPage(difference, stacks));
    expect(page).toBe(await renderDiff(diffPage(difference, stacks)));
    expect(page).not.toMatch(/<script|<img|https?:\/\//);
    expect(page).toContain('&lt;img/src=x&gt;');
    expect(page).toContain('Differential flame graph');
  });
});
