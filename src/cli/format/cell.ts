/** One value as a person reads it in a table. */
import { formatDur, formatTs } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import type { CellValue } from '../../trace/result.js';
import type { Clock, OutColumn } from './types.js';

export function cellText(value: CellValue, column: OutColumn, clock: Clock): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (column.unit === 'ns' && clock.unit !== 'tick' && isInteger(value)) {
    return isMoment(column.name) ? seconds(value, clock.unit) : formatDur(value);
  }
  if (column.unit === 'address' && isInteger(value)) return hex(BigInt(value));
  return visible(String(value));
}

/** A column named ts or *_ts is a point in time; any other of unit ns is a length of time. */
export const isMoment = (name: string): boolean => name === 'ts' || name.endsWith('_ts');

const isInteger = (value: CellValue): value is string | number =>
  typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);

/** As the trace prints it, 9978.187638; all nine digits where the clock has them, so that a column stays in line. */
const seconds = (ns: string | number, unit: Clock['unit']): string => {
  const text = formatTs(ns);
  return unit === 'ns' ? text.padEnd(text.indexOf('.') + 10, '0') : text;
};

const hex = (value: bigint): string => (value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`);
