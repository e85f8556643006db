/** Complete records -> sink: stacks find their events, losses end, time range and line classes are counted. */
import type { ByteInterner } from '../base/interner.js';
import { irqContext } from '../trace/irq-context.js';
import { type EventFields, NO_TIME_HIGH, NO_TIME_LOW, type RecordSink } from '../trace/record.js';
import type { HeaderReader } from './header.js';
import type { IssueLog } from './issues.js';
import type { LossLog } from './losses.js';
import type { NameTable } from './names.js';
import type { PendingRecord } from './pending.js';
import { RecentEvents } from './recent.js';
import { StackBook } from './stacks.js';
import type { Tally } from './tally.js';

export class RecordWriter {
  events = 0;
  stackBlocks = 0;
  private readonly sink: RecordSink;
  private readonly names: NameTable;
  private readonly issues: IssueLog;
  private readonly losses: LossLog;
  private readonly tally: Tally;
  private readonly recent: RecentEvents;
  private readonly stacks: StackBook;

  constructor(
    sink: RecordSink,
    parts: {
      names: NameTable;
      flags: ByteInterner;
      header: HeaderReader;
      issues: IssueLog;
      losses: LossLog;
      tally: Tally;
    },
  ) {
    this.sink = sink;
    this.names = parts.names;
    this.issues = parts.issues;
    this.losses = parts.losses;
    this.tally = parts.tally;
    this.recent = new RecentEvents((id) => irqContext(parts.header.facts.legend, parts.flags.text(id)) ?? '');
    this.stacks = new StackBook(sink);
  }

  write(record: PendingRecord): void {
    const { lines } = this.tally;
    const own = record.shared ? 0 : 1;
    lines.lines += record.lines - 1 + own + record.frames;
    lines.record += own;
    lines.continuation += record.lines - 1;
    lines.frame += record.frames;
    const { fields } = record;
    if (record.fraction < 0) {
      fields.tsLow = NO_TIME_LOW;
      fields.tsHigh = NO_TIME_HIGH;
    } else {
      this.tally.stamp(record.ts, record.bigTs, record.fraction, fields.lineNo);
      stamp(fields, record.ts, record.bigTs);
      this.losses.seen(fields.cpu, record.bigTs ?? record.ts);
    }
    if (record.forged > 0 || record.suspect > 0 || record.noColumns !== null) this.report(record);
    if (record.kind === 'event') this.event(record);
    else this.stack(record, record.kind === 'kernel_stack' ? 'kernel' : 'user');
  }

  private event(record: PendingRecord): void {
    const { fields } = record;
    fields.ordinal = this.events++;
    fields.call = this.names.calls[fields.nameId] as number;
    this.recent.add(fields.cpu, fields.ordinal, fields.pid, fields.nameId, fields.flagsId);
    this.sink.event(fields);
    // Frames right behind an event: its stack, of which the first line got lost.
    if (record.frames > 0) this.attach(record, 'kernel');
    if (record.returns >= 0) this.leafReturn(record);
  }

  /** The kernel records entry and return of a leaf and prints one line. */
  private leafReturn(record: PendingRecord): void {
    const { fields } = record;
    fields.ordinal = this.events++;
    fields.nameId = record.returns;
    fields.call = -1;
    if (record.fraction >= 0) {
      const bigTs = record.bigTs === null ? null : record.bigTs + BigInt(record.dur);
      stamp(fields, record.ts + record.dur, bigTs);
      this.tally.extend(bigTs ?? record.ts + record.dur);
    }
    this.sink.event(fields);
  }

  private stack(record: PendingRecord, space: 'kernel' | 'user'): void {
    this.stackBlocks++;
    // Options raw, hex and fields print no frames.
    if (record.frames > 0) this.attach(record, space);
  }

  private attach(record: PendingRecord, space: 'kernel' | 'user'): void {
    const { fields } = record;
    const { buffer, byteOffset, length } = fields.bytes;
    const from = record.framesStart;
    const block = Buffer.from(buffer, byteOffset, length).toString('latin1', from, Math.max(from, record.framesEnd));
    const target = this.recent.match(fields.cpu, fields.pid, fields.flagsId, space);
    if (target === undefined || this.stacks.contradicts(block, this.names.entry(target.nameId).name)) {
      this.issues.add('orphan_stack', fields.lineNo, 'stack block whose event is not in the capture');
      return;
    }
    this.stacks.attach(target, block, space);
  }

  private report(record: PendingRecord): void {
    if (record.noColumns !== null)
      this.issues.add(
        'no_columns',
        record.line,
        `text without columns, kept as an event of its own: ${record.noColumns}`,
      );
    const forged = 'reads like a record, but is text of the record above: its time is out of order';
    const suspect = 'reads like a record, but stands inside an open quote of the record above';
    for (let i = 0; i < record.forged; i++) this.issues.add('forged_record', record.forgedLine, forged);
    for (let i = 0; i < record.suspect; i++) this.issues.add('suspect', record.suspectLine, suspect);
  }
}

function stamp(fields: EventFields, ts: number, bigTs: bigint | null): void {
  if (bigTs === null) {
    fields.tsLow = ts >>> 0;
    fields.tsHigh = Math.floor(ts / 4294967296);
  } else {
    fields.tsLow = Number(bigTs & 0xffffffffn);
    fields.tsHigh = Number((bigTs >> 32n) & 0xffffffffn);
  }
}
