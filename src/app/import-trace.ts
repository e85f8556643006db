/** A trace file (or stream) into a store. */
import { createHash } from 'node:crypto';
import { forEachBlock } from '../ingest/blocks.js';
import { Importer } from '../ingest/importer.js';
import { BulkWriter } from '../store/bulk-writer.js';
import type { Store } from '../store/store.js';
import { writeAccount } from '../store/write-account.js';
import type { Account } from '../trace/record.js';
import { VERSION } from './version.js';

export interface TraceInput {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export async function importTrace(store: Store, input: TraceInput): Promise<Account> {
  const bases = { captureId: 1, eventId: 1n, stackId: 1, commId: 0, flagsId: 0, nameId: 0 };
  const writer = await BulkWriter.open(store.connection, bases);
  const importer = new Importer(writer);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  await forEachBlock(counted(), (block, last) => importer.consume(block, last));
  const account = importer.finish();
  await writer.close(store.connection);
  await writeAccount(
    store.connection,
    bases,
    { name: input.name, sha256: hash.digest('hex'), bytes, toolVersion: VERSION },
    account,
  );
  return account;
}
