/**
 * The import's way into the store: rows are gathered in columns of one data chunk (2048 rows) and appended chunk by chunk.
 * Measured with 3.5 M events: chunks of copied columns take a fifth of the time of the row-by-row appender calls.
 */
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api';
import { decodeLossless, isAscii } from '../base/utf8.js';
import { type EventFields, FORM, type Frame, type RecordSink, valueCount } from '../trace/record.js';
import { FixedColumn, TextColumn } from './columns.js';

const ROWS = 2048;

/** Ids that a new capture starts from, so that several captures share one store. */
export interface Bases {
  readonly captureId: number;
  readonly eventId: bigint;
  readonly stackId: number;
  readonly commId: number;
  readonly flagsId: number;
  readonly nameId: number;
}

export class BulkWriter implements RecordSink {
  private readonly bases: Bases;
  private readonly events: DuckDBAppender;
  private readonly frames: DuckDBAppender;
  private readonly eventChunk: DuckDBDataChunk;
  /** Stack of an event, kept until the end: a later block (user stack) replaces an earlier one. */
  private readonly stackOf = new Map<number, number>();
  /** Tasks that became known after their events; at most one entry per CPU and section. */
  private readonly owners: { cpu: number; from: number; to: number; pid: number; commId: number }[] = [];
  private rows = 0;

  private readonly eventId = new FixedColumn(0, new BigInt64Array(ROWS));
  private readonly captureId = new FixedColumn(1, new Int32Array(ROWS));
  private readonly lineNo = new FixedColumn(2, new BigInt64Array(ROWS));
  private readonly ts = new FixedColumn(3, new Uint32Array(ROWS * 2));
  private readonly cpu = new FixedColumn(4, new Int32Array(ROWS));
  private readonly commId = new FixedColumn(5, new Int32Array(ROWS));
  private readonly pid = new FixedColumn(6, new Int32Array(ROWS));
  private readonly tgid = new FixedColumn(7, new Int32Array(ROWS));
  private readonly flagsId = new FixedColumn(8, new Int32Array(ROWS));
  private readonly nameId = new FixedColumn(9, new Int32Array(ROWS));
  private readonly form = new FixedColumn(10, new Int8Array(ROWS));
  private readonly values = Array.from({ length: 6 }, (_, i) => new FixedColumn(11 + i, new Uint32Array(ROWS * 2)));
  private readonly args = new TextColumn(17, ROWS);
  private readonly fixed = [
    this.eventId,
    this.captureId,
    this.lineNo,
    this.ts,
    this.cpu,
    this.commId,
    this.pid,
    this.tgid,
    this.flagsId,
    this.nameId,
    this.form,
    ...this.values,
  ];

  private constructor(bases: Bases, events: DuckDBAppender, frames: DuckDBAppender) {
    this.bases = bases;
    this.events = events;
    this.frames = frames;
    const types: DuckDBType[] = Array.from({ length: events.columnCount }, (_, i) => events.columnType(i));
    this.eventChunk = DuckDBDataChunk.create(types);
    this.captureId.values.fill(bases.captureId);
  }

  static async open(connection: DuckDBConnection, bases: Bases): Promise<BulkWriter> {
    return new BulkWriter(
      bases,
      await connection.createAppender('event_row'),
      await connection.createAppender('stack_frame'),
    );
  }

  event(e: EventFields): void {
    const row = this.rows;
    this.eventId.values[row] = this.bases.eventId + BigInt(e.ordinal);
    this.lineNo.values[row] = BigInt(e.lineNo);
    this.ts.values[row * 2] = e.tsLow;
    this.ts.values[row * 2 + 1] = e.tsHigh;
    this.cpu.values[row] = e.cpu;
    this.commId.values[row] = e.commId + this.bases.commId;
    this.pid.values[row] = e.pid;
    this.tgid.values[row] = e.tgid;
    this.flagsId.values[row] = e.flagsId + this.bases.flagsId;
    this.nameId.values[row] = e.nameId + this.bases.nameId;
    this.form.values[row] = e.form & ~FORM.kept;
    const used = valueCount(e.form);
    for (let i = 0; i < 6; i++) {
      const column = (this.values[i] as FixedColumn<Uint32Array>).values;
      column[row * 2] = i < used ? (e.values[i * 2] as number) : 0;
      column[row * 2 + 1] = i < used ? (e.values[i * 2 + 1] as number) : 0;
    }
    if (e.form === FORM.text || e.form >= FORM.kept) this.args.set(row, storable(e.bytes, e.argsStart, e.argsEnd));
    else this.args.setEmpty(row);
    if (++this.rows === ROWS) this.flushEvents();
  }

  stack(stackId: number, frames: readonly Frame[]): void {
    const depth = { kernel: 0, user: 0 };
    for (const frame of frames) {
      this.frames.appendInteger(stackId + this.bases.stackId);
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

  attach(ordinal: number, stackId: number): void {
    this.stackOf.set(ordinal, stackId);
  }

  own(cpu: number, from: number, to: number, pid: number, commId: number): void {
    this.owners.push({ cpu, from, to, pid, commId });
  }

  /** Writes what is still held. The writer cannot be used afterwards. */
  async close(connection: DuckDBConnection): Promise<void> {
    this.flushEvents();
    this.events.closeSync();
    this.frames.closeSync();
    const stacks = await connection.createAppender('event_stack');
    for (const [ordinal, stackId] of this.stackOf) {
      stacks.appendBigInt(this.bases.eventId + BigInt(ordinal));
      stacks.appendInteger(stackId + this.bases.stackId);
      stacks.endRow();
    }
    stacks.closeSync();
    for (const { cpu, from, to, pid, commId } of this.owners) {
      const [first, end] = [this.bases.eventId + BigInt(from), this.bases.eventId + BigInt(to)];
      await connection.run(
        `UPDATE event_row SET pid = ${pid}, comm_id = ${this.bases.commId + commId}
         WHERE capture_id = ${this.bases.captureId} AND cpu = ${cpu} AND pid = -1 AND event_id >= ${first} AND event_id < ${end}`,
      );
    }
  }

  private flushEvents(): void {
    if (this.rows === 0) return;
    this.eventChunk.reset();
    for (const column of this.fixed) column.write(this.eventChunk, this.rows, ROWS);
    this.args.write(this.eventChunk, this.rows);
    this.eventChunk.rowCount = this.rows;
    this.events.appendDataChunk(this.eventChunk);
    this.rows = 0;
  }
}

function storable(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const range = bytes.subarray(start, end);
  return isAscii(bytes, start, end) ? range : Buffer.from(decodeLossless(range), 'utf8');
}

function appendText(appender: DuckDBAppender, value: string | null): void {
  if (value === null) appender.appendNull();
  else appender.appendVarchar(value);
}

function appendUnsigned(appender: DuckDBAppender, value: bigint | null): void {
  if (value === null) appender.appendNull();
  else appender.appendUBigInt(value);
}
