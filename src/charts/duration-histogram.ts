/** How often which duration: counts per step of 1, 2, 5, 10 ... so that microseconds and seconds stand side by side. */
import type { TopLevelSpec } from 'vega-lite';
import { formatDur } from '../base/format-time.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface DurationBin {
  /** ns; the bin holds from <= dur < to. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const STEPS = [1, 2, 5];

/** Bins without a gap from the smallest to the largest duration; empty ones in between count 0. */
export function durationBins(durations: readonly number[]): DurationBin[] {
  if (durations.length === 0) return [];
  const indexes = durations.map(binIndex);
  const first = Math.min(...indexes);
  const bins = Array.from({ length: Math.max(...indexes) - first + 1 }, (_bin, offset) => ({
    from: binStart(first + offset),
    to: binStart(first + offset + 1),
    count: 0,
  }));
  for (const index of indexes) {
    const bin = bins[index - first];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}

/** Bin 0 is 0 to 1 ns, 1 is 1 to 2 ns, 2 is 2 to 5 ns, 3 is 5 to 10 ns ... */
function binIndex(dur: number): number {
  if (dur < 1) return 0;
  let index = Math.floor(Math.log10(dur) + 1e-12) * STEPS.length + 1;
  while (binStart(index + 1) <= dur) index += 1;
  return index;
}

function binStart(index: number): number {
  if (index <= 0) return 0;
  return 10 ** Math.floor((index - 1) / STEPS.length) * (STEPS[(index - 1) % STEPS.length] ?? 1);
}

export function durationHistogram(durations: readonly number[], what: string): TopLevelSpec {
  const values = durationBins(durations).map((bin, order) => ({
    order,
    bin: formatDur(bin.from),
    count: bin.count,
    label: bin.count === 0 ? '' : String(bin.count),
    ...said(`${formatDur(bin.from)} up to ${formatDur(bin.to)}: ${bin.count}`, order),
  }));
  const names = JSON.stringify(values.map(({ bin }) => bin));
  const axis = {
    title: `${what}, from this length up to the next`,
    labelAngle: 0,
    ticks: false,
    labelOverlap: true,
    labelExpr: `(${names})[datum.value]`,
  } as const;
  return {
    config: SPEAKING,
    width: Math.max(240, Math.min(380, values.length * 36)),
    height: 150,
    data: { values },
    encoding: { x: { field: 'order', type: 'ordinal', axis } },
    layer: [
      {
        mark: { type: 'bar', fill: ROLES.level4 },
        encoding: {
          description: SAYING,
          y: {
            field: 'count',
            type: 'quantitative',
            axis: { title: 'how often', tickMinStep: 1, tickCount: 4, domain: false },
          },
        },
      },
      {
        mark: { type: 'text', dy: -7, fill: ROLES.muted },
        encoding: { y: { field: 'count', type: 'quantitative' }, text: { field: 'label' } },
      },
    ],
  };
}
