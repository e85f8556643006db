/**
 * Types that Spark, Trino, ClickHouse and DuckDB all read: BIGINT, INTEGER, DOUBLE, BOOLEAN and VARCHAR. What a store holds as an
 * unsigned 64-bit number is the same 64 bits as a signed one; a moment is ns as BIGINT; a list is its texts with `, ` between.
 */
import { identifier } from '../../base/sql-text.js';

export interface ColumnType {
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
}

const SIGNED = (value: string): string =>
  `(CASE WHEN ${value} >= 9223372036854775808 THEN ${value}::HUGEINT - 18446744073709551616 ELSE ${value}::HUGEINT END)::BIGINT`;
const UNSIGNED = (value: string): string =>
  `(CASE WHEN ${value} < 0 THEN ${value}::HUGEINT + 18446744073709551616 ELSE ${value}::HUGEINT END)::UBIGINT`;

/** A column of a store -> the column of the file. */
export function written({ name, type }: ColumnType, from = ''): string {
  const value = `${from}${identifier(name)}`;
  const as = ` AS ${identifier(name)}`;
  if (type === 'UBIGINT') return `${SIGNED(value)}${as}`;
  if (type === 'TINYINT' || type === 'SMALLINT') return `${value}::INTEGER${as}`;
  if (type === 'HUGEINT') return `${value}::DECIMAL(38, 0)${as}`;
  if (type === 'TIMESTAMP') return `epoch_ns(${value})::BIGINT${as}`;
  if (type === 'VARCHAR[]') return `array_to_string(${value}, ', ')${as}`;
  return `${value}${as}`;
}

/** Ids are counted in each capture; over a dataset they are unique by the number of the capture in their upper half. */
const isId = (name: string): boolean =>
  /(?:^|_)(?:id|actor)$/.test(name) || name === 'actor_parent' || name === 'clone_of';
export const isCaptureId = (name: string): boolean => name === 'capture_id' || name === 'of_capture_id';

/** The column of the file -> that of a store. `p`: the file, `n`: which has the number of the capture. */
export function read({ name, type }: ColumnType): string {
  const value = `p.${identifier(name)}`;
  const as = ` AS ${identifier(name)}`;
  if (isCaptureId(name)) return `p.capture_id${as}`;
  if (isId(name)) return `n.no * 4294967296 + ${value}${as}`;
  if (type === 'UBIGINT') return `${UNSIGNED(value)}${as}`;
  if (type === 'TIMESTAMP') return `make_timestamp_ns(${value})::TIMESTAMP${as}`;
  if (type === 'VARCHAR[]') return `CASE WHEN ${value} = '' THEN [] ELSE string_split(${value}, ', ') END${as}`;
  return `${value}::${type}${as}`;
}

/** A relation of which the dataset has no file: its columns and no rows. */
export const none = ({ name, type }: ColumnType): string =>
  `NULL::${isCaptureId(name) ? 'VARCHAR' : isId(name) ? 'BIGINT' : type} AS ${identifier(name)}`;
