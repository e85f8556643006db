import { readFileSync } from 'node:fs';
import { deriveAll } from '../../src/app/derive.js';
import type { Selector } from '../../src/app/explain/index.js';
import { relation } from '../../src/app/export/choose-table.js';
import { runExport } from '../../src/app/export/run-export.js';
import { importTrace } from '../../src/app/import-trace.js';
import type { Table } from '../../src/export/format.js';
import { EXPORTS } from '../../src/export/registry.js';
import { Store } from '../../src/store/store.js';
import { scratch } from './scratch.js';

export interface Exported {
  readonly bytes: Buffer;
  readonly count: number;
}

export interface Exporting {
  readonly store: Store;
  /** Writes the file and reads it. */
  to(format: string, options?: { table?: string; sql?: string; chain?: Selector; event?: string }): Promise<Exported>;
}

/** A trace in a store that can be exported. */
export async function exporting(text: string | Buffer): Promise<Exporting> {
  const { at } = scratch();
  const path = at('out');
  const store = await Store.create(undefined, { writes: [path] });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text as string);
  }
  await importTrace(store, { name: 'trace', chunks: chunks() });
  await deriveAll(store);
  return {
    store,
    to: async (id, { table, sql, chain, event } = {}) => {
      const format = EXPORTS.find((candidate) => candidate.id === id);
      if (format === undefined) throw new Error(`no format ${id}`);
      const chosen = async (): Promise<Table> =>
        sql === undefined ? relation(store, table ?? 'event') : { sql, values: {}, columns: await store.columns(sql) };
      const scope = { pid: null, since: null, until: null };
      const count = await runExport(store, { format, path, table: chosen, chain, event, scope });
      return { bytes: readFileSync(path), count };
    },
  };
}
