/** A store with one capture -> what the check asks of it. */
import { ANALYSES } from '../../analyses/registry.js';
import { type AnalysedCapture, idText, statementOf } from '../../analyses/run.js';
import { usageError } from '../../base/errors.js';
import { literal } from '../../base/sql-text.js';
import type { AnalysisText, CheckCapture, QueryRows } from '../../check/capture.js';
import type { AnalysisShape, Catalogue } from '../../check/rules/check-analysis.js';
import { lockedQuery } from '../../store/locked-query.js';
import { isExpression, relationsOf } from '../../store/statement.js';
import type { Store } from '../../store/store.js';
import type { CellValue, Row } from '../../trace/result.js';
import { analysedCaptures } from '../captures.js';
import { type Scope, scopeTo, WHOLE } from './one-capture.js';

/** The captures of a store, in their order; `argument` is what the user named, `wanted` what --capture says. */
export async function checkCaptures(store: Store, argument: string, wanted?: string): Promise<CheckCapture[]> {
  const captures = await analysedCaptures(store, wanted);
  if (captures.length === 0) throw usageError(`${argument}: the store holds no capture`);
  const checked: CheckCapture[] = [];
  for (const capture of captures) {
    const shown = capture.alone ? argument : `${argument}: ${capture.name}`;
    checked.push(await checkCapture(store, argument, shown, [capture]));
  }
  return checked;
}

/** The one capture of a store. */
export async function singleCapture(store: Store, argument: string, wanted?: string): Promise<CheckCapture> {
  const [capture, another] = await checkCaptures(store, argument, wanted);
  if (capture === undefined || another !== undefined) {
    throw usageError(
      `${argument}: the store holds several captures`,
      'choose one with --capture, or compare sides with --by LABEL',
    );
  }
  return capture;
}

/** Several captures as one: what is counted is counted over all of them. */
export const joinedCaptures = (
  store: Store,
  argument: string,
  shown: string,
  captures: readonly AnalysedCapture[],
): Promise<CheckCapture> => checkCapture(store, argument, shown, captures);

const ACCOUNT = `SELECT CASE WHEN count(DISTINCT time_unit) = 1 OR bool_and(time_unit IN ('us', 'ns')) THEN max(time_unit) ELSE 'mixed' END AS time_unit, max(last_ts) AS last_ts, sum(lines)::BIGINT AS lines,
  sum(events)::BIGINT AS events, sum(issues)::BIGINT AS issues,
  CASE WHEN count(lost_events) = count(*) THEN sum(lost_events)::BIGINT END AS lost_events, count(entries_written) = count(*) AS counted,
  sum((SELECT count(*) FROM loss l WHERE l.capture_id = c.capture_id))::BIGINT AS gaps
FROM capture c`;

async function checkCapture(
  store: Store,
  argument: string,
  shown: string,
  captures: readonly AnalysedCapture[],
): Promise<CheckCapture> {
  const scope: Scope = captures.every(({ alone }) => alone)
    ? WHOLE
    : await scopeTo(
        store,
        captures.map(({ id }) => id),
      );
  const [row = {}] = await store.rows(
    `${ACCOUNT} WHERE capture_id IN (${captures.map(({ id }) => idText(id)).join(', ')})`,
  );
  const names = new Set(captures.flatMap(({ events }) => [...events]));
  return {
    argument,
    name: shown,
    timeUnit: String(row.time_unit),
    captures: captures.length,
    lastTs: row.last_ts as CellValue,
    lines: Number(row.lines),
    events: Number(row.events),
    issues: Number(row.issues),
    lostEvents: row.lost_events === null ? null : Number(row.lost_events),
    counted: row.counted === true,
    gaps: Number(row.gaps),
    eventNames: names,
    rows: (sql, parameters = {}) => store.rows(scope(sql), parameters),
    query: (sql) => queryRows(store, scope(sql)),
    relationsOf: (sql) => relationsOf(store, sql),
    isExpression: (sql) => isExpression(store, sql),
    analysis: analysisText,
  };
}

async function queryRows(store: Store, sql: string): Promise<QueryRows> {
  const { columns, batches } = await lockedQuery(store, sql);
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return { columns, rows };
}

/** The statement with its parameters as literals: it becomes a part of a statement that takes none. */
function analysisText(id: string, params: ReadonlyMap<string, string>): AnalysisText {
  const analysis = ANALYSES.find((each) => each.id === id);
  if (analysis === undefined) throw usageError(`there is no analysis ${id}`);
  let sql = `SELECT * EXCLUDE (capture_id) FROM (${statementOf(analysis)}\n)`;
  for (const { name } of analysis.params) {
    const value = params.get(name);
    sql = sql.replace(new RegExp(`\\$${name}\\b`, 'g'), () => (value === undefined ? 'NULL' : literal(value)));
  }
  return { sql, columns: analysis.columns, needs: analysis.needs };
}

export const CATALOGUE: Catalogue = {
  analyses: new Map(
    ANALYSES.map(({ id, columns, params }): [string, AnalysisShape] => [
      id,
      {
        columns: new Map(columns.map((column) => [column.name, column.unit ?? null])),
        params: new Map(
          params.filter(({ type }) => type !== 'time').map((param) => [param.name, param.required === true]),
        ),
      },
    ]),
  ),
};
