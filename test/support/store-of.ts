import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { deriveAll } from '../../src/app/derive.js';
import { importTrace } from '../../src/app/import-trace.js';
import { Store } from '../../src/store/store.js';

/** A store in memory with everything derived from the given traces, in their order. */
export async function storeOfTexts(...texts: readonly (string | Buffer)[]): Promise<Store> {
  const store = await Store.create();
  for (const [i, text] of texts.entries()) {
    await importTrace(store, { name: `trace-${i + 1}`, chunks: Readable.from([Buffer.from(text)]) });
  }
  await deriveAll(store);
  return store;
}

export async function storeOfFile(path: string): Promise<Store> {
  const store = await Store.create();
  await importTrace(store, { name: path, chunks: createReadStream(path) });
  await deriveAll(store);
  return store;
}
