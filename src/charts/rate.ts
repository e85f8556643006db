/** How many per stretch of time. */
import type { TopLevelSpec } from 'vega-lite';
import { formatDur } from '../base/format-time.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface RateBin {
  /** ns since the first moment. */
  readonly from: number;
  readonly count: number;
}

const BINS = 60;
const NICE = [1, 2, 5, 10];

/** Counts in equal stretches of a round length; `width` is that length in ns. */
export function rateBins(times: readonly number[]): { readonly bins: RateBin[]; readonly width: number } {
  if (times.length === 0) return { bins: [], width: 0 };
  const first = times.reduce((a, b) => Math.min(a, b));
  const span = times.reduce((a, b) => Math.max(a, b)) - first;
  const rough = Math.max(span / BINS, 1000);
  const power = 10 ** Math.floor(Math.log10(rough));
  const width = (NICE.find((factor) => factor * power >= rough) ?? 10) * power;
  const counts = new Array<number>(Math.floor(span / width) + 1).fill(0);
  for (const time of times) {
    const at = Math.floor((time - first) / width);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { bins: counts.map((count, index) => ({ from: index * width, count })), width };
}

export const rateChart = (times: readonly number[], what: string): TopLevelSpec => binChart(rateBins(times), what);

/** Of counts that somebody else has made, in equal stretches. */
export function binChart(
  { bins, width }: { readonly bins: readonly RateBin[]; readonly width: number },
  what: string,
): TopLevelSpec {
  const end = (bins.at(-1)?.from ?? 0) + width;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round((end * share) / width) * width);
  const names = Object.fromEntries(ticks.map((time) => [time, time === 0 ? '0' : formatDur(time)]));
  return {
    config: SPEAKING,
    width: 430,
    height: 150,
    data: {
      values: bins.map(({ from, count }, mark) => ({
        from,
        to: from + width,
        count,
        ...said(`${formatDur(from)} after the first: ${count} ${what}`, mark),
      })),
    },
    mark: { type: 'rect', fill: ROLES.level4 },
    encoding: {
      description: SAYING,
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, end], nice: false },
        axis: {
          title: `time since the first, one bar is ${formatDur(width)}`,
          values: [...new Set(ticks)],
          labelExpr: `(${JSON.stringify(names)})[datum.value]`,
          grid: false,
        },
      },
      x2: { field: 'to' },
      y: { field: 'count', type: 'quantitative', axis: { title: what, tickCount: 3, tickMinStep: 1, domain: false } },
      y2: { datum: 0 },
    },
  };
}
