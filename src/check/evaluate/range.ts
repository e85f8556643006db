/** How many there may be. */
import { formatCount } from '../../base/format-time.js';
import type { RangeSource } from '../rules/rule-shape.js';
import { plural } from './words.js';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const boundsOf = (range: RangeSource): Bounds =>
  'dimension' in range
    ? { min: range.value, max: range.value }
    : { min: range.min?.value ?? 0, max: range.max?.value ?? Number.POSITIVE_INFINITY };

/** `absence`: that it holds rests on there not being more. */
export function judgeRange(range: RangeSource, count: number): { holds: boolean; absence: boolean } {
  const { min, max } = boundsOf(range);
  return { holds: count >= min && count <= max, absence: max !== Number.POSITIVE_INFINITY };
}

/** `no row`, `exactly 3 rows`, `at least 1 row and at most 3`. */
export function rangeText(range: RangeSource, one: string, many?: string): string {
  const { min, max } = boundsOf(range);
  if (max === 0) return `no ${one}`;
  if (min === max) return `exactly ${plural(min, one, many)}`;
  if (max === Number.POSITIVE_INFINITY) return `at least ${plural(min, one, many)}`;
  return min > 0 ? `from ${formatCount(min)} to ${plural(max, one, many)}` : `at most ${plural(max, one, many)}`;
}
