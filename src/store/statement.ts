/** What a text of SQL is, asked of DuckDB's own parser; nothing of it runs. */
import { usageError } from '../base/errors.js';
import type { Store } from './store.js';

interface Tree {
  readonly error: boolean;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

async function parse(store: Store, sql: string): Promise<Tree> {
  const [row] = await store.rows('SELECT json_serialize_sql($sql::VARCHAR) AS tree', { sql });
  return JSON.parse(String(row?.tree)) as Tree;
}

/** Relations that a statement reads: `schema.name`, or the name alone. Its own WITH names are among them. */
export async function relationsOf(store: Store, sql: string): Promise<string[]> {
  const tree = await parse(store, sql);
  if (tree.error) throw usageError(`SQL: ${tree.error_message ?? 'cannot be read'}`);
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const node = value as Record<string, unknown>;
      if (node.type === 'BASE_TABLE') {
        found.add(`${node.schema_name === '' ? '' : `${node.schema_name}.`}${String(node.table_name)}`);
      }
      Object.values(node).forEach(visit);
    }
  };
  visit(tree.statements);
  return [...found];
}

/** Whether the text is one expression: it reads the same with brackets around it and without. */
export async function isExpression(store: Store, text: string): Promise<boolean> {
  for (const sql of [`SELECT (${text}\n)`, `SELECT 1 WHERE ${text}\n`]) {
    const tree = await parse(store, sql);
    if (tree.error || tree.statements?.length !== 1) return false;
  }
  return true;
}
