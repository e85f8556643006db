/**
 * Lines -> records. One pass; a record of several lines (stack block, text with line breaks) is held until its end is seen.
 *
 *   line -> layout (columns) -> body -> pending record -> written
 *              |no
 *              +-> stack frame | marker | header | continuation of the pending record | record without columns | unknown
 *
 * Nothing counts before its record is written: when a block of input ends inside a record, the whole record is read again
 * with the next block, so that the result does not depend on how the input is cut.
 */
import { ByteInterner } from '../base/interner.js';
import { FORM, type RecordSink } from '../trace/record.js';
import { BodyReader } from './body.js';
import { chooseBare, chooseLayout, sampleLines, WINDOW } from './choose-layout.js';
import { isOpen, lineClosesQuote } from './continuation.js';
import { embeddedRecord } from './embedded.js';
import { frameStart } from './frame.js';
import { GraphReader } from './graph-reader.js';
import { HeaderReader } from './header.js';
import { IssueLog } from './issues.js';
import { type Context, clearContext, GRAPH, type Layout, newContext } from './layout.js';
import { graphLayout } from './layout-graph.js';
import { LossLog } from './losses.js';
import { NameTable } from './names.js';
import { PendingRecord } from './pending.js';
import { RecordWriter } from './record-writer.js';
import { Tally } from './tally.js';
import { AHEAD, TimeOrder } from './time-order.js';
import { NO_LINE } from './unwrap.js';

/** A line or record longer than this is cut: kernel records end at 8 KiB, stacks at 1024 frames. */
const UNIT_LIMIT = 1 << 22;
const HASH = 0x23;
const NEWLINE = 0x0a;
/** Stands for a column that the line does not have; a comm holds no NUL. */
const NO_COMM = Buffer.from([0]);
/** Dots that a person left in place of lines. */
const ELISION = /^[ \t]*(?:\[?(?:\.{3,}|\u2026|\. \. \.)\]?|[<[(]?\.* ?(?:snip|cut|skipped|omitted) ?\.*[>\])]?)[ \t]*$/i;

