/** `--table` or `--analysis` -> the statement whose rows are exported. */
import { ANALYSES } from '../../analyses/registry.js';
import type { ParamValues } from '../../analyses/run.js';
import { idText, missingEvents, statementOf } from '../../analyses/run.js';
import { inputError, usageError } from '../../base/errors.js';
import { nearest } from '../../base/nearest.js';
import { identifier } from '../../base/sql-text.js';
import type { Table } from '../../export/format.js';
import type { Store } from '../../store/store.js';
import type { CellValue } from '../../trace/result.js';
import { analysedCaptures } from '../captures.js';
import { wantedScope } from '../check/one-capture.js';

/** A table or view of the store by its name: `event`, `syscall`, `ev.sched_switch`. A usage error names the nearest. */
export async function relation(store: Store, name: string, wanted?: string): Promise<Table> {
  const rows = await store.rows(
    `SELECT CASE WHEN table_schema = 'main' THEN '' ELSE table_schema || '.' END || table_name AS name, table_schema, table_name
     FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema IN ('main', 'ev') ORDER BY ALL`,
  );
  const found = rows.find((row) => String(row.name).toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    const names = rows.map((row) => String(row.name));
    const meant = nearest(name, names);
    throw usageError(
      `--table: the store has no table '${name}'`,
      meant === undefined
        ? `there are ${names.filter((known) => !known.includes('.')).join(', ')}`
        : `did you mean ${meant}?`,
    );
  }
  const schema = found.table_schema === 'main' ? '' : `${identifier(String(found.table_schema))}.`;
  const scope = await wantedScope(store, wanted);
  const sql = scope(`SELECT * FROM ${schema}${identifier(String(found.table_name))}`);
  const columns = await store.columns(sql);
  // Views promise no order; the same capture gives the same file.
  const order = columns.some((column) => column.name === 'event_id') ? 'event_id' : 'ALL';
  return { sql: `SELECT * FROM (${sql}\n) ORDER BY ${order}`, values: {}, columns };
}

/** The answer of an analysis; of several captures each row has its capture_id. An input error when the capture lacks the events that it needs. */
export async function answer(store: Store, id: string, params: ParamValues, wanted?: string): Promise<Table> {
  const analysis = ANALYSES.find((candidate) => candidate.id === id);
  if (analysis === undefined) {
    const ids = ANALYSES.map((candidate) => candidate.id);
    throw usageError(`--analysis: there is no analysis '${id}'`, `there are ${ids.join(', ')}`);
  }
  const captures = await analysedCaptures(store, wanted);
  const able = captures.filter(({ events }) => missingEvents(analysis, events).length === 0);
  const missing = [...new Set(captures.flatMap(({ events }) => missingEvents(analysis, events)))];
  if (able.length === 0)
    throw inputError(`${id}: not answered, the capture has no ${missing.join(', ')}`, 'enable them when recording');
  const values: Record<string, CellValue> = {};
  for (const param of analysis.params) values[param.name] = params[param.name] ?? null;
  const sql = `SELECT ${captures.length > 1 ? '*' : '* EXCLUDE (capture_id)'} FROM (${statementOf(analysis)}\n) WHERE capture_id IN (${able.map((capture) => idText(capture.id)).join(', ')})`;
  return { sql, values, columns: await store.columns(sql, values) };
}
