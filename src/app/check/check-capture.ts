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
import { type Scope, scopeTo, WHOLE } from './one-capture.js';

/** The captures of a store, in their order; `argument` is what the user named. */
export async function checkCaptures(store: Store, argument: string): Promise<CheckCapture[]> {
  const rows = await store.rows(
    `SELECT *, (SELECT count(*) FROM loss l WHERE l.capture_id = c.capture_id) AS gaps FROM capture c ORDER BY capture_id`,
  );
  if (rows.length === 0) throw usageError(`${argument}: the store holds no capture`);
  const captures: CheckCapture[] = [];
  for (const row of rows) {
    const alone = rows.length === 1;
    const scope = alone ? WHOLE : await scopeTo(store, Number(row.capture_id));
    const shown = alone ? argument : `${argument}: ${row.name}`;
    captures.push(await checkCapture(store, argument, shown, row, scope));
  }
  return captures;
}

/** The one capture of a store. */
export async function singleCapture(store: Store, argument: string): Promise<CheckCapture> {
  const [capture, another] = await checkCaptures(store, argument);
  if (capture === undefined || another !== undefined) {
    throw usageError(`${argument}: the store holds several captures`, 'name the trace file itself');
  }
  return capture;
}

async function checkCapture(
  store: Store,
  argument: string,
  shown: string,
  row: Row,
  scope: Scope,
): Promise<CheckCapture> {
  const names =
    scope === WHOLE
      ? await eventNames(store)
      : new Set(
          (
            await store.rows(
              'SELECT DISTINCT name FROM event_row JOIN name_dict USING (name_id) WHERE capture_id = $id',
              { id: row.capture_id as number },
            )
          ).map(({ name }) => String(name)),
        );
  return {
    argument,
    name: shown,
    timeUnit: String(row.time_unit),
    lastTs: row.last_ts as CellValue,
    lines: Number(row.lines),
    events: Number(row.events),
    issues: Number(row.issues),
    lostEvents: row.lost_events === null ? null : Number(row.lost_events),
    counted: row.entries_written !== null,
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
        params: new Map(
          params.filter(({ type }) => type !== 'time').map((param) => [param.name, param.required === true]),
        ),
      },
    ]),
  ),
};
