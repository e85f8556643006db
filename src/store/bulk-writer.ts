/**
 * The import's way into the store: batches of rows are copied into a data chunk column by column and appended.
 * Measured with 3.5 M events: chunks of copied columns take a fifth of the time of the row-by-row appender calls.
 */
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { Frame } from '../trace/record.js';
import type { Bases } from './bases.js';
import type { Afterthoughts, BatchOutput } from './batch-filler.js';
import { FIXED_COLUMNS, RowBatch, TEXT_COLUMN } from './row-batch.js';

export class BulkWriter implements BatchOutput {
  private readonly bases: Bases;
  private readonly events: DuckDBAppender;
  private readonly frames: DuckDBAppender;
  private readonly chunk: DuckDBDataChunk;
  /** DuckDB's binding takes no shared memory. */
  private readonly own = new RowBatch(RowBatch.memory(false));

  private constructor(bases: Bases, events: DuckDBAppender, frames: DuckDBAppender) {
    this.bases = bases;
    this.events = events;
    this.frames = frames;
    const types: DuckDBType[] = Array.from({ length: events.columnCount }, (_, i) => events.columnType(i));
    this.chunk = DuckDBDataChunk.create(types);
  }

  static async open(connection: DuckDBConnection, bases: Bases): Promise<BulkWriter> {
    return new BulkWriter(
      bases,
      await connection.createAppender('event_row'),
      await connection.createAppender('stack_frame'),
    );
  }

  next(full: RowBatch): RowBatch {
    this.append(full);
    full.clear();
    return full;
  }

  /** Appends a batch of another thread. */
  appendShared(batch: RowBatch): void {
    this.own.copy(batch);
    this.append(this.own);
  }

  stack(stackId: number, frames: readonly Frame[]): void {
    const depth = { kernel: 0, user: 0 };
    for (const frame of frames) {
      this.frames.appendInteger(stackId);
      this.frames.appendInteger(depth[frame.space]++);
      appendText(this.frames, frame.symbol);
      appendUnsigned(this.frames, frame.offset);
      appendUnsigned(this.frames, frame.size);
      appendText(this.frames, frame.module);
      appendUnsigned(this.frames, frame.address);
      this.frames.appendVarchar(frame.space);
      this.frames.endRow();
    }
  }

  /** Writes what is still held. The writer cannot be used afterwards. */
  async close(connection: DuckDBConnection, { stackOf, owners }: Afterthoughts): Promise<void> {
    this.events.closeSync();
    this.frames.closeSync();
    const stacks = await connection.createAppender('event_stack');
    for (const [ordinal, stackId] of stackOf) {
      stacks.appendBigInt(this.bases.eventId + BigInt(ordinal));
      stacks.appendInteger(stackId + this.bases.stackId);
      stacks.endRow();
    }
    stacks.closeSync();
    for (const { cpu, from, to, pid, commId } of owners) {
      const [first, end] = [this.bases.eventId + BigInt(from), this.bases.eventId + BigInt(to)];
      await connection.run(
        `UPDATE event_row SET pid = ${pid}, comm_id = ${this.bases.commId + commId}
         WHERE capture_id = ${this.bases.captureId} AND cpu = ${cpu} AND pid = -1 AND event_id >= ${first} AND event_id < ${end}`,
      );
    }
  }

  private append(batch: RowBatch): void {
    const { chunk } = this.chunk;
    const { rows, memory } = batch;
    const fixed = memory.fixed as ArrayBuffer;
    this.chunk.reset();
    for (const [index, { at, width }] of FIXED_COLUMNS.entries())
      duckdb.copy_data_to_vector(duckdb.data_chunk_get_vector(chunk, index), 0, fixed, at, rows * width);
    const text = duckdb.data_chunk_get_vector(chunk, TEXT_COLUMN.index);
    duckdb.copy_data_to_vector(text, 0, fixed, TEXT_COLUMN.at, rows * TEXT_COLUMN.width);
    batch.eachLongText((row, bytes) => duckdb.vector_assign_string_element_len(text, row, bytes));
    this.chunk.rowCount = rows;
    this.events.appendDataChunk(this.chunk);
  }
}

function appendText(appender: DuckDBAppender, value: string | null): void {
  if (value === null) appender.appendNull();
  else appender.appendVarchar(value);
}

function appendUnsigned(appender: DuckDBAppender, value: bigint | null): void {
  if (value === null) appender.appendNull();
  else appender.appendUBigInt(value);
}
