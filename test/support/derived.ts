import { deriveAll } from '../../src/app/derive.js';
import { importTrace } from '../../src/app/import-trace.js';
import { Store } from '../../src/store/store.js';
import type { Row } from '../../src/trace/result.js';

/** Rows of a question to the model of one trace text. */
export async function derived(text: string | Uint8Array, sql: string): Promise<Row[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const store = await Store.create();
  try {
    await importTrace(store, { name: 'trace', chunks: chunks() });
    await deriveAll(store);
    return await store.rows(sql);
  } finally {
    store.close();
  }
}
