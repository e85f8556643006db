/**
 * The time axis of the timeline. Causes and effects are microseconds apart, the pause between two stories is seconds: on
 * a linear axis one of the two is invisible. The `even` scale gives each gap between two shown moments a width that
 * grows with the logarithm of its length; the order of moments is exact, distances are not proportional.
 */
export type ScaleMode = 'even' | 'linear';

export interface TimeScale {
  readonly mode: ScaleMode;
  /** Relative ns -> position 0..1, monotone. */
  toUnit(time: number): number;
  /** Position 0..1 -> relative ns. */
  toTime(unit: number): number;
  /** The moments the scale was built on, sorted, without repeats. */
  readonly moments: readonly number[];
}

/** One microsecond is what most trace clocks resolve: gaps below it all look alike. */
const FINEST_GAP = 1000;
const gapWidth = (gap: number): number => 1 + Math.log2(1 + gap / FINEST_GAP);

export function buildTimeScale(times: readonly number[], mode: ScaleMode): TimeScale {
  const moments = [...new Set(times)].sort((a, b) => a - b);
  if (moments.length === 0) moments.push(0);
  if (moments.length === 1) moments.push((moments[0] ?? 0) + FINEST_GAP);
  const positions = [0];
  for (let index = 1; index < moments.length; index += 1) {
    const gap = (moments[index] ?? 0) - (moments[index - 1] ?? 0);
    positions.push((positions[index - 1] ?? 0) + (mode === 'linear' ? gap : gapWidth(gap)));
  }
  const total = positions[positions.length - 1] ?? 1;
  const units = positions.map((position) => position / total);
  return {
    mode,
    moments,
    toUnit: (time) => interpolate(moments, units, time),
    toTime: (unit) => interpolate(units, moments, unit),
  };
}

/** Piecewise linear, clamped at both ends. */
function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  let low = 0;
  let high = from.length - 1;
  if (value <= (from[low] ?? 0)) return to[low] ?? 0;
  if (value >= (from[high] ?? 0)) return to[high] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const start = from[low] ?? 0;
  const width = (from[high] ?? 0) - start;
  const share = width === 0 ? 0 : (value - start) / width;
  return (to[low] ?? 0) + share * ((to[high] ?? 0) - (to[low] ?? 0));
}

export interface Tick {
  readonly time: number;
  readonly unit: number;
}

/**
 * Ticks inside a window of the scale, at least `spacing` of the window apart. On the even scale they stand on moments,
 * so that a tick is always a time the trace has.
 */
export function placeTicks(scale: TimeScale, from: number, to: number, spacing: number): Tick[] {
  if (scale.mode === 'linear') return linearTicks(scale, from, to, spacing);
  const ticks: Tick[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const time of scale.moments) {
    const unit = scale.toUnit(time);
    if (unit < from - 1e-9 || unit > to + 1e-9) continue;
    if ((unit - last) / (to - from) < spacing) continue;
    ticks.push({ time, unit });
    last = unit;
  }
  return ticks;
}

function linearTicks(scale: TimeScale, from: number, to: number, spacing: number): Tick[] {
  const start = scale.toTime(from);
  const end = scale.toTime(to);
  const rough = Math.max((end - start) * spacing, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const ticks: Tick[] = [];
  for (let time = Math.ceil(start / step) * step; time <= end; time += step)
    ticks.push({ time, unit: scale.toUnit(time) });
  return ticks;
}
