/** How long each stage of many chains took: one mark per chain, on a logarithmic axis, the median marked. */
import type { TopLevelSpec } from 'vega-lite';
import { formatDur } from '../base/format-time.js';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface Stage {
  readonly name: string;
  /** ns. */
  readonly durations: readonly number[];
}

/** One nanosecond is the least that a logarithmic axis can show. */
const least = (dur: number): number => Math.max(1, dur);

/**
 * Durations that are drawn on the same spot, as indexes: a thousand marks would look no different from one. A mark's number
 * counts the spots of all stages.
 */
export function stageSpots(durations: readonly number[]): number[][] {
  const spots = new Map<number, number[]>();
  for (const [index, dur] of durations.entries()) {
    const spot = Math.round(Math.log10(least(dur)) * 100);
    const there = spots.get(spot);
    if (there === undefined) spots.set(spot, [index]);
    else there.push(index);
  }
  return [...spots.values()];
}

export function stageStrip(stages: readonly Stage[]): TopLevelSpec {
  const shown = stages
    .filter(({ durations }) => durations.length > 0)
    .map(({ name, durations }) => ({ name: visible(name), durations }));
  const all = shown.flatMap(({ durations }) => durations.map(least));
  const from = Math.floor(Math.log10(Math.min(...all)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...all))));
  const ticks = Array.from({ length: to - from + 1 }, (_tick, index) => 10 ** (from + index));
  const names = Object.fromEntries(ticks.map((tick) => [tick, formatDur(tick)]));
  const medians = shown.map(({ name, durations }) => {
    const dur = durations.toSorted((a, b) => a - b)[(durations.length - 1) >> 1] ?? 0;
    return { name, dur: least(dur), label: formatDur(dur) };
  });
  return {
    config: SPEAKING,
    width: 520,
    height: { step: 34 },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: shown.map(({ name }) => name),
        axis: { title: null, ticks: false, domain: false, labelFontSize: 12 },
      },
      x: {
        field: 'dur',
        type: 'quantitative',
        scale: { type: 'log', domain: [10 ** from, 10 ** to], nice: false },
        axis: { title: null, values: ticks, labelExpr: `(${JSON.stringify(names)})[datum.value]` },
      },
    },
    layer: [
      {
        data: {
          values: shown
            .flatMap(({ name, durations }) =>
              stageSpots(durations).map(([first = 0]) => ({ name, dur: durations[first] ?? 0 })),
            )
            .map(({ name, dur }, mark) => ({ name, dur: least(dur), ...said(`${name}: ${formatDur(dur)}`, mark) })),
        },
        mark: { type: 'tick', fill: ROLES.level4, thickness: 1.5, height: 16, opacity: 0.7 },
        encoding: { description: SAYING },
      },
      {
        data: { values: medians },
        mark: { type: 'point', shape: 'diamond', filled: true, fill: ROLES.bad, size: 60, opacity: 1 },
      },
      {
        data: { values: medians },
        mark: { type: 'text', dy: -13, fill: ROLES.ink },
        encoding: { text: { field: 'label', type: 'nominal' } },
      },
    ],
  };
}
