/** Runs one analysis: are its events there? -> rows -> findings -> a result. It never throws: a fault is a status. */
import type { AnalysisResult, CellValue, Row } from '../trace/result.js';
import type { Analysis } from './analysis.js';

export type ReadRows = (sql: string, parameters: Readonly<Record<string, CellValue>>) => Promise<Row[]>;
export type ParamValues = Readonly<Record<string, string | number | undefined>>;

export interface RunOptions {
  /** Keeps only some rows of the answer, e.g. those of one pid. Values as $name. */
  readonly where?: { readonly sql: string; readonly values: Readonly<Record<string, CellValue>> } | undefined;
  readonly limit?: number | undefined;
}

export async function runAnalysis(
  rows: ReadRows,
  analysis: Analysis,
  params: ParamValues,
  events: ReadonlySet<string>,
  options: RunOptions = {},
): Promise<AnalysisResult> {
  const { id, title, question, columns } = analysis;
  const { toRecord = [] } = analysis;
  const base = { id, title, question, columns, rows: [], totalRows: 0, findings: [], missing: [], toRecord };
  const missing = missingEvents(analysis, events);
  if (missing.length > 0) return { ...base, status: 'not-applicable', missing };
  try {
    const all = await answer(rows, analysis, params, options);
    const kept = options.limit === undefined ? all.rows : all.rows.slice(0, options.limit);
    return {
      ...base,
      status: all.total === 0 ? 'empty' : 'ok',
      rows: kept,
      totalRows: all.total,
      findings: analysis.findings?.(all.rows) ?? [],
    };
  } catch (error) {
    return { ...base, status: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

/** Findings speak of the whole answer, so a limit reaches the database only when there are none to make. */
async function answer(
  read: ReadRows,
  analysis: Analysis,
  params: ParamValues,
  { where, limit }: RunOptions,
): Promise<{ rows: readonly Row[]; total: number }> {
  const values: Record<string, CellValue> = {};
  for (const param of analysis.params) values[param.name] = params[param.name] ?? null;
  const sql = analysis.sql.trim().replace(/;$/, '');
  const filtered = where === undefined ? sql : `SELECT * FROM (${sql}\n) AS answer WHERE ${where.sql}`;
  const all = { ...values, ...where?.values };
  if (limit === undefined || analysis.findings !== undefined) {
    const rows = await read(filtered, all);
    return { rows, total: rows.length };
  }
  const rows = await read(`SELECT * FROM (${filtered}\n) AS answer LIMIT ${Math.floor(limit)}`, all);
  if (rows.length < limit) return { rows, total: rows.length };
  const [count] = await read(`SELECT count(*) AS total FROM (${filtered}\n) AS answer`, all);
  return { rows, total: Number(count?.total) };
}

/**
 * Events to enable so that the question can be answered; empty when it can be. Of several alternatives the one that lacks
 * the least is named. `sys_enter_*` stands for any event that begins so.
 */
export function missingEvents(analysis: Analysis, events: ReadonlySet<string>): readonly string[] {
  const lacks = analysis.needs.map((all) => all.filter((name) => !has(name, events)));
  if (lacks.length === 0 || lacks.some((list) => list.length === 0)) return [];
  return lacks.reduce((least, list) => (list.length < least.length ? list : least));
}

function has(name: string, events: ReadonlySet<string>): boolean {
  if (!name.endsWith('*')) return events.has(name);
  const prefix = name.slice(0, -1);
  for (const event of events) if (event.startsWith(prefix)) return true;
  return false;
}
