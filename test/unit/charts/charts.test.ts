import type { TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { durationBins, durationHistogram } from '../../../src/charts/duration-histogram.js';
import { flameChart, flameMarks, flameRects } from '../../../src/charts/flame.js';
import { markRows } from '../../../src/charts/mark-rows.js';
import { matrixCells, matrixChart } from '../../../src/charts/matrix.js';
import { memoryMap } from '../../../src/charts/memory-map.js';
import { rankedBars } from '../../../src/charts/ranked-bars.js';
import { rateBins, rateChart } from '../../../src/charts/rate.js';
import { renderSvg } from '../../../src/charts/render-svg.js';
import { stageStrip } from '../../../src/charts/stage-strip.js';
import { HOSTILE } from '../../support/report-input.js';

const cells = [
  { row: 'bash 1', column: 'a.out 2', count: 3 },
  { row: HOSTILE, column: `${HOSTILE}x`, count: 1000 },
];
const stacks = [
  { frames: ['entry', 'do_syscall_64', HOSTILE], count: 3 },
  { frames: ['entry', 'do_syscall_64', 'kill'], count: 1 },
  { frames: ['entry'], count: 2 },
];

const SPECS: Record<string, TopLevelSpec> = {
  histogram: durationHistogram([0, 5, 5000, 79_000, 2_000_000_000], 'duration'),
  'histogram of one': durationHistogram([1], 'duration'),
  ranked: rankedBars([
    { name: HOSTILE, value: 5, label: '5' },
    { name: HOSTILE, value: 3, label: '3' },
  ]),
  matrix: matrixChart(cells, 'sender', 'target'),
  rate: rateChart([0, 1_000_000, 5_000_000, 13_000_000_000], 'signals'),
  'rate of one': rateChart([7], 'signals'),
  flame: flameChart(stacks),
  stages: stageStrip([
    { name: 'send', durations: [0, 500, 70_000] },
    { name: HOSTILE, durations: [2_000_000_000] },
    { name: 'never', durations: [] },
  ]),
  'stages of one': stageStrip([{ name: 'send', durations: [1000] }]),
  memory: memoryMap([
    {
      task: HOSTILE,
      start: 0x7fef041e8000,
      end: 0x7fef041e8000 + 0x3ba778,
      prot: 'PROT_READ|PROT_EXEC',
      name: HOSTILE,
    },
    { task: 'b 2', start: 0x400000, end: 0x401000, prot: 'rw-p', name: '' },
  ]),
};

it.each(Object.keys(SPECS))('%s compiles without a warning, has marks, and no colour but by class', async (name) => {
  const { svg, warnings } = await renderSvg(SPECS[name]!, name);
  expect(warnings).toEqual([]);
  expect(svg).toMatch(/<(?:path|line) class="[fs]-(?:level|bad)/);
  expect(svg).not.toMatch(/style=|xlink|<script|<img|#[0-9a-f]{6}|fill="black"|\u202e/);
  expect((await renderSvg(SPECS[name]!, name)).svg).toBe(svg);
});

describe('bins', () => {
  it('of durations leave no gap and lose nothing', () => {
    const bins = durationBins([0, 1, 2, 4, 5, 9, 10, 99, 100, 1000]);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(10);
    expect(bins[0]).toEqual({ from: 0, to: 1, count: 1 });
    expect(bins.map((bin) => bin.from)).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
    for (const [index, bin] of bins.entries()) expect(bin.to).toBe(bins[index + 1]?.from ?? bin.to);
  });
  it.each([1, 2, 5, 10, 1000, 5000, 1e6, 2e9, 5e12])('%d ns lies in a bin that begins with it', (dur) => {
    expect(durationBins([dur])).toEqual([{ from: dur, to: expect.any(Number), count: 1 }]);
  });
  it('of time have a round length and hold every moment', () => {
    const { bins, width } = rateBins([0, 10_000, 14_000_000_000]);
    expect(width).toBe(500_000_000);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(3);
    expect(rateBins([])).toEqual({ bins: [], width: 0 });
  });
});

describe('flame', () => {
  it('joins equal frames and keeps the sum', () => {
    const rects = flameRects(stacks);
    expect(rects.filter((rect) => rect.name === 'entry')).toEqual([{ depth: 0, from: 0, to: 6, name: 'entry' }]);
    expect(
      rects
        .filter((rect) => rect.depth === 2)
        .map((rect) => rect.to - rect.from)
        .sort(),
    ).toEqual([1, 3]);
  });
});

describe('the rows of a mark', () => {
  it('are those of a frame: the stacks that stand on it', () => {
    const { order, from, to } = flameMarks(stacks);
    const rowsOn = flameRects(stacks).map(({ name }, mark) => [name, order.slice(from[mark], to[mark]).toSorted()]);
    expect(new Map(rowsOn as [string, number[]][])).toEqual(
      new Map([
        [HOSTILE, [0]],
        ['kill', [1]],
        ['do_syscall_64', [0, 1]],
        ['entry', [0, 1, 2]],
      ]),
    );
  });

  it('stand in one list, each mark with its stretch of it', () => {
    expect(markRows([[2, 0], [], [1]])).toEqual({ order: [2, 0, 1], from: [0, 2, 2], to: [2, 2, 3] });
  });

  it('are told in the drawing by a number that stays when marks are left out', async () => {
    const thin = [
      { frames: ['a'], count: 1 },
      { frames: ['b'], count: 1e6 },
    ];
    const { svg } = await renderSvg(flameChart(thin), 'thin');
    expect([...svg.matchAll(/data-m="(\d+)" data-t="(\w)/g)].map(([, mark, name]) => [mark, name])).toEqual([
      ['1', 'b'],
    ]);
  });
});

it('a matrix keeps the busiest rows and columns and says how many cells are left out', () => {
  const many = Array.from({ length: 40 }, (_cell, index) => ({ row: `r${index}`, column: 'c', count: index }));
  const { kept, cut } = matrixCells(many);
  expect(kept).toHaveLength(14);
  expect(cut).toBe(26);
  expect(Math.min(...kept.map((cell) => cell.count))).toBe(26);
});
