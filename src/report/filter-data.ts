/**
 * What the page's filters need of an answer beyond its table: rows that only the pictures show, which rows each mark stands
 * for, and what the rows sum over.
 */
import { packRows } from '../base/columnar.js';
import { earliest, relativeTime } from '../charts/timeline/relative-time.js';
import type { AnalysisResult, Column, Parts, Row } from '../trace/result.js';
import type { Picture } from './pictures/picture.js';
import { MAX_ROWS } from './sections/table.js';

/** Columns that a filter looks at; numbers that are only shown are not searched. */
const isFacet = ({ name, type }: Column): boolean => type === 'text' || /(^|_)(pid|tgid|ts)$|^(cpu|dur)$/.test(name);

export function filterData(result: AnalysisResult, pictures: readonly Picture[]): object | null {
  const { parts } = result;
  if (result.status !== 'ok') return null;
  const columns = result.columns.filter(isFacet).map(({ name }) => name);
  const measures = [...new Set([...pictures.flatMap(({ measure }) => measure ?? []), ...(parts?.measures ?? [])])];
  const pick = (row: Row, names: readonly string[]): Row =>
    Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
  return {
    rows: result.rows.length,
    total: result.totalRows,
    rest: packRows(pictures.length === 0 ? [] : result.rows.slice(MAX_ROWS).map((row) => pick(row, columns))),
    measures: packRows(result.rows.map((row) => pick(row, measures))),
    pictures: pictures.map(({ marks, measure, fill }) => ({ measure, fill, ...marks })),
    parts: parts === undefined ? null : packParts(parts),
  };
}

/** Times count from the first part's, and `by` is left out where it says nothing: the data is a large part of a page. */
function packParts({ rows, ...parts }: Parts): object {
  const { joint, facets, measures } = parts;
  const names = ['row', ...(joint ? [] : ['by']), ...facets, ...measures];
  const times = facets.includes('ts') ? rows.flatMap(({ ts }) => (ts === null || ts === undefined ? [] : [ts])) : [];
  const base = times.length === 0 ? 0n : earliest(times);
  const packed = rows.map((part) =>
    Object.fromEntries(
      names.map((name) => [name, name === 'ts' ? relativeTime(part.ts ?? null, base) : (part[name] ?? null)]),
    ),
  );
  return { ...parts, base: String(base), rows: packRows(packed) };
}
