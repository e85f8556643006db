/**
 * Statements that speak of one capture of a store with several: every relation with a capture_id is shadowed by a WITH of the
 * same name that holds this capture's rows, and relations of schema ev, which a WITH cannot shadow, are cut to its events.
 */
import { identifier } from '../../base/sql-text.js';
import type { Store } from '../../store/store.js';

export type Scope = (sql: string) => string;

export const WHOLE: Scope = (sql) => sql;

/** Text and comments, which stay as they are, or a relation of schema ev. */
const EV = /('(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/)|\bev\s*\.\s*("(?:[^"]|"")+"|\w+)/g;

export async function scopeTo(store: Store, captureId: number): Promise<Scope> {
  const relations = await store.rows(
    `SELECT DISTINCT table_name AS name FROM duckdb_columns()
     WHERE schema_name = 'main' AND NOT internal AND column_name = 'capture_id' ORDER BY name`,
  );
  const [range] = await store.rows(
    'SELECT min(event_id) AS first, max(event_id) AS last FROM event_row WHERE capture_id = $id',
    { id: captureId },
  );
  const shadows = relations.map(({ name }) => {
    const quoted = identifier(String(name));
    return `${quoted} AS NOT MATERIALIZED (SELECT * FROM main.${quoted} WHERE capture_id = ${captureId})`;
  });
  const head = `WITH ${shadows.join(',\n')}\nSELECT * FROM (`;
  const events = `WHERE event_id BETWEEN ${BigInt(range?.first as number)} AND ${BigInt(range?.last as number)}`;
  return (sql) => {
    const cut = sql.replace(EV, (whole, kept: string | undefined, name: string) =>
      kept === undefined ? `(SELECT * FROM ev.${name} ${events})` : whole,
    );
    return `${head}${cut}\n)`;
  };
}
