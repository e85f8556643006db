/** Several runs as one number, and how far such runs lie apart. */

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/** The middle value; of an even number the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const all = sorted(values);
  const half = all.length / 2;
  const upper = all[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? ((all[half - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** Runs from which on one that is far off is taken for an accident. */
const MANY = 5;

/**
 * How much runs of the same thing differ: the whole range of a few; of many, three times the median distance from the median
 * (about two standard deviations), which one outlier does not move. null for a single run: then nobody knows.
 */
export function noiseOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  if (values.length < MANY) return Math.max(...values) - Math.min(...values);
  const middle = median(values);
  return 3 * median(values.map((value) => Math.abs(value - middle)));
}

/** The noise of a comparison is that of its noisier side. */
export function noiseBetween(base: readonly number[], head: readonly number[]): number | null {
  const known = [noiseOf(base), noiseOf(head)].filter((noise) => noise !== null);
  return known.length === 0 ? null : Math.max(...known);
}
