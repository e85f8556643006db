/** Chunks of calls that the thread that parses fills and the thread that owns the store appends, over and over. */
import { CallColumns } from '../../store/call-columns.js';
import type { FromParser } from './messages.js';

export class SharedCalls {
  private readonly say: (message: FromParser) => void;
  private readonly chunks: CallColumns[] = [];
  private readonly indexes = new Map<CallColumns, number>();
  private readonly free: CallColumns[] = [];
  private readonly sent = new Set<number>();

  constructor(say: (message: FromParser) => void) {
    this.say = say;
  }

  /** Sends a full chunk; returns an empty one. */
  next(full?: CallColumns): CallColumns {
    if (full !== undefined) this.send(full);
    return this.free.pop() ?? this.made();
  }

  /** A chunk has been appended. */
  written(index: number): void {
    const chunk = this.chunks[index] as CallColumns;
    chunk.rows = 0;
    this.free.push(chunk);
  }

  private send(chunk: CallColumns): void {
    const index = this.indexes.get(chunk) as number;
    const { rows, memory } = chunk;
    this.say(this.sent.has(index) ? { kind: 'calls', index, rows } : { kind: 'calls', index, rows, memory });
    this.sent.add(index);
  }

  private made(): CallColumns {
    const chunk = new CallColumns(CallColumns.memory(true));
    this.indexes.set(chunk, this.chunks.push(chunk) - 1);
    return chunk;
  }
}
