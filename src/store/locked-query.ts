/**
 * SQL from a person or a rule file. It may read the store and nothing else, three times over:
 * - the parsed statement: one SELECT (or EXPLAIN of one), and no table function that has an effect or reads elsewhere.
 *   An allow-list, because DuckDB has table functions that switch on logging or profiling into a file;
 * - DuckDB itself: external access off, configuration locked, no extensions (settings.ts);
 * - the transaction is read-only, which also holds for a store in memory.
 */
import { type DuckDBPreparedStatement, type DuckDBResult, StatementType } from '@duckdb/node-api';
import { usageError } from '../base/errors.js';
import type { Row } from '../trace/result.js';
import { plainRow } from './plain.js';
import type { Store } from './store.js';

export interface QueryColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  readonly batches: AsyncIterable<readonly Row[]>;
}

const TABLE_FUNCTIONS = new Set([
  'duckdb_columns',
  'duckdb_constraints',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_schemas',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
  'generate_series',
  'json_each',
  'json_tree',
  'pragma_storage_info',
  'pragma_table_info',
  'pragma_version',
  'query_table',
  'range',
  'repeat',
  'summary',
  'unnest',
]);
const SCALARS_WITH_EFFECT = new Set(['write_log']);

const EXPLAIN = /^\s*explain(\s+analyze)?\s/i;

/** Stores whose configuration cannot be changed any more. */
const locked = new WeakSet<Store>();

/**
 * Runs one statement; the rows come in batches while they are read. Any fault of the SQL is a usage error. From then on the
 * store only reads, until it is closed.
 */
export async function lockedQuery(store: Store, sql: string): Promise<QueryResult> {
  if (sql.trim() === '')
    throw usageError('the SQL is empty', 'for example: "SELECT name, count(*) FROM event GROUP BY name"');
  const connection = store.connection;
  if (locked.has(store)) {
    // The reading transaction of the query before, which may have failed or not been read to its end.
    await connection.run('ROLLBACK').catch(() => undefined);
  } else {
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    locked.add(store);
  }
  await asUsageError(() => checkStatement(store, sql));
  await connection.run('BEGIN TRANSACTION READ ONLY');
  const result = await asUsageError(async () => {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw usageError('query takes one SQL statement');
    const statement = await statements.prepare(0);
    checkType(statement);
    return await statement.stream();
  });
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes();
  return {
    columns: names.map((name, i) => ({ name, type: String(types[i]) })),
    batches: batches(result, names),
  };
}

function checkType(statement: DuckDBPreparedStatement): void {
  const type = statement.statementType;
  if (type !== StatementType.SELECT && type !== StatementType.EXPLAIN) throw notReading();
}

const notReading = (): Error =>
  usageError('query only reads: one SELECT (also WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, EXPLAIN)');

/** Walks the syntax tree that DuckDB's own parser gives for the text. */
async function checkStatement(store: Store, sql: string): Promise<void> {
  const [row] = await store.rows('SELECT json_serialize_sql($sql::VARCHAR) AS tree', {
    sql: sql.replace(EXPLAIN, ' '),
  });
  const tree = JSON.parse(String(row?.tree)) as { error: boolean; error_message?: string; statements?: unknown[] };
  if (tree.error) {
    const message = tree.error_message ?? '';
    throw /only select/i.test(message) ? notReading() : usageError(`SQL: ${oneLine(message)}`);
  }
  const macros = await store.rows(
    "SELECT DISTINCT lower(function_name) AS name FROM duckdb_functions() WHERE function_type = 'table_macro'",
  );
  const allowed = new Set([...TABLE_FUNCTIONS, ...macros.map((macro) => String(macro.name))]);
  walk(tree.statements, (node) => {
    const name = String(node.function_name ?? '').toLowerCase();
    if (node.type === 'TABLE_FUNCTION') {
      const called = String((node.function as { function_name?: unknown } | undefined)?.function_name).toLowerCase();
      if (!allowed.has(called)) throw usageError(`query does not allow the table function ${called}`);
    } else if (SCALARS_WITH_EFFECT.has(name)) {
      throw usageError(`query does not allow the function ${name}`);
    }
  });
}

function walk(value: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>);
    for (const item of Object.values(value)) walk(item, visit);
  }
}

async function* batches(result: DuckDBResult, names: readonly string[]): AsyncGenerator<readonly Row[]> {
  const rows = result.yieldRows();
  for (;;) {
    const next = await asUsageError(() => rows.next());
    if (next.done === true) return;
    yield next.value.map((values) => plainRow(names, values));
  }
}

async function asUsageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name === 'FtrailError') throw cause;
    throw usageError(`SQL: ${oneLine(cause.message)}`);
  }
}

/** DuckDB says what is wrong, then points into the text from a line `LINE n:` on. */
function oneLine(message: string): string {
  const lines = message.trim().split('\n');
  const pointer = lines.findIndex((line) => /^LINE \d+:/.test(line));
  const told = (pointer > 0 ? lines.slice(0, pointer) : lines.slice(0, 1)).map((line) => line.trim());
  return told
    .filter((line) => line !== '')
    .join(' ')
    .slice(0, 500);
}
