/** Times and the distances between them along the top, and the pauses that the even scale shortens. */
import type { ClockFormat } from '../../base/format-time.js';
import { type AxisTick, CHAR, type Fold } from './shapes.js';
import { placeTicks } from './time-scale.js';
import type { Projection, TimelineView } from './view.js';

/** Room for `9992.171040` and a gap. */
const TICK_WIDTH = 92;

export function placeAxis(at: Projection, view: TimelineView, base: bigint, clock: ClockFormat): AxisTick[] {
  const placed = placeTicks(at.scale, view.from, view.to, TICK_WIDTH / (at.plot.right - at.plot.left));
  return placed.map((tick, position) => {
    const before = placed[position - 1];
    const x = at.place(tick.unit);
    const label = clock.ts(String(base + BigInt(Math.round(tick.time))));
    const half = (label.length * CHAR) / 2 + 2;
    const labelX = Math.min(Math.max(x, half), view.width - half);
    if (before === undefined) return { x, labelX, label, step: null };
    const text = `+${clock.dur(Math.round(tick.time - before.time))}`;
    return { x, labelX, label, step: { x: (x + at.place(before.unit)) / 2, text } };
  });
}

const LONG_SHARE = 0.2;

export function placeFolds({ scale, place, plot, shows }: Projection, clock: ClockFormat): Fold[] {
  if (scale.mode === 'linear') return [];
  const total = (scale.moments.at(-1) ?? 0) - (scale.moments[0] ?? 0);
  const folds: Fold[] = [];
  for (let index = 1; index < scale.moments.length; index += 1) {
    const start = scale.moments[index - 1] ?? 0;
    const end = scale.moments[index] ?? 0;
    if (end - start < total * LONG_SHARE) continue;
    const x = place(scale.toUnit(start));
    const x2 = place(scale.toUnit(end));
    if (!shows(x, x2)) continue;
    folds.push({ x: Math.max(x, plot.left), x2: Math.min(x2, plot.right), text: clock.dur(end - start) });
  }
  return folds;
}
