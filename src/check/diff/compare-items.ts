/** Two lists of what happened -> what is new, what is gone, what happened more or less often. */
import type { Changed, Item, Section } from './difference.js';

export interface Counted {
  readonly n: number;
  readonly line_no: number | null;
}
export type Items = ReadonlyMap<string, Counted>;

/** A count that differs by less than this many standard deviations is as it was. */
const LEAST_WEIGHT = 3;
/** ... and by less than this part. */
const LEAST_PART = 0.2;

/** `ratio`: captures of the head for each of the base; counts are held against one another for as many. */
export function compareItems(
  id: string,
  title: string,
  base: Items,
  head: Items,
  missing: readonly string[],
  ratio = 1,
): Section {
  if (missing.length > 0) return { id, title, missing, new: [], gone: [], changed: [] };
  return { id, title, missing, new: only(head, base), gone: only(base, head), changed: changedOf(base, head, ratio) };
}

/** The most frequent first. */
const only = (one: Items, other: Items): Item[] =>
  [...one]
    .filter(([key]) => !other.has(key))
    .map(([key, { n, line_no }]) => ({ key, count: n, line_no }))
    .sort((a, b) => b.count - a.count || byText(a.key, b.key));

function changedOf(base: Items, head: Items, ratio: number): Changed[] {
  const changed: Changed[] = [];
  for (const [key, before] of base) {
    const after = head.get(key);
    if (after === undefined) continue;
    const expected = before.n * ratio;
    const weight = Math.abs(after.n - expected) / Math.sqrt(after.n + expected * ratio);
    const part = Math.abs(after.n - expected) / expected;
    if (weight < LEAST_WEIGHT || part < LEAST_PART) continue;
    changed.push({ key, base: before.n, head: after.n, weight: Math.round(weight * 10) / 10 });
  }
  return changed.sort((a, b) => b.weight - a.weight || byText(a.key, b.key));
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
