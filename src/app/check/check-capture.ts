/** A store with one capture -> what the check asks of it. */
import { ANALYSES } from '../../analyses/registry.js';
import { usageError } from '../../base/errors.js';
import { literal } from '../../base/sql-text.js';
import type { AnalysisText, CheckCapture, QueryRows } from '../../check/capture.js';
import type { AnalysisShape, Catalogue } from '../../check/rules/check-analysis.js';
import { lockedQuery } from '../../store/locked-query.js';
import { isExpression, relationsOf } from '../../store/statement.js';
import type { Store } from '../../store/store.js';
import type { CellValue, Row } from '../../trace/result.js';
import { eventNames } from '../capture-info.js';

export async function checkCapture(store: Store, argument: string): Promise<CheckCapture> {
  const captures = await store.rows(
    `SELECT *, (SELECT count(*) FROM loss l WHERE l.capture_id = c.capture_id) AS gaps FROM capture c ORDER BY capture_id`,
  );
  const [capture, another] = captures;
  if (capture === undefined) throw usageError(`${argument}: the store holds no capture`);
  if (another !== undefined) {
    throw usageError(
      `${argument}: the store holds ${captures.length} captures, a rule is judged on one`,
      'check the trace files themselves; as --baseline a store of several runs is fine',
    );
  }
  return {
    argument,
    name: String(capture.name),
    timeUnit: String(capture.time_unit),
    lastTs: capture.last_ts as CellValue,
    lines: Number(capture.lines),
    events: Number(capture.events),
    issues: Number(capture.issues),
    lostEvents: capture.lost_events === null ? null : Number(capture.lost_events),
    counted: capture.entries_written !== null,
    gaps: Number(capture.gaps),
    eventNames: await eventNames(store),
    rows: (sql, parameters = {}) => store.rows(sql, parameters),
    query: (sql) => queryRows(store, sql),
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
  let sql = analysis.sql.trim().replace(/;$/, '');
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
        params: new Map(params.map((param) => [param.name, param.required === true])),
      },
    ]),
  ),
};
