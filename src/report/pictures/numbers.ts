/** Pictures of numbers: how often which duration, how many when, which most. */
import { formatCount } from '../../base/format-time.js';
import { durationBins, durationHistogram } from '../../charts/duration-histogram.js';
import { markRows } from '../../charts/mark-rows.js';
import { rankedBars } from '../../charts/ranked-bars.js';
import { binChart, rateBins } from '../../charts/rate.js';
import { type Stage, stageSpots, stageStrip } from '../../charts/stage-strip.js';
import { earliest } from '../../charts/timeline/relative-time.js';
import { type Draw, FEW, numbered, words } from './picture.js';

export const histogram =
  (column: string, what: string): Draw =>
  ({ rows }) => {
    const found = numbered(rows, column).filter(({ value }) => value >= 0);
    if (found.length < FEW) return null;
    const durations = found.map(({ value }) => value);
    const bins = durationBins(durations);
    const marks = markRows(
      bins.map(({ from, to }) => found.filter(({ value }) => value >= from && value < to).map(({ at }) => at)),
    );
    return {
      spec: durationHistogram(durations, what.toLowerCase()),
      caption: `${what}: how often which`,
      marks,
      measure: null,
      fill: 'bottom',
      look: 'counts',
    };
  };

/** When the rows happened. */
export const rate =
  (column: string, what: string): Draw =>
  ({ rows }) => {
    const timed = rows.flatMap((row, at) => {
      const ts = row[column];
      return ts === null || ts === undefined ? [] : [{ at, ts }];
    });
    if (timed.length < FEW * 5) return null;
    const base = earliest(timed.map(({ ts }) => ts));
    const times = timed.map(({ ts }) => Number(BigInt(String(ts)) - base));
    const binned = rateBins(times);
    const rowsOf = binned.bins.map((): number[] => []);
    times.forEach((time, index) => {
      rowsOf[Math.floor(time / binned.width)]?.push(timed[index]!.at);
    });
    return {
      spec: binChart(binned, what),
      caption: `How many ${what} when`,
      marks: markRows(rowsOf),
      measure: null,
      fill: 'bottom',
    };
  };

/** Rows are stretches of one length already. */
export const bins: Draw = ({ rows }) => {
  const width = Number(rows[0]?.dur ?? 0);
  if (rows.length < FEW || width <= 0) return null;
  const base = earliest(rows.map((row) => row.ts ?? null));
  const counted = rows.map((row) => ({ from: Number(BigInt(String(row.ts)) - base), count: Number(row.events) }));
  return {
    spec: binChart({ bins: counted, width }, 'events'),
    caption: 'How many events when',
    marks: markRows(rows.map((_row, at) => [at])),
    measure: 'events',
    fill: 'bottom',
  };
};

export const ranked =
  (names: readonly string[], value: string, caption: string): Draw =>
  ({ rows, columns }, context) => {
    const column = columns.find((one) => one.name === value);
    const items = rows
      .map((row, at) => ({ at, name: words(row, ...names), value: Number(row[value] ?? 0), raw: row[value] ?? null }))
      .filter((item) => item.value > 0)
      .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
      .map((item) => ({
        ...item,
        label: column?.unit === 'ns' ? context.dur(item.raw) : formatCount(String(item.raw)),
      }));
    if (items.length < 2) return null;
    return {
      spec: rankedBars(items),
      caption,
      marks: markRows(items.map(({ at }) => [at])),
      measure: value,
      fill: 'left',
    };
  };

const STAGES = { send: 'send_dur', deliver: 'deliver_dur', die: 'die_dur', zombie: 'zombie_dur' };

export const stages: Draw = ({ rows }) => {
  if (rows.length < 2) return null;
  const found = Object.entries(STAGES).map(([name, column]) => {
    const timed = numbered(rows, column).filter(({ value }) => value >= 0);
    return { name, durations: timed.map(({ value }) => value), at: timed.map(({ at }) => at) };
  });
  if (found.every(({ durations }) => durations.length === 0)) return null;
  const marks = found.flatMap(({ durations, at }) =>
    stageSpots(durations).map((spot) => spot.flatMap((index) => at[index] ?? [])),
  );
  return {
    spec: stageStrip(found satisfies readonly Stage[]),
    caption: 'How long each stage took: a mark per kill, a diamond at the median',
    marks: markRows(marks),
    measure: null,
    fill: 'left',
  };
};
