/** A trace file (or stream) into a store. */
import { createHash } from 'node:crypto';
import { inputError } from '../base/errors.js';
import { visible } from '../base/visible.js';
import { forEachBlock } from '../ingest/blocks.js';
import { Importer } from '../ingest/importer.js';
import { readBases } from '../store/bases.js';
import { BulkWriter } from '../store/bulk-writer.js';
import type { Store } from '../store/store.js';
import { writeAccount } from '../store/write-account.js';
import type { Account, Refusal } from '../trace/record.js';
import { VERSION } from './version.js';

export interface TraceInput {
  readonly name: string;
  /** Bytes of the text in any chunking. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Asked after the last chunk: what was wrong with the container that the text came in. */
  damage?(): string | undefined;
}

export interface Imported {
  readonly captureId: number;
  readonly account: Account;
}

/**
 * Adds one capture to a store that is open for writing. An input error when the text holds no record at all; the store is
 * then no use any more. The derived tables are stale until `deriveAll`.
 */
export async function importTrace(store: Store, input: TraceInput): Promise<Imported> {
  const bases = await readBases(store);
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
  const account = withDamage(importer.finish(), input.damage?.());
  await writer.close(store.connection);
  if (account.refusal !== null) throw refused(input.name, account.refusal);
  const source = { name: input.name, sha256: hash.digest('hex'), bytes, toolVersion: VERSION };
  await writeAccount(store.connection, bases, source, account);
  return { captureId: bases.captureId, account };
}

function withDamage(account: Account, damage: string | undefined): Account {
  if (damage === undefined) return account;
  const text = `the file is damaged or cut off here (${damage}); what follows could not be read`;
  return {
    ...account,
    issues: [...account.issues, { code: 'damaged_file', lineNo: account.lines.lines, text, count: 1 }],
  };
}

function refused(name: string, { reason, hint, lineNo, text }: Refusal): Error {
  const where = lineNo === null || text === null ? '' : `; line ${lineNo} is: ${visible(text.slice(0, 120))}`;
  return inputError(`${name}: ${reason}${where}`, hint);
}
