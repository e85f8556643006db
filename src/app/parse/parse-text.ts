/** The text of a capture -> records, and what is known at the end. The same in the main thread and beside it. */
import { forEachBlock } from '../../ingest/blocks.js';
import { Importer } from '../../ingest/importer.js';
import type { Bases } from '../../store/bases.js';
import { type Afterthoughts, BatchFiller, type BatchOutput } from '../../store/batch-filler.js';
import type { RowBatch } from '../../store/row-batch.js';
import type { Account } from '../../trace/record.js';

export interface Parsed {
  readonly account: Account;
  readonly afterthoughts: Afterthoughts;
}

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Fills `batch` first; `output` gives the next ones. */
export async function parseText(chunks: Chunks, bases: Bases, batch: RowBatch, output: BatchOutput): Promise<Parsed> {
  const filler = new BatchFiller(bases, batch, output);
  const importer = new Importer(filler);
  await forEachBlock(chunks, (block, last) => importer.consume(block, last));
  return { account: importer.finish(), afterthoughts: filler.finish() };
}
