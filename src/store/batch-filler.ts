/** Records -> batches of rows. Knows no DuckDB, so that it can work in the thread that parses. */
import { decodeLossless, isAscii } from '../base/utf8.js';
import { type EventFields, FORM, type Frame, type RecordSink, valueCount } from '../trace/record.js';
import type { Bases } from './bases.js';
import { CallPairs, type TakeCalls } from './call-pairs.js';
import { setHalves } from './halves.js';
import { ROWS, type RowBatch } from './row-batch.js';

/** Where full batches go. */
export interface BatchOutput {
  /** Takes a full batch and gives an empty one. */
  next(full: RowBatch): RowBatch;
  readonly calls: TakeCalls;
  stack(stackId: number, frames: readonly Frame[]): void;
}

/** What is known of events only after they have been written. */
export interface Afterthoughts {
  /** Stack of an event: ordinals and the ids of their stacks, pairwise. */
  readonly stackOf: ReadonlyMap<number, number>;
  /** Tasks that became known after their events; at most one entry per CPU and section. */
  readonly owners: readonly Owner[];
}

interface Owner {
  readonly cpu: number;
  readonly from: number;
  readonly to: number;
  readonly pid: number;
  readonly commId: number;
}

export class BatchFiller implements RecordSink {
  private readonly output: BatchOutput;
  private readonly bases: Bases;
  private readonly firstEvent: number;
  private readonly pairs: CallPairs;
  private batch: RowBatch;
  /** A later block (user stack) replaces an earlier one. */
  private readonly stackOf = new Map<number, number>();
  private readonly owners: Owner[] = [];

  constructor(bases: Bases, batch: RowBatch, output: BatchOutput) {
    this.bases = bases;
    this.firstEvent = Number(bases.eventId);
    this.output = output;
    this.pairs = new CallPairs(bases, (full) => output.calls(full));
    this.batch = batch;
  }

  event(e: EventFields): void {
    // A call without a known task has no row of its own.
    const hasText = e.form === FORM.text || e.form >= FORM.kept || (e.call >= 0 && e.pid < 0);
    const text = hasText ? storable(e) : NO_TEXT;
    while (!this.batch.fits(text.end - text.start)) this.flush();
    const { batch, bases } = this;
    const row = batch.rows;
    setHalves(batch.eventId, row, this.firstEvent + e.ordinal);
    setHalves(batch.lineNo, row, e.lineNo);
    batch.captureId[row] = bases.captureId;
    batch.ts[row * 2] = e.tsLow;
    batch.ts[row * 2 + 1] = e.tsHigh;
    batch.cpu[row] = e.cpu;
    batch.commId[row] = e.commId + bases.commId;
    batch.pid[row] = e.pid;
    batch.tgid[row] = e.tgid;
    batch.flagsId[row] = e.flagsId + bases.flagsId;
    batch.nameId[row] = e.nameId + bases.nameId;
    batch.form[row] = e.form & ~FORM.kept;
    // The values of a syscall's line go with its call.
    const used = e.call < 0 ? valueCount(e.form) : 0;
    if (e.call >= 0) this.pairs.line(e);
    for (let i = 0; i < batch.values.length; i++) {
      const column = batch.values[i] as Uint32Array;
      column[row * 2] = i < used ? (e.values[i * 2] as number) : 0;
      column[row * 2 + 1] = i < used ? (e.values[i * 2 + 1] as number) : 0;
    }
    batch.setText(row, text.bytes, text.start, text.end);
    batch.rows = row + 1;
    if (batch.rows === ROWS) this.flush();
  }

  stack(stackId: number, frames: readonly Frame[]): void {
    this.output.stack(stackId + this.bases.stackId, frames);
  }

  attach(ordinal: number, stackId: number): void {
    this.stackOf.set(ordinal, stackId);
  }

  own(cpu: number, from: number, to: number, pid: number, commId: number): void {
    this.owners.push({ cpu, from, to, pid, commId });
    this.pairs.own(cpu, pid);
  }

  /** After the last record. */
  finish(): Afterthoughts {
    if (this.batch.rows > 0) this.flush();
    this.pairs.finish();
    return { stackOf: this.stackOf, owners: this.owners };
  }

  private flush(): void {
    this.batch = this.output.next(this.batch);
  }
}

/** Part of some bytes that are UTF-8. */
interface Range {
  bytes: Uint8Array;
  start: number;
  end: number;
}
/** Reused for every event. */
const range: Range = { bytes: new Uint8Array(0), start: 0, end: 0 };
const NO_TEXT: Range = { ...range };

function storable(e: EventFields): Range {
  const { bytes, argsStart: start, argsEnd: end } = e;
  const plain = isAscii(bytes, start, end);
  range.bytes = plain ? bytes : Buffer.from(decodeLossless(bytes.subarray(start, end)), 'utf8');
  range.start = plain ? start : 0;
  range.end = plain ? end : range.bytes.length;
  return range;
}
