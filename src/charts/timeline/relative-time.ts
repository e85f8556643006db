import type { CellValue } from '../../trace/result.js';

/** Trace clocks may count beyond 2^53; differences inside one capture do not. Null stays null. */
export function relativeTime(ts: CellValue, base: bigint): number | null {
  if (ts === null || typeof ts === 'boolean' || ts === '') return null;
  return Number(BigInt(ts) - base);
}

/** The earliest of the given times, 0 when there is none. */
export function earliest(times: Iterable<CellValue>): bigint {
  let first: bigint | null = null;
  for (const ts of times) {
    if (ts === null || typeof ts === 'boolean' || ts === '') continue;
    const value = BigInt(ts);
    if (first === null || value < first) first = value;
  }
  return first ?? 0n;
}
