import type { EventFields } from '../trace/record.js';
import type { Context } from './layout.js';

export type PendingKind = 'none' | 'event' | 'kernel_stack' | 'user_stack';

/** The record that is being read: its end is known only when the next one begins. */
export class PendingRecord {
  kind: PendingKind = 'none';
  /** An event's fields, or the columns of a stack block's first line. */
  readonly fields: EventFields = {
    ordinal: 0,
    lineNo: 0,
    tsLow: 0,
    tsHigh: 0,
    cpu: -1,
    pid: -1,
    tgid: -1,
    commId: 0,
    flagsId: 0,
    nameId: 0,
    call: -1,
    form: 0,
    values: new Uint32Array(12),
    bytes: new Uint8Array(0),
    argsStart: 0,
    argsEnd: 0,
  };
  ts = 0;
  bigTs: bigint | null = null;
  /** As in Context; -1: no time. */
  fraction = -1;
  /** Offset in the block and number of its first line. */
  start = 0;
  line = 0;
  /** Lines of its text, and whether the first of them is counted with the record before it (two records on one line). */
  lines = 0;
  shared = false;
  frames = 0;
  framesStart = 0;
  framesEnd = 0;
  /** Lines of its text that look like records, and the first of them. */
  forged = 0;
  forgedLine = 0;
  /** The same where the bytes alone decided, not the time. */
  suspect = 0;
  suspectLine = 0;
  /** The text of a line that had no columns at all. */
  noColumns: string | null = null;
  /** A function_graph leaf: return event `nameId` after `dur`; -1: none. */
  returns = -1;
  dur = 0;
  /** A text whose end mark has not been seen: the comment of a function_graph line. */
  openComment = false;

  get cpu(): number {
    return this.fields.cpu;
  }

  begin(start: number, lineNo: number, line: Context, shared: boolean): void {
    const { fields } = this;
    fields.lineNo = lineNo;
    fields.cpu = line.cpu;
    fields.pid = line.pid;
    fields.tgid = line.tgid;
    this.ts = line.ts;
    this.bigTs = line.bigTs;
    this.fraction = line.fraction;
    this.start = start;
    this.line = lineNo;
    this.lines = 1;
    this.shared = shared;
    this.frames = 0;
    this.framesStart = line.end + 1;
    this.framesEnd = this.framesStart;
    this.forged = 0;
    this.suspect = 0;
    this.noColumns = null;
    this.returns = -1;
    this.openComment = false;
  }
  addForged(lineNo: number): true {
    if (this.forged === 0) this.forgedLine = lineNo;
    this.forged++;
    return true;
  }

  addSuspect(lineNo: number): true {
    if (this.suspect === 0) this.suspectLine = lineNo;
    this.suspect++;
    return true;
  }
}
