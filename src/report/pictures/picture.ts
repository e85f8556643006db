/** What every picture of an answer's rows is: a drawing, words, and which rows each of its marks stands for. */
import type { TopLevelSpec } from 'vega-lite';
import type { MarkRows } from '../../charts/mark-rows.js';
import type { AnalysisResult, Row } from '../../trace/result.js';
import type { ReportContext } from '../format.js';

export interface Picture {
  readonly spec: TopLevelSpec;
  /** What the picture shows, as a caption. */
  readonly caption: string;
  readonly marks: MarkRows;
  /** Column that says how much a row adds to its marks; null: one. */
  readonly measure: string | null;
  /** The side that a mark is filled from when only a part of its rows passes the filter. */
  readonly fill: 'left' | 'bottom';
  /** `flame`: can be walked in. `counts`: has the number of each mark beside it. */
  readonly look?: 'flame' | 'counts';
}

export type Draw = (result: AnalysisResult, context: ReportContext) => Picture | null;

/** Fewer values than this are better read in the table. */
export const FEW = 4;

export const words = (row: Row, ...columns: readonly string[]): string =>
  columns.map((column) => String(row[column] ?? '?')).join(' ');

/** The rows that have a number there, by their place, with it. */
export function numbered(rows: readonly Row[], column: string): { readonly at: number; readonly value: number }[] {
  return rows.flatMap((row, at) => {
    const value = row[column];
    return value === null || value === undefined || value === '' ? [] : [{ at, value: Number(value) }];
  });
}
