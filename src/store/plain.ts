/**
 * DuckDB values -> plain JSON-safe values, in one place: integers that a double holds exactly become numbers, larger ones
 * strings; NULL becomes null; anything nested becomes its text.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import type { CellValue, Row } from '../trace/result.js';

function plain(value: DuckDBValue | undefined): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(value)
      : value.toString();
  }
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return String(value);
}

export function plainRow(names: readonly string[], values: readonly DuckDBValue[]): Row {
  const row: Record<string, CellValue> = {};
  for (let i = 0; i < names.length; i++) row[names[i] as string] = plain(values[i]);
  return row;
}
