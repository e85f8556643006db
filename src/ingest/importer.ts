/**
 * Lines -> records. One pass; a record of several lines (stack block, text with line breaks) is held until its end is seen.
 *
 *   line -> layout (columns) -> body -> pending record -> commit -> sink
 *              |no
 *              +-> header | marker | stack frame | continuation of the pending record | unknown
 *
 * Nothing counts before its record is committed: when a block of input ends inside a record, the whole record is read
 * again with the next block.
 */

import { ByteInterner } from '../base/interner.js';
import { decodeLossless } from '../base/utf8.js';
import { irqContext } from '../trace/irq-context.js';
import { type Account, type EventFields, FORM, type LineAccount, type RecordSink } from '../trace/record.js';
import { BodyReader } from './body.js';
import { continues } from './continuation.js';
import { frameStart } from './frame.js';
import { HeaderReader } from './header.js';
import { IssueLog } from './issues.js';
import { type Context, type Layout, newContext } from './layout.js';
import { LAYOUTS } from './layouts.js';
import { LossLog } from './losses.js';
import { NameTable } from './names.js';
import { RecentEvents } from './recent.js';
import { StackBook } from './stacks.js';

/** A line or record longer than this is cut: kernel records end at 8 KiB, stacks at 1024 frames. */
const UNIT_LIMIT = 1 << 22;
const HASH = 0x23;
const NEWLINE = 0x0a;

type LineClass = keyof Omit<LineAccount, 'lines'>;
type Pending = 'none' | 'event' | 'kernel_stack' | 'user_stack';

export class Importer {
  private readonly sink: RecordSink;
  private readonly header = new HeaderReader();
  private readonly names = new NameTable();
  private readonly comms = new ByteInterner();
  private readonly flags = new ByteInterner();
  private readonly body = new BodyReader(this.names);
  private readonly issues = new IssueLog();
  private readonly losses = new LossLog();
  private readonly recent = new RecentEvents((id) => this.irqOf(id));
  private readonly stacks: StackBook;
  private readonly lines: LineAccount = {
    lines: 0,
    header: 0,
    record: 0,
    frame: 0,
    continuation: 0,
    marker: 0,
    unknown: 0,
  };
  private layout: Layout = LAYOUTS[0] as Layout;
  private readonly context: Context = newContext();
  private inHeader = true;
  private lineNo = 0;
  private skipping = false;
  private carriageReturns = false;
  private events = 0;
  private stackBlocks = 0;
  private fraction = -1;
  private ordered = true;
  private firstTs: number | bigint | null = null;
  private lastTs: number | bigint | null = null;
  private previousTs = 0;

