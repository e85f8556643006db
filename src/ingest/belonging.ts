/**
 * Is a line a record of its own, or text of the record above it? The evidence in order of weight: the time, which must not be
 * out of order; quotes; whether the text above can go on at all.
 */
import { FORM } from '../trace/record.js';
import { closingLine, holdsRecords, isWhole, type Keys, openness } from './continuation.js';
import { type Context, type Layout, newContext } from './layout.js';
import type { NameTable } from './names.js';
import type { PendingRecord } from './pending.js';
import { ProbeKeys } from './probe-keys.js';
import type { Section } from './section.js';
import { AHEAD, type TimeOrder } from './time-order.js';

const NEWLINE = 0x0a;
const PARENTHESIS = 0x28;
/** Begin of a stack among the fields of a synthetic event. */
const STACK_FIELD = Buffer.from('=STACK:', 'latin1');
/** A record's text is formatted in one buffer of a page, at most 64 KiB. */
const TEXT_LIMIT = 1 << 16;

export class Belonging {
  private readonly pending: PendingRecord;
  private readonly names: NameTable;
  private readonly section: Section;
  private readonly order: TimeOrder;
  private readonly keys = new ProbeKeys();
  private readonly scratch = newContext();
  /** By nameId. */
  private readonly holders: boolean[] = [];
  /** Where the quote of the record on line `record` closes. */
  private quoted: { bytes: Buffer | null; record: number; end: number } = { bytes: null, record: 0, end: -1 };

  constructor(pending: PendingRecord, names: NameTable, section: Section, order: TimeOrder) {
    this.pending = pending;
    this.names = names;
    this.section = section;
    this.order = order;
  }

  get isMarker(): boolean {
    return this.pending.kind === 'event' && this.names.isMarker[this.pending.fields.nameId] === true;
  }

  /** Do lines further down decide whether the next line belongs to the pending record? */
  asksAhead(available: number): boolean {
    const { pending } = this;
    return available < AHEAD && pending.kind === 'event' && pending.fields.form === FORM.text;
  }

  /** A line that has the columns of a record. `last`: no more bytes than these follow. */
  isText(bytes: Buffer, line: Context, lineNo: number, last: boolean): boolean {
    const { pending } = this;
    const { fields } = pending;
    if (fields.form !== FORM.text || pending.noColumns !== null) return false;
    if (pending.openComment) return true;
    if (!this.mayHoldRecords(fields.nameId)) return false;
    if (pending.fraction >= 0 && line.end - pending.start <= TEXT_LIMIT && this.outOfOrder(bytes, line, last))
      return pending.addForged(lineNo);
    return this.insideQuote(bytes, line.end) && pending.addSuspect(lineNo);
  }

  /** Does the line that ends at `end` stand before the quote of the pending text closes? */
  insideQuote(bytes: Buffer, end: number): boolean {
    const { pending } = this;
    const { quoted } = this;
    if (quoted.bytes === bytes && quoted.record === pending.line && end <= quoted.end) return true;
    const close = closingLine(pending.fields, bytes, end, pending.start + AHEAD, this.keysOf());
    this.quoted = { bytes, record: pending.line, end: close };
    return close >= 0;
  }

  private mayHoldRecords(nameId: number): boolean {
    this.holders[nameId] ??= holdsRecords(this.names.entry(nameId));
    return this.holders[nameId];
  }

  private outOfOrder(bytes: Buffer, line: Context, last: boolean): boolean {
    const { order, pending } = this;
    const layout = this.section.layout as Layout;
    if (order.before(pending, line))
      return this.canTake(bytes, line.end) && !order.aboveIsAstray(pending, line, bytes, last, layout);
    return order.after(pending, line, bytes, layout) && this.canTake(bytes, line.end);
  }

  /** Columns found inside the text of a marker: are they of a record that follows it on the line? */
  isRecord(bytes: Buffer, line: Context): boolean {
    const { pending, order } = this;
    if (pending.fraction < 0 || order.before(pending, line)) return false;
    return !order.after(pending, line, bytes, this.section.layout as Layout);
  }

  /** A line without columns that ends at `end`. */
  takes(bytes: Buffer, end: number): boolean {
    const { pending } = this;
    if (pending.kind !== 'event' || pending.frames > 0 || pending.noColumns !== null) return false;
    if (end - pending.start > TEXT_LIMIT) return false;
    return pending.openComment || this.canTake(bytes, end);
  }

  private canTake(bytes: Buffer, end: number): boolean {
    const { fields } = this.pending;
    const state = openness(this.names.entry(fields.nameId), fields, bytes, this.keysOf());
    return state === 'whole' ? this.becomesWhole(bytes, end) : state !== 'closed';
  }

  private keysOf(): Keys {
    return this.keys.of(this.pending.fields.nameId);
  }

  /** Is a text that was complete above complete again with this line, or with further lines without columns? */
  private becomesWhole(bytes: Buffer, lineEnd: number): boolean {
    const { fields } = this.pending;
    const entry = this.names.entry(fields.nameId);
    const stop = fields.argsStart + AHEAD;
    for (let end = lineEnd; ; ) {
      if (isWhole(entry, fields, bytes, end, this.keysOf())) return true;
      const start = end + 1;
      if (start >= bytes.length || start > stop) return false;
      end = bytes.indexOf(NEWLINE, start);
      if (end < 0) end = bytes.length;
      if (this.section.layout?.parse(bytes, start, end, this.scratch) === true) return false;
    }
  }

  /** Lines like stack frames behind an event. The kernel prints a stack block's first line always; copies may lack it. */
  takesFrames(bytes: Buffer): boolean {
    const { pending } = this;
    const entry = this.names.entry(pending.fields.nameId);
    const { argsEnd } = pending.fields;
    if (this.isMarker || pending.lines > 1 || this.section.kernelFile) {
      const state = openness(entry, pending.fields, bytes, this.keysOf());
      return state === 'free' || state === 'broken';
    }
    return argsEnd >= STACK_FIELD.length && STACK_FIELD.compare(bytes, argsEnd - STACK_FIELD.length, argsEnd) === 0;
  }

  /** The pending record is complete: what it teaches about later ones. */
  learn(bytes: Uint8Array): void {
    const { fields, lines } = this.pending;
    if (bytes[fields.argsStart] !== PARENTHESIS || lines > 1 || fields.form !== FORM.text) return;
    if (!this.keys.wants(fields.nameId)) return;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.keys.learn(fields.nameId, text.toString('latin1', fields.argsStart, fields.argsEnd));
  }
}
