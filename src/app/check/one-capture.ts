/**
 * Statements that speak of some captures of a store only: every relation with a capture_id is shadowed by a WITH of the same name
 * that holds their rows, and relations of schema ev, which a WITH cannot shadow, are cut to their events.
 */
import { type CaptureId, idText } from '../../analyses/run.js';
import { identifier } from '../../base/sql-text.js';
import type { Store } from '../../store/store.js';
import { chosenCaptures, namedCaptures } from '../captures.js';

export type Scope = (sql: string) => string;

export const WHOLE: Scope = (sql) => sql;

/** Text and comments, which stay as they are, or a relation of schema ev. */
const EV = /('(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/)|\bev\s*\.\s*("(?:[^"]|"")+"|\w+)/g;

/** `wanted`: as --capture says it. */
export async function wantedScope(store: Store, wanted: string | undefined): Promise<Scope> {
  const all = await namedCaptures(store);
  const chosen = await chosenCaptures(store, all, wanted);
  if (chosen.length === all.length) return WHOLE;
  return scopeTo(
    store,
    chosen.map(({ id }) => id),
  );
}

export async function scopeTo(store: Store, captures: readonly CaptureId[]): Promise<Scope> {
  const mine = `capture_id IN (${captures.map(idText).join(', ')})`;
  const relations = await store.rows(
    `SELECT DISTINCT table_name AS name FROM duckdb_columns()
     WHERE schema_name = 'main' AND NOT internal AND column_name = 'capture_id' ORDER BY name`,
  );
  const ranges = await store.rows(
    `SELECT min(event_id) AS first, max(event_id) AS last FROM event_row WHERE ${mine} GROUP BY capture_id ORDER BY first`,
  );
  const shadows = relations.map(({ name }) => {
    const quoted = identifier(String(name));
    return `${quoted} AS NOT MATERIALIZED (SELECT * FROM main.${quoted} WHERE ${mine})`;
  });
  const head = `WITH ${shadows.join(',\n')}\nSELECT * FROM (`;
  const events = `WHERE ${ranges.map(({ first, last }) => `event_id BETWEEN ${BigInt(first as number)} AND ${BigInt(last as number)}`).join(' OR ') || 'false'}`;
  return (sql) => {
    const cut = sql.replace(EV, (whole, kept: string | undefined, name: string) =>
      kept === undefined ? `(SELECT * FROM ev.${name} ${events})` : whole,
    );
    return `${head}${cut}\n)`;
  };
}