  // The pending record: `event` holds an event's fields, or the columns of a stack block's first line.
  private pending: Pending = 'none';
  private readonly event: EventFields = {
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
    form: 0,
    values: new Uint32Array(12),
    bytes: new Uint8Array(0),
    argsStart: 0,
    argsEnd: 0,
  };
  private ts = 0;
  private bigTs: bigint | null = null;
  private pendingStart = 0;
  private pendingLine = 0;
  private pendingLines = 0;
  private pendingFrames = 0;
  private framesStart = 0;
  private framesEnd = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
    this.stacks = new StackBook(sink);
  }

  /** Reads whole lines of `bytes`; returns how many bytes are used up. Pass the rest again, followed by what comes next. */
  consume(bytes: Buffer, last: boolean): number {
    let at = this.lines.lines === 0 && this.pending === 'none' ? this.start(bytes) : 0;
    this.event.bytes = bytes;
    for (;;) {
      let end = bytes.indexOf(NEWLINE, at);
      if (end < 0) {
        if (!last || at >= bytes.length) break;
        end = bytes.length;
      }
      at = this.line(bytes, at, end) + 1;
    }
    if (last) {
      this.commit();
      return bytes.length;
    }
    return this.hold(bytes, at);
  }

  private start(bytes: Buffer): number {
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const first = bytes.indexOf(NEWLINE);
    this.carriageReturns = first > 0 && bytes[first - 1] === 0x0d;
    return bom;
  }

  /** At the end of a block: keeps the pending record for the next block, unless it has grown beyond the limit. */
  private hold(bytes: Buffer, at: number): number {
    if (this.pending !== 'none') {
      if (bytes.length - this.pendingStart <= UNIT_LIMIT) {
        const from = this.pendingStart;
        this.lineNo = this.pendingLine - 1;
        this.pending = 'none';
        return from;
      }
      this.issues.add('record_cut', this.pendingLine, 'record longer than 4 MiB, cut');
      this.commit();
    }
    if (bytes.length - at > UNIT_LIMIT) {
      if (!this.skipping) this.issues.add('line_cut', this.lineNo + 1, 'line longer than 4 MiB, not read');
      this.skipping = true;
      return bytes.length;
    }
    return at;
  }

  /** Reads the line from `start` up to `lineEnd` (its line break); returns where the last line read ends. */
  private line(bytes: Buffer, start: number, lineEnd: number): number {
    this.lineNo++;
    if (this.skipping) {
      this.skipping = false;
      this.count('unknown');
      return lineEnd;
    }
    const end = this.carriageReturns && lineEnd > start && bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    const context = this.context;
    if (end > start && this.readColumns(bytes, start, end, context)) {
      if (this.pending === 'event' && this.isForged(bytes, context)) {
        this.issues.add('suspect', this.lineNo, 'looks like a record, but stands inside the text of the record above');
        this.continuation(context.end);
      } else {
        this.begin(bytes, start, context);
      }
      if (context.end !== end) {
        // A comm with a newline: the record's columns stand on the next line.
        this.lineNo++;
        this.pendingLines++;
        return context.end;
      }
      return lineEnd;
    }
    this.other(bytes, start, end);
    return lineEnd;
  }

  private readColumns(bytes: Buffer, start: number, end: number, context: Context): boolean {
    if (bytes[start] === HASH && this.layout.name === 'ftrace') return false;
    if (this.layout.parse(bytes, start, end, context)) return true;
    if (this.events > 0) return false;
    for (const layout of LAYOUTS) {
      if (layout !== this.layout && layout.parse(bytes, start, end, context)) {
        this.layout = layout;
        return true;
      }
    }
    return false;
  }

  /** Does the record that was just read belong to the text of the pending one? See continuation.ts. */
  private isForged(bytes: Buffer, context: Context): boolean {
    const backwards = this.ordered && context.ts < this.ts;
    if (this.event.form !== FORM.text) return false;
    return this.takes(bytes, { hasColumns: true, backwards, end: context.end });
  }

  private begin(bytes: Buffer, start: number, context: Context): void {
    this.commit();
    this.inHeader = false;
    const event = this.event;
    event.lineNo = this.lineNo;
    event.cpu = context.cpu;
    event.pid = context.pid;
    event.tgid = context.tgid;
    event.commId = this.comms.intern(bytes, context.commStart, context.commEnd);
    event.flagsId = this.flags.intern(bytes, context.flagsStart, context.flagsEnd);
    this.ts = context.ts;
    this.bigTs = context.bigTs;
    this.fraction = Math.max(this.fraction, context.fraction);
    const kind = this.body.read(bytes, context.body, context.end, event);
    this.pending = kind === 'empty' ? 'event' : kind;
    this.pendingStart = start;
    this.pendingLine = this.lineNo;
    this.pendingLines = 1;
    this.pendingFrames = 0;
    this.framesStart = context.end + 1;
    this.framesEnd = this.framesStart;
  }

  private other(bytes: Buffer, start: number, end: number): void {
    if (start === end) {
      // Part of a text with line breaks, or a separator; the text grows only when more of it follows.
      if (this.pending === 'none') this.count('continuation');
      else this.pendingLines++;
      return;
    }
    const first = bytes[start] as number;
    const frame = first === 0x20 || first === 0x3d ? frameStart(bytes, start, end) : -1;
    if (frame >= 0 && this.frame(start, end)) return;
    if (first === HASH || first === 0x43 /* C */ || first === 0x5b /* [ */) {
      const text = bytes.toString('latin1', start, Math.min(end, start + 400));
      if (this.marker(text)) return;
      if (first === HASH && this.headerLine(text)) return;
    }
    if (this.pending === 'event' && this.takes(bytes, { hasColumns: false, backwards: false, end })) {
      this.continuation(end);
      return;
    }
    this.commit();
    this.count('unknown');
    this.issues.add(
      this.events === 0 ? 'no_record' : 'stray_line',
      this.lineNo,
      bytes.toString('latin1', start, Math.min(end, start + 200)),
    );
  }

  private continuation(end: number): void {
    this.pendingLines++;
    this.event.argsEnd = end;
  }

  private takes(bytes: Buffer, line: { hasColumns: boolean; backwards: boolean; end: number }): boolean {
    return continues(this.names.entry(this.event.nameId), this.event, bytes, line, this.pendingLines > 1);
  }

  private frame(start: number, end: number): boolean {
    if (this.pending === 'event') {
      const entry = this.names.entry(this.event.nameId);
      if (entry.kind === 'marker' || this.pendingLines > 1) return false;
      // The first line of the block lost its tag on the way (angle brackets in a web page).
      if (entry.kind === 'empty') this.pending = 'kernel_stack';
    }
    if (this.pending === 'none' || this.pending === 'event') {
      this.commit();
      this.count('frame');
      this.issues.add('orphan_frame', this.lineNo, 'stack frame without its stack block');
      return true;
    }
    if (this.pendingFrames === 0) this.framesStart = start;
    this.framesEnd = end;
    this.pendingFrames++;
    return true;
  }

  private marker(text: string): boolean {
    const kind = this.losses.marker(text, this.lineNo);
    if (kind === null) return false;
    const inside = this.pending === 'event' && this.names.entry(this.event.nameId).kind === 'marker';
    if (inside) this.issues.add('suspect', this.lineNo, `${text.slice(0, 80)} follows a marker and may be its text`);
    this.commit();
    this.count('marker');
    return true;
  }

  private headerLine(text: string): boolean {
    const opens = HeaderReader.opensSection(text);
    if (!opens && !this.inHeader) return false;
    if (opens && this.pending === 'event' && this.pendingLines > 1) return false;
    this.commit();
    if (opens && this.events > 0) this.ordered = false;
    this.inHeader = true;
    this.header.add(text);
    this.body.tracer = this.header.facts.tracer;
    this.count('header');
    return true;
  }

  private commit(): void {
    if (this.pending === 'none') return;
    const pending = this.pending;
    this.pending = 'none';
    this.lines.lines += this.pendingLines + this.pendingFrames;
    this.lines.record++;
    this.lines.continuation += this.pendingLines - 1;
    this.lines.frame += this.pendingFrames;
    this.stampPending();
    if (pending === 'event') this.commitEvent();
    else this.commitStack(pending === 'kernel_stack' ? 'kernel' : 'user');
  }

  private stampPending(): void {
    if (this.fraction < 0) return;
    const { ts, event } = this;
    const exact = this.bigTs ?? ts;
    if (this.firstTs === null || exact < this.firstTs) this.firstTs = exact;
    if (this.lastTs === null || exact > this.lastTs) this.lastTs = exact;
    if (ts < this.previousTs) this.issues.add('time_backwards', event.lineNo, 'time goes back against the line above');
    this.previousTs = ts;
    if (this.bigTs === null) {
      event.tsLow = ts >>> 0;
      event.tsHigh = Math.floor(ts / 4294967296);
    } else {
      event.tsLow = Number(this.bigTs & 0xffffffffn);
      event.tsHigh = Number((this.bigTs >> 32n) & 0xffffffffn);
    }
    this.losses.seen(event.cpu, exact);
  }

  private commitEvent(): void {
    const event = this.event;
    event.ordinal = this.events++;
    this.recent.add(event.cpu, event.ordinal, event.pid, event.nameId, event.flagsId);
    this.sink.event(event);
  }

  private commitStack(space: 'kernel' | 'user'): void {
    const { event } = this;
    this.stackBlocks++;
    const block = Buffer.from(event.bytes.buffer, event.bytes.byteOffset, event.bytes.length).toString(
      'latin1',
      this.framesStart,
      Math.max(this.framesStart, this.framesEnd),
    );
    const target = this.recent.match(event.cpu, event.pid, event.flagsId, space);
    if (target === undefined || this.stacks.contradicts(block, this.names.entry(target.nameId).name)) {
      this.issues.add('orphan_stack', event.lineNo, 'stack block whose event is not in the capture');
      return;
    }
    this.stacks.attach(target, block, space);
  }

  private count(line: LineClass): void {
    this.lines.lines++;
    this.lines[line]++;
  }

  private irqOf(flagsId: number): string {
    return irqContext(this.header.facts.legend, this.flags.text(flagsId)) ?? '';
  }

  /** After the last block: the account of everything that is no event. */
  finish(): Account {
    const facts = this.header.facts;
    const records = BigInt(this.events + this.stackBlocks);
    this.losses.finish(facts, records, this.firstTs === null ? null : BigInt(this.firstTs));
    const texts = (interner: ByteInterner): string[] =>
      Array.from({ length: interner.size }, (_, id) => decodeLossless(interner.bytes(id)));
    return {
      dialect: this.layout.name,
      header: facts,
      lines: this.lines,
      timeUnit: this.fraction < 0 ? 'none' : this.fraction === 0 ? 'tick' : this.fraction === 9 ? 'ns' : 'us',
      events: this.events,
      stacks: this.stackBlocks,
      firstTs: this.firstTs === null ? null : BigInt(this.firstTs),
      lastTs: this.lastTs === null ? null : BigInt(this.lastTs),
      issues: this.issues.list(),
      losses: this.losses.list(),
      names: this.names.entries,
      comms: texts(this.comms),
      flags: texts(this.flags),
    };
  }
}
