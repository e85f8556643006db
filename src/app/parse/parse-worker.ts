/** The thread that parses: text in, batches out. It waits when all batches are full. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { RowBatch } from '../../store/row-batch.js';
import { type FromParser, FULL, type ParserStart, type ToParser } from './messages.js';
import { parseText } from './parse-text.js';
import { SharedCalls } from './shared-calls.js';

const port = parentPort as MessagePort;
const { bases, batches, states } = workerData as ParserStart;
const say = (message: FromParser): void => port.postMessage(message);

const ring = batches.map((memory) => new RowBatch(memory));
let current = 0;

function next(full: RowBatch): RowBatch {
  states[current] = FULL;
  say({ kind: 'batch', index: current, memory: full.memory });
  current = (current + 1) % ring.length;
  Atomics.wait(states, current, FULL);
  const batch = ring[current] as RowBatch;
  batch.clear();
  return batch;
}

const waiting: (Uint8Array | null)[] = [];
const calls = new SharedCalls(say);
let wake = (): void => undefined;
port.on('message', (chunk: ToParser) => {
  if (typeof chunk === 'number') {
    calls.written(chunk);
    return;
  }
  waiting.push(chunk);
  wake();
});

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = waiting.shift();
    if (chunk === null) return;
    if (chunk === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    } else {
      yield chunk;
      say({ kind: 'taken', bytes: chunk.length });
    }
  }
}

const parsed = await parseText(chunks(), bases, ring[0] as RowBatch, {
  next,
  calls: (full) => calls.next(full),
  stack: (stackId, frames) => say({ kind: 'stack', stackId, frames }),
});
say({ kind: 'parsed', parsed });
port.close();
