/** Two distributions of the same thing: did they move further apart than chance would have them? */
import { byText } from './compare-items.js';
import type { Durations, Moved } from './difference.js';

export interface Distribution {
  readonly kind: string;
  readonly n: number;
  /** 5 %, 10 % ... 95 %, 99 %, 100 %. */
  readonly quantiles: readonly number[];
}
export type Distributions = ReadonlyMap<string, Distribution>;

const LEAST_CALLS = 5;
const LEAST_PART = 0.1;
/** Quantiles of which the distance is taken: 5 % ... 95 %. The tail is told, but one slow call is no shift. */
const BODY = 19;
const [P25, P50, P75, P90, P99, MAX] = [4, 9, 14, 17, 19, 20] as const;

/** `tick`: the precision of the stamps in ns, below which nothing is seen to move. */
export function compareDurations(base: Distributions, head: Distributions, tick: number): Moved[] {
  const moved: Moved[] = [];
  for (const [id, before] of base) {
    const after = head.get(id);
    if (after === undefined || before.n < LEAST_CALLS || after.n < LEAST_CALLS) continue;
    const steps = Array.from({ length: BODY }, (_, i) => at(after, i) - at(before, i));
    const distance = steps.reduce((sum, step) => sum + Math.abs(step), 0) / BODY;
    const noise = Math.max(Math.sqrt(error(before) ** 2 + error(after) ** 2) * 2, tick * 2);
    if (distance <= noise || distance < at(before, P50) * LEAST_PART) continue;
    const direction = steps.reduce((sum, step) => sum + step, 0) < 0 ? -1 : 1;
    const shift = Math.round(distance) * direction;
    moved.push({
      kind: before.kind,
      key: id.slice(before.kind.length + 1),
      base: told(before),
      head: told(after),
      shift,
      noise: Math.round(noise),
      cost: shift * after.n,
    });
  }
  return moved.sort((a, b) => Math.abs(b.cost) - Math.abs(a.cost) || byText(a.key, b.key));
}

const at = ({ quantiles }: Distribution, i: number): number => quantiles[i] ?? 0;

/** Standard error of a median, the spread taken from the quartiles, so that no tail widens it. */
const error = (one: Distribution): number => (1.2533 * (at(one, P75) - at(one, P25))) / 1.349 / Math.sqrt(one.n);

const told = (one: Distribution): Durations => ({
  n: one.n,
  p50: at(one, P50),
  p90: at(one, P90),
  p99: at(one, P99),
  max: at(one, MAX),
});
