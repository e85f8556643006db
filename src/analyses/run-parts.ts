/** The parts of an answer: what its rows sum over, as far as a page can hold it. */
import type { AnalysisResult, CellValue, Row } from '../trace/result.js';
import type { Analysis, PartsOf } from './analysis.js';
import type { ReadRows } from './run.js';

/** Beyond this many, parts are told apart by one thing at a time. */
const MOST = 4000;
/** So many of each; what a page then lacks is the least of all. */
const MOST_ALONE = 8000;

export interface Slices {
  /** ns (or ticks) where the first stretch begins. */
  readonly origin: string;
  /** Length of a stretch; 1 keeps the moments. */
  readonly stretch: number;
}

/** The result with its parts; as it was when the analysis has none, or no rows. */
export async function withParts(
  read: ReadRows,
  analysis: Analysis,
  result: AnalysisResult,
  scope: Readonly<Record<string, CellValue>>,
  { origin, stretch }: Slices,
): Promise<AnalysisResult> {
  const { parts } = analysis;
  if (parts === undefined || result.status !== 'ok') return result;
  const values = { ...scope, origin, stretch };
  const asked = Object.fromEntries(Object.entries(values).filter(([name]) => parts.sql.includes(`$${name}`)));
  const found = await read(statement(parts), asked);
  const key = (row: Row): string => JSON.stringify(parts.keys.map((name) => row[name] ?? null));
  const places = new Map(result.rows.map((row, place) => [key(row), place]));
  const columns = [...parts.facets, ...parts.measures];
  const rows = found.flatMap((part): Row[] => {
    const row = places.get(key(part));
    if (row === undefined) return [];
    return [
      { row, by: part.by ?? null, ...Object.fromEntries(columns.map((name) => [name, part[`part_${name}`] ?? null])) },
    ];
  });
  const { facets, measures } = parts;
  return { ...result, parts: { measures, facets, joint: found.every(({ by }) => by === null), stretch, rows } };
}

/** What a filter asks for together: all columns of pids are one thing. */
const aspectOf = (facet: string): string => (facet === 'ts' || facet === 'cpu' ? facet : 'pid');

/** All parts where there are few; otherwise sums per aspect, the largest of each. A key may also be a facet's namesake. */
function statement({ keys, facets, measures, sql }: PartsOf): string {
  const quote = (name: string): string => `"${name}"`;
  const keyList = keys.map(quote).join(', ');
  const part = (name: string): string => quote(`part_${name}`);
  const aspects = [...new Set(facets.map(aspectOf))];
  const alone = aspects.map((aspect) => {
    const own = facets.filter((facet) => aspectOf(facet) === aspect);
    const shown = facets.map((facet) => (own.includes(facet) ? part(facet) : `NULL AS ${part(facet)}`));
    const sums = measures.map((name) => `sum(${part(name)})::BIGINT AS ${part(name)}`);
    return `SELECT ${keyList}, '${aspect}' AS by, ${[...shown, ...sums].join(', ')} FROM cell, size WHERE cells > ${MOST}
GROUP BY ${keyList}, ${own.map(part).join(', ')}
QUALIFY row_number() OVER (ORDER BY sum(${part(measures[0] ?? '')}) DESC, ${keyList}, ${own.map(part).join(', ')}) <= ${MOST_ALONE}`;
  });
  return `WITH cell AS MATERIALIZED (${sql.trim().replace(/;$/, '')}
), size AS (SELECT count(*) AS cells FROM cell)
SELECT ${keyList}, NULL AS by, ${[...facets, ...measures].map(part).join(', ')} FROM cell, size WHERE cells <= ${MOST}
UNION ALL ${alone.join('\nUNION ALL ')}
ORDER BY ALL`;
}
