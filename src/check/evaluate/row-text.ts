/** Rows as evidence: what a person reads, and the line of the trace that a row rests on. */
import { clockFormat, formatBytes } from '../../base/format-time.js';
import type { CellValue, Column, Row } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import type { Evidence } from '../verdict.js';

type Columns = readonly Pick<Column, 'name' | 'unit'>[] | null;
type Clock = Pick<CheckCapture, 'timeUnit'>;

const isLine = (name: string): boolean => name === 'line_no' || name.endsWith('_line_no');
const isTime = (name: string): boolean => name === 'ts' || name.endsWith('_ts');
const isDur = (name: string): boolean => name === 'dur' || name.endsWith('_dur') || /latency$/.test(name);

export function cellText(name: string, value: CellValue, columns: Columns, { timeUnit }: Clock): string {
  const unit = columns?.find((column) => column.name === name)?.unit;
  const whole = typeof value === 'number' ? Number.isInteger(value) : /^-?\d+$/.test(String(value));
  if (value !== null && whole && typeof value !== 'boolean') {
    const clock = clockFormat(timeUnit);
    if (isTime(name)) return clock.ts(value);
    if (unit === 'ns' || (columns === null && isDur(name))) return clock.dur(value);
    if (unit === 'bytes') return formatBytes(value);
  }
  return String(value);
}

/** `name=openat p99_dur=3.1 ms`: the cells that hold something, lines left out. */
const cellsText = (row: Row, columns: Columns, clock: Clock): string =>
  Object.entries(row)
    .filter(([name, value]) => value !== null && !isLine(name))
    .map(([name, value]) => `${name}=${cellText(name, value, columns, clock)}`)
    .join(' ');

export const rowEvidence = (rows: readonly Row[], columns: Columns, clock: Clock): Evidence[] =>
  rows.map((row) => {
    const lines = Object.entries(row).filter(([name, value]) => isLine(name) && typeof value === 'number');
    // The line of an extreme says more than the first line of its group.
    const line =
      lines.find(([name]) => name === 'max_line_no') ?? lines.find(([name]) => name === 'line_no') ?? lines[0];
    return { line_no: line === undefined ? null : Number(line[1]), text: cellsText(row, columns, clock) };
  });
