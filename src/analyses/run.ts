/** Runs one analysis: are its events there? -> rows -> findings -> a result. It never throws: a fault is a status. */
import { literal } from '../base/sql-text.js';
import type { AnalysisResult, CellValue, Column, Finding, Row } from '../trace/result.js';
import type { Analysis } from './analysis.js';

export type ReadRows = (sql: string, parameters: Readonly<Record<string, CellValue>>) => Promise<Row[]>;
export type ParamValues = Readonly<Record<string, string | number | undefined>>;

export interface RunOptions {
  /** Keeps only some rows of the answer, e.g. those of one pid. Values as $name. */
  readonly where?: { readonly sql: string; readonly values: Readonly<Record<string, CellValue>> } | undefined;
  readonly limit?: number | undefined;
}

/** capture_id of a store; of a dataset a text. */
export type CaptureId = number | string;

/** A capture of a store, and what its events are called. */
export interface AnalysedCapture {
  /** As in table `capture`. */
  readonly id: CaptureId;
  /** What people call it; no two of a store have the same. */
  readonly name: string;
  readonly events: ReadonlySet<string>;
  /** The store holds no other. */
  readonly alone: boolean;
}

/**
 * `captures`: those that are asked about; of several, each row says of which it speaks in a first column `capture`, and findings
 * are made for each on its own. A set of names stands for the events of the only capture of a store.
 */
export async function runAnalysis(
  rows: ReadRows,
  analysis: Analysis,
  params: ParamValues,
  captures: ReadonlySet<string> | readonly AnalysedCapture[],
  options: RunOptions = {},
): Promise<AnalysisResult> {
  const { id, title, question, toRecord = [] } = analysis;
  const asked = 'has' in captures ? [{ id: 1, name: '', events: captures, alone: true }] : captures;
  const several = asked.length > 1;
  const columns = several ? [CAPTURE_COLUMN, ...analysis.columns] : analysis.columns;
  const base = { id, title, question, columns, rows: [], totalRows: 0, findings: [], missing: [], toRecord };
  const lacks = asked.map((capture) => ({ capture, missing: missingEvents(analysis, capture.events) }));
  const able = lacks.filter(({ missing }) => missing.length === 0).map(({ capture }) => capture);
  const notAnswered = lacks
    .filter(({ missing }) => missing.length > 0)
    .map(({ capture, missing }) => ({ capture: capture.name, missing }));
  const untold = several && notAnswered.length > 0 ? { notAnswered } : {};
  if (able.length === 0) return { ...base, ...untold, status: 'not-applicable', missing: union(lacks) };
  try {
    const whole = asked.every(({ alone }) => alone);
    const all = await answer(rows, analysis, params, options, { of: whole ? undefined : able, several });
    const named = several ? withNames(all.rows, asked) : all.rows;
    return {
      ...base,
      status: all.total === 0 ? 'empty' : 'ok',
      rows: options.limit === undefined ? named : named.slice(0, options.limit),
      totalRows: all.total,
      findings: several ? findingsOfEach(analysis, named) : (analysis.findings?.(named) ?? []),
      ...untold,
    };
  } catch (error) {
    return { ...base, status: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

const CAPTURE_COLUMN: Column = {
  name: 'capture',
  type: 'text',
  label: 'Capture',
  doc: 'capture that the row speaks of',
};

const union = (lacks: readonly { readonly missing: readonly string[] }[]): string[] => [
  ...new Set(lacks.flatMap(({ missing }) => missing)),
];

function withNames(rows: readonly Row[], captures: readonly AnalysedCapture[]): Row[] {
  const names = new Map<CellValue, string>(captures.map(({ id, name }) => [id, name]));
  return rows.map(({ capture_id = null, ...row }) => ({ capture: names.get(capture_id) ?? capture_id, ...row }));
}

function findingsOfEach(analysis: Analysis, rows: readonly Row[]): Finding[] {
  if (analysis.findings === undefined) return [];
  const of = new Map<string, Row[]>();
  for (const row of rows) {
    const name = String(row.capture);
    const own = of.get(name);
    if (own === undefined) of.set(name, [row]);
    else own.push(row);
  }
  return [...of].flatMap(([capture, own]) =>
    (analysis.findings?.(own) ?? []).map((finding) => ({ ...finding, capture })),
  );
}

interface Wanted {
  /** Captures of which rows are wanted; undefined: the store holds no others. */
  readonly of: readonly AnalysedCapture[] | undefined;
  /** Rows keep their capture_id. */
  readonly several: boolean;
}

/** Findings speak of the whole answer, so a limit reaches the database only when there are none to make. */
async function answer(
  read: ReadRows,
  analysis: Analysis,
  params: ParamValues,
  { where, limit }: RunOptions,
  { of, several }: Wanted,
): Promise<{ rows: readonly Row[]; total: number }> {
  const values: Record<string, CellValue> = {};
  for (const param of analysis.params) values[param.name] = params[param.name] ?? null;
  const conditions = [
    ...(of === undefined ? [] : [`capture_id IN (${of.map(({ id }) => idText(id)).join(', ')})`]),
    ...(where === undefined ? [] : [`(${where.sql})`]),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const filtered = `SELECT ${several ? '*' : '* EXCLUDE (capture_id)'} FROM (${statementOf(analysis)}\n) AS answer${filter}`;
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

/** As SQL. */
export const idText = (id: CaptureId): string => (typeof id === 'string' ? literal(id) : String(id));

/** The statement without the semicolon that would end a subquery. */
export const statementOf = ({ sql }: Analysis): string => sql.trim().replace(/;$/, '');

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
