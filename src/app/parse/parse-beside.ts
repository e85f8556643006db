/**
 * Parsing in a thread of its own, beside the one that appends to the store: each takes about half of an import.
 */
import { Worker } from 'node:worker_threads';
import type { Bases } from '../../store/bases.js';
import type { BulkWriter } from '../../store/bulk-writer.js';
import { CallColumns } from '../../store/call-columns.js';
import { RowBatch } from '../../store/row-batch.js';
import { FREE, type FromParser, type ParserStart, type ToParser } from './messages.js';
import type { Chunks, Parsed } from './parse-text.js';

/** DuckDB compresses a hundred batches at a time and takes a tenth of a second for it: parsing goes on meanwhile. 27 MB. */
const BATCHES = 64;
/** Text that may wait for the parser, for the same reason. */
const WINDOW = 32 << 20;

export async function parseBeside(chunks: Chunks, bases: Bases, writer: BulkWriter): Promise<Parsed> {
  const start: ParserStart = {
    bases,
    batches: Array.from({ length: BATCHES }, () => RowBatch.memory(true)),
    states: new Int32Array(new SharedArrayBuffer(BATCHES * 4)).fill(FREE),
  };
  const worker = new Worker(new URL('./parse-worker.js', import.meta.url), { workerData: start });
  const window = new Window(WINDOW);
  const post = (message: ToParser): void => worker.postMessage(message);
  /** Memory of the chunks of calls by their number. */
  const calls: ArrayBufferLike[] = [];
  try {
    return await new Promise<Parsed>((resolve, reject) => {
      const answer = (message: FromParser): void => {
        if (message.kind === 'batch') {
          writer.appendShared(new RowBatch(message.memory));
          Atomics.store(start.states, message.index, FREE);
          Atomics.notify(start.states, message.index);
        } else if (message.kind === 'calls') {
          const { index, rows, memory = calls[index] as ArrayBufferLike } = message;
          calls[index] = memory;
          writer.appendSharedCalls(new CallColumns(memory, rows));
          post(index);
        } else if (message.kind === 'stack') writer.stack(message.stackId, message.frames);
        else if (message.kind === 'taken') window.give(message.bytes);
        else resolve(message.parsed);
      };
      worker.on('message', (message: FromParser) => {
        try {
          answer(message);
        } catch (error) {
          reject(error);
        }
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the parser ended early (exit ${code})`)));
      feed(post, chunks, window).catch(reject);
    });
  } finally {
    await worker.terminate();
  }
}

async function feed(post: (chunk: ToParser) => void, chunks: Chunks, window: Window): Promise<void> {
  for await (const chunk of chunks) {
    await window.take(chunk.length);
    post(chunk.buffer.byteLength === chunk.byteLength ? chunk : chunk.slice());
  }
  post(null);
}

/** How many bytes may be on their way. */
class Window {
  private free: number;
  private wake: () => void = () => undefined;

  constructor(size: number) {
    this.free = size;
  }

  async take(bytes: number): Promise<void> {
    while (this.free <= 0)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    this.free -= bytes;
  }

  give(bytes: number): void {
    this.free += bytes;
    this.wake();
  }
}