/** What trace-cmd and atrace say before the trace. */
const PREFACE =
  /^(?:cpus=\d+|version = \d+|CPU \d+ is empty|\[Initializing.*|trace-cmd: .*|capturing trace\.\.\..*|TRACE:)\s*$/;

export class Reader {
  readonly header = new HeaderReader();
  readonly names = new NameTable();
  readonly comms = new ByteInterner();
  readonly flags = new ByteInterner();
  readonly issues = new IssueLog();
  readonly losses = new LossLog();
  readonly tally = new Tally(this.issues);
  readonly writer: RecordWriter;
  readonly body = new BodyReader(this.names);
  /** The text comes out of a container, which marks its own lines by NO_LINE. */
  wrapped = false;
  /** Names of the layouts that were met. */
  readonly layouts = new Set<string>();
  /** The first line that fitted nothing. */
  misfit: { readonly lineNo: number; readonly text: string } | null = null;
  private readonly graph: GraphReader;
  private readonly order = new TimeOrder();
  private readonly pending = new PendingRecord();
  private readonly context: Context = newContext();
  private readonly noComm = this.comms.intern(NO_COMM, 0, 1);
  private layout: Layout | null = null;
  /** The section has lost the padding of its columns. */
  private loose = false;
  /** The section is as the kernel wrote it: it has the kernel's header and padding. */
  private kernelFile = false;
  private inHeader = true;
  private lineNo = 0;
  private last = false;
  /** The section has records without columns. */
  private textRecords = false;
  /** Lines that the record's columns take beyond the first. */
  private extraLines = 0;
  /** Lines up to this one have been looked at in vain for a layout. */
  private chosenUpTo = 0;
  /** What follows is the second record on a line. */
  private shared = false;
  /** Inside a line that is too long to be held. */
  private cutting = false;

  constructor(sink: RecordSink) {
    this.writer = new RecordWriter(sink, this);
    this.graph = new GraphReader(sink, this.names, this.comms);
  }

  /** Reads whole lines of `bytes`; returns how many bytes are used up. Pass the rest again, followed by what comes next. */
  consume(bytes: Buffer, last: boolean): number {
    this.pending.fields.bytes = bytes;
    this.last = last;
    const safe = last ? bytes.length : bytes.length - WINDOW;
    let at = this.cutting ? this.endOfCutLine(bytes) : 0;
    for (;;) {
      let end = bytes.indexOf(NEWLINE, at);
      if (end < 0) {
        if (!last || at >= bytes.length) break;
        end = bytes.length;
      }
      if (at > safe && this.needsMore(bytes, at, end)) break;
      const next = this.line(bytes, at, end);
      if (next < 0) break;
      at = next + 1;
    }
    if (last) {
      this.commit();
      return bytes.length;
    }
    return this.hold(bytes, Math.min(at, bytes.length));
  }

  /** Close to the end of a block: do the bytes behind it decide what this line is? */
  private needsMore(bytes: Buffer, at: number, end: number): boolean {
    if (this.layout === null && this.lineNo >= this.chosenUpTo && bytes.length - at < WINDOW) return true;
    const width = this.layout?.commWidth ?? 0;
    if (end - at <= width && bytes.indexOf(NEWLINE, at + width + 1) < 0) return true;
    const { pending } = this;
    if (pending.kind !== 'event' || pending.fields.form !== FORM.text) return false;
    return (pending.lines !== 1 || this.isMarker()) && bytes.length - end < AHEAD;
  }

  /** At the end of a block: keeps the pending record for the next block, unless an endless line follows it. */
  private hold(bytes: Buffer, at: number): number {
    if (bytes.length - at > UNIT_LIMIT && bytes.indexOf(NEWLINE, at) < 0) {
      this.lineNo++;
      this.cutLine();
      this.cutting = true;
      return bytes.length;
    }
    const { pending } = this;
    if (pending.kind === 'none') return at;
    this.lineNo = pending.line - 1;
    this.shared = pending.shared;
    pending.kind = 'none';
    return pending.start;
  }

  private endOfCutLine(bytes: Buffer): number {
    const end = bytes.indexOf(NEWLINE);
    if (end >= 0) this.cutting = false;
    return end < 0 ? bytes.length : end + 1;
  }

  private cutLine(): void {
    this.commit();
    this.tally.line('unknown');
    this.issues.add('line_cut', this.lineNo, 'line longer than 4 MiB, not read');
  }

  /** Reads the line from `start` up to `end`; returns where the last line read ends, -1 when more bytes are needed first. */
  private line(bytes: Buffer, start: number, end: number): number {
    this.lineNo++;
    if (this.layout === null) this.choose(bytes, start);
    const { context, layout } = this;
    this.extraLines = 0;
    if (layout?.parse(bytes, start, end, context) === true) {
      // A comm with line breaks: the record stands on several lines.
      this.extraLines = context.end === end ? 0 : lineBreaks(bytes, end, context.end);
      return this.record(bytes, start, context.end);
    }
    if (end - start > UNIT_LIMIT) this.cutLine();
    else return this.other(bytes, start, end);
    return end;
  }

  /** Decides on the section's layout. What the header says decides only where no line has columns. */
  private choose(bytes: Buffer, start: number): void {
    if (this.lineNo <= this.chosenUpTo || (bytes[start] === HASH && this.inHeader)) return;
    const { header, context } = this;
    const lines = sampleLines(bytes, start);
    const bare = header.sections > 0 && !header.hasColumns;
    const choice = chooseLayout(bytes, lines, context) ?? (bare ? chooseBare(bytes, lines, context) : null);
    clearContext(start, start, context);
    context.graph = GRAPH.none;
    if (choice === null) {
      this.chosenUpTo = this.lineNo + lines.length - 1;
      return;
    }
    this.layout = choice.layout;
    this.loose = choice.loose;
    this.layouts.add(choice.loose ? `${choice.layout.name}-loose` : choice.layout.name);
    this.kernelFile = header.facts.entriesInBuffer !== null && !choice.loose;
    this.order.global = header.sections === 1 && this.kernelFile;
  }

  /** A line that has the columns of a record, in `context`. */
  private record(bytes: Buffer, start: number, end: number): number {
    const extra = this.extraLines;
    let next = end;
    if (this.pending.kind === 'event' && this.isText(bytes, this.context)) next = this.continuation(bytes, start, end);
    else {
      this.begin(bytes, start, this.context);
      if (this.isMarker()) next = this.split(bytes, this.pending.fields.argsStart, end);
    }
    this.lineNo += extra;
    return next;
  }

  private isMarker(): boolean {
    return this.names.entry(this.pending.fields.nameId).kind === 'marker';
  }

  /** Is the record that was just read part of the pending one's text? */
  private isText(bytes: Buffer, line: Context): boolean {
    const { pending } = this;
    const { fields } = pending;
    if (pending.openComment) return true;
    if (fields.form !== FORM.text) return false;
    if (pending.fraction >= 0) {
      const before = this.order.before(fields.cpu, pending.ts, line);
      if (before && isOpen(this.names.entry(fields.nameId), fields, bytes)) return this.forged();
      if (pending.lines > 1 || this.isMarker()) {
        const layout = this.layout as Layout;
        if (this.order.after(fields.cpu, pending.ts, line, bytes, pending.start, layout)) return this.forged();
      }
    }
    if (!lineClosesQuote(fields, bytes, line.end)) return false;
    if (pending.suspect === 0) pending.suspectLine = this.lineNo;
    pending.suspect++;
    return true;
  }

  private forged(): true {
    if (this.pending.forged === 0) this.pending.forgedLine = this.lineNo;
    this.pending.forged++;
    return true;
  }

  private begin(bytes: Buffer, start: number, line: Context): void {
    this.commit();
    this.inHeader = false;
    const { pending } = this;
    const { fields } = pending;
    pending.begin(start, this.lineNo, line.end, this.shared);
    pending.lines += this.extraLines;
    this.shared = false;
    fields.lineNo = this.lineNo;
    fields.cpu = line.cpu;
    fields.pid = line.pid;
    fields.tgid = line.tgid;
    fields.commId = line.pid < 0 ? this.noComm : this.comms.intern(bytes, line.commStart, line.commEnd);
    fields.flagsId =
      line.flags === null
        ? this.flags.intern(bytes, line.flagsStart, line.flagsEnd)
        : this.flags.intern(line.flags, 0, line.flags.length);
    pending.ts = line.ts;
    pending.bigTs = line.bigTs;
    pending.fraction = line.fraction;
    if (this.layout === graphLayout) this.graph.own(line, pending, this.writer.events);
    if (line.graph === GRAPH.none) this.readBody(bytes, line.body, line.end);
    else if (line.graph === GRAPH.comment) this.comment(bytes, line);
    else {
      this.graph.call(line, pending);
      pending.kind = 'event';
    }
  }

  private readBody(bytes: Buffer, from: number, end: number): void {
    const kind = this.body.read(bytes, from, end, this.pending.fields);
    this.pending.kind = kind === 'empty' ? 'event' : kind;
  }

  /** An event among graph lines; its text may have line breaks before the end mark. */
  private comment(bytes: Buffer, line: Context): void {
    const closed = endsComment(bytes, line.end);
    this.pending.openComment = !closed;
    this.body.inComment = true;
    this.readBody(bytes, line.body, Math.max(line.body, closed ? line.end - 3 : line.end));
    this.body.inComment = false;
  }

  /** A line without the columns of the section's layout. */
  private other(bytes: Buffer, start: number, end: number): number {
    const { pending } = this;
    if (pending.kind === 'event' && pending.openComment) return this.continuation(bytes, start, end);
    if (this.layout === graphLayout && this.graphSeparator(bytes, start, end)) return end;
    if (start === end) {
      // Part of a text with line breaks, or a separator; the text grows only when more of it follows.
      if (pending.kind === 'none') this.tally.line('continuation');
      else pending.lines++;
      return end;
    }
    const first = bytes[start] as number;
    if ((first === 0x20 || first === 0x3d) && frameStart(bytes, start, end) >= 0 && this.frame(bytes, start, end)) return end;
    if (first === HASH || first === 0x43 /* C */ || first === 0x5b /* [ */ || first === 0) {
      const text = bytes.toString('latin1', start, Math.min(end, start + 400));
      if (this.marker(text) || (first !== 0x43 && first !== 0x5b && this.headerLine(bytes, text, end))) return end;
    }
    if (this.layout?.loose?.(bytes, start, end, this.context) === true) {
      if (this.loose || pending.kind !== 'event' || !this.takes(bytes, end)) return this.record(bytes, start, end);
      this.forged();
    }
    return this.takes(bytes, end) ? this.continuation(bytes, start, end) : this.stray(bytes, start, end);
  }

  private takes(bytes: Buffer, end: number): boolean {
    const { pending } = this;
    if (pending.kind !== 'event' || end - pending.start > UNIT_LIMIT || pending.frames > 0) return false;
    if (pending.noColumns !== null) return false;
    return isOpen(this.names.entry(pending.fields.nameId), pending.fields, bytes, this.textRecords);
  }

  private graphSeparator(bytes: Buffer, start: number, end: number): boolean {
    if (end - start > 200) return false;
    if (!this.graph.separator(bytes.toString('latin1', start, end), this.writer.events + this.pendingEvents())) return false;
    this.commit();
    this.tally.line('marker');
    return true;
  }

  private pendingEvents(): number {
    if (this.pending.kind !== 'event') return 0;
    return this.pending.returns < 0 ? 1 : 2;
  }

  /** A line of the pending record's text. Behind a marker's text cut by a NUL another record may follow on it. */
  private continuation(bytes: Buffer, start: number, end: number): number {
    const { pending } = this;
    pending.lines += 1 + this.extraLines;
    pending.fields.argsEnd = end;
    if (pending.openComment && endsComment(bytes, end)) {
      pending.fields.argsEnd = Math.max(pending.fields.argsStart, end - 3);
      pending.openComment = false;
    } else if (end - pending.start > UNIT_LIMIT) pending.openComment = false;
    return this.isMarker() ? this.split(bytes, start, end) : end;
  }

  /** The text from `from` up to `end` belongs to the pending marker, unless a NUL cut it and another record follows. */
  private split(bytes: Buffer, from: number, end: number): number {
    const layout = this.layout as Layout;
    const { pending, context } = this;
    const at = embeddedRecord(bytes, from, end, layout, context);
    if (at < 0) return end;
    if (!this.last && bytes.length - end < AHEAD) return -1;
    if (this.order.before(pending.fields.cpu, pending.ts, context)) return end;
    if (this.order.after(pending.fields.cpu, pending.ts, context, bytes, pending.start, layout)) return end;
    pending.fields.argsEnd = at;
    this.commit();
    this.shared = true;
    this.extraLines = 0;
    return this.record(bytes, at, end);
  }

  private frame(bytes: Buffer, start: number, end: number): boolean {
    const { pending } = this;
    if (pending.kind === 'event') {
      const { kind } = this.names.entry(pending.fields.nameId);
      // The first line of the block lost its tag on the way (angle brackets in a web page).
      if (kind === 'empty' && pending.lines === 1) pending.kind = 'kernel_stack';
      else if (pending.frames === 0 && this.framesAreText(bytes)) return false;
    }
    if (pending.kind === 'none' || end - pending.start > UNIT_LIMIT) {
      this.commit();
      this.tally.line('frame');
      this.issues.add('orphan_frame', this.lineNo, 'stack frame without its stack block');
      return true;
    }
    if (pending.frames === 0) pending.framesStart = start;
    pending.framesEnd = end;
    pending.frames++;
    return true;
  }

  /** The kernel prints a stack block's first line always; copies may lack it. */
  private framesAreText(bytes: Buffer): boolean {
    const { pending } = this;
    const entry = this.names.entry(pending.fields.nameId);
    if (entry.kind === 'marker' || pending.lines > 1 || this.kernelFile) return isOpen(entry, pending.fields, bytes);
    return endsWith(bytes, pending.fields.argsEnd, STACK_FIELD);
  }

  private marker(text: string): boolean {
    const kind = this.losses.marker(text, this.lineNo);
    if (kind === null) return false;
    if (this.pending.kind === 'event' && this.isMarker())
      this.issues.add('suspect', this.lineNo, `${text.slice(0, 80)} follows a marker and may be its text`);
    this.commit();
    this.tally.line('marker');
    return true;
  }

  private headerLine(bytes: Buffer, text: string, end: number): boolean {
    if (this.wrapped && text === NO_LINE) {
      this.commit();
      this.tally.line('header');
      return true;
    }
    const opens = HeaderReader.opensSection(text);
    if (!opens && !this.inHeader) return false;
    if (opens && this.pending.kind === 'event' && this.takes(bytes, end) && !headerFollows(bytes, end)) return false;
    this.commit();
    if (opens) this.section();
    this.inHeader = true;
    this.header.add(text);
    this.body.tracer = this.header.facts.tracer;
    this.tally.line('header');
    return true;
  }

  private section(): void {
    this.layout = null;
    this.chosenUpTo = 0;
    this.kernelFile = false;
    this.textRecords = false;
    this.order.restart();
    this.tally.restart();
    this.graph.restart();
  }

  /** A line that nothing explains. In a kernel's own file it is a record: option printk-msg-only prints the text alone. */
  private stray(bytes: Buffer, start: number, end: number): number {
    const text = bytes.toString('latin1', start, Math.min(end, start + 200));
    const { issues, lineNo } = this;
    if (this.layout !== null && ELISION.test(text)) {
      this.commit();
      this.losses.elided(lineNo);
      this.tally.line('unknown');
      issues.add('elision', lineNo, 'dots in place of lines');
      return end;
    }
    if (this.kernelFile) {
      clearContext(start, end, this.context);
      this.context.graph = GRAPH.none;
      this.extraLines = 0;
      this.begin(bytes, start, this.context);
      this.body.textOnly(start, end, this.pending.fields);
      this.pending.kind = 'event';
      this.pending.noColumns = text;
      this.textRecords = true;
      return end;
    }
    this.commit();
    if (this.writer.events === 0 && PREFACE.test(text)) {
      this.tally.line('header');
      return end;
    }
    this.tally.line('unknown');
    this.misfit ??= { lineNo, text };
    issues.add(this.writer.events === 0 ? 'no_record' : 'stray_line', lineNo, text);
    return end;
  }

  private commit(): void {
    const { pending } = this;
    if (pending.kind === 'none') return;
    if (pending.fraction >= 0) this.order.seen(pending.fields.cpu, pending.ts);
    this.writer.write(pending);
    pending.kind = 'none';
  }
}

const endsComment = (bytes: Buffer, end: number): boolean =>
  bytes[end - 1] === 0x2f && bytes[end - 2] === 0x2a && bytes[end - 3] === 0x20;

function lineBreaks(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** Begin of a stack among the fields of a synthetic event. */
const STACK_FIELD = Buffer.from('=STACK:', 'latin1');

const endsWith = (bytes: Buffer, end: number, tail: Buffer): boolean =>
  end >= tail.length && tail.compare(bytes, end - tail.length, end) === 0;

/** Does the header of a section go on behind its first line? */
function headerFollows(bytes: Buffer, end: number): boolean {
  const second = bytes.indexOf(NEWLINE, end + 1);
  return second === end + 2 && bytes[end + 1] === HASH && bytes[second + 1] === HASH;
}
