/** Joins a store with an export format: which rows, which chain. */

import type { ExportFormat, Scope, Source, Table } from '../../export/format.js';
import type { Store } from '../../store/store.js';
import type { Chain } from '../../trace/result.js';
import { explain, type Selector } from '../explain/index.js';
import { storeTrouble } from '../store-trouble.js';

export interface ExportRequest {
  readonly format: ExportFormat;
  /** Absolute path of the file to write; the store was opened so that it may. */
  readonly path: string;
  /** Chosen rows, for a format that takes a table. */
  readonly table?: (() => Promise<Table>) | undefined;
  /** Chosen task or line, for a format that takes a chain. */
  readonly chain?: Selector | undefined;
  readonly event?: string | undefined;
  readonly scope: Scope;
}

/** Writes the file; how many rows, nodes or records are in it. */
export async function runExport(store: Store, request: ExportRequest): Promise<number> {
  const { format, path, event, scope } = request;
  try {
    return await format.write({ source: sourceOf(store, request), path, event, scope });
  } catch (error) {
    throw storeTrouble(path, error);
  }
}

function sourceOf(store: Store, { path, table, chain }: ExportRequest): Source {
  return {
    rows: (sql, values) => store.rows(sql, values),
    run: (sql) => store.run(sql),
    chunks: (sql, values) => store.chunks(sql, values),
    copy: (sql, values, format) => store.copy(sql, values, { path, format }),
    table: (): Promise<Table> => chosen(table, 'table')(),
    chain: (): Promise<Chain> => explain(store, chosen(chain, 'chain')),
  };
}

function chosen<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what} was chosen`);
  return value;
}
