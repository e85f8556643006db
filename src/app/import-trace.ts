/** A trace file (or stream) into a store. */
import { createHash, type Hash } from 'node:crypto';
import { inputError } from '../base/errors.js';
import { visible } from '../base/visible.js';
import { type Bases, readBases } from '../store/bases.js';
import { BulkWriter } from '../store/bulk-writer.js';
import { RowBatch } from '../store/row-batch.js';
import type { Store } from '../store/store.js';
import { writeAccount } from '../store/write-account.js';
import type { Account, Refusal } from '../trace/record.js';
import { parseBeside } from './parse/parse-beside.js';
import { type Parsed, parseText } from './parse/parse-text.js';
import { VERSION } from './version.js';

/** Bytes of text. */
const SHORT = 8 << 20;

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
  const text = new ReadText(input.chunks);
  const parsed = await parse(text.chunks(), bases, writer, store.threads);
  const account = withDamage(parsed.account, input.damage?.());
  await writer.close(store.connection, parsed.afterthoughts);
  if (account.refusal !== null) throw refused(input.name, account.refusal);
  const source = { name: input.name, sha256: text.hash.digest('hex'), bytes: text.bytes, toolVersion: VERSION };
  await writeAccount(store.connection, bases, source, account);
  return { captureId: bases.captureId, account };
}

/** A short text is parsed before a second thread has started. */
async function parse(
  chunks: AsyncIterable<Uint8Array>,
  bases: Bases,
  writer: BulkWriter,
  threads: number,
): Promise<Parsed> {
  const head: Uint8Array[] = [];
  const iterator = chunks[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  let length = 0;
  let ended = false;
  while (length < SHORT && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      head.push(next.value);
      length += next.value.length;
    }
  }
  const text = chain(head, rest);
  if (ended || threads < 2) return parseText(text, bases, new RowBatch(RowBatch.memory(false)), writer);
  return parseBeside(text, bases, writer);
}

/** The text as it was read. */
class ReadText {
  readonly hash: Hash = createHash('sha256');
  bytes = 0;
  private readonly source: AsyncIterable<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}

async function* chain(head: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head.splice(0);
  yield* rest;
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
