/**
 * Lines -> records. One pass; a record of several lines (stack block, text with line breaks) is held until its end is seen.
 *
 *   line -> layout (columns) -> body -> pending record -> written
 *              |no
 *              +-> stack frame | marker | header | continuation of the pending record | record without columns | unknown
 *
 * Nothing counts before its record is written: when a block of input ends inside a record, the whole record is read again
 * with the next block (block-reader.ts), so that the result does not depend on how the input is cut.
 */
import { ByteInterner } from '../base/interner.js';
import type { RecordSink } from '../trace/record.js';
import { Belonging } from './belonging.js';
import { BodyReader } from './body.js';
import { embeddedRecord } from './embedded.js';
import { frameStart } from './frame.js';
import { GraphReader } from './graph-reader.js';
import { HeaderReader } from './header.js';
import { IssueLog } from './issues.js';
import { type Context, clearContext, GRAPH, type Layout, newContext } from './layout.js';
import { graphLayout } from './layout-graph.js';
import { BARE } from './layouts.js';
import { LossLog } from './losses.js';
import { NameTable } from './names.js';
import { PendingRecord } from './pending.js';
import { RecordWriter } from './record-writer.js';
import { Section } from './section.js';
import { SectionStart } from './section-start.js';
import { ELISION, PREFACE } from './strays.js';
import { Tally } from './tally.js';
import { AHEAD, TimeOrder } from './time-order.js';
import { NO_LINE } from './unwrap.js';

/** A line or record longer than this is cut: kernel records end at 8 KiB, stacks at 1024 frames. */
export const UNIT_LIMIT = 1 << 22;
const HASH = 0x23;
const NEWLINE = 0x0a;
/** Stands for a column that the line does not have; a comm holds no NUL. */
const NO_COMM = Buffer.from([0]);

export class Reader {
  readonly header = new HeaderReader();
  readonly names = new NameTable();
  readonly comms = new ByteInterner();
  readonly flags = new ByteInterner();
  readonly issues = new IssueLog();
  readonly losses = new LossLog();
  readonly tally = new Tally(this.issues);
  readonly body = new BodyReader(this.names);
  readonly writer: RecordWriter;
  private readonly order = new TimeOrder();
  readonly section = new Section(this.header, this.order);
  /** The text comes out of a container, which marks its own lines by NO_LINE. */
  wrapped = false;
  /** The first line that fitted nothing. */
  misfit: { readonly lineNo: number; readonly text: string } | null = null;
  private readonly graph: GraphReader;
  private readonly start: SectionStart;
  private readonly pending = new PendingRecord();
  private readonly belonging = new Belonging(this.pending, this.names, this.section, this.order);
  private readonly context: Context = newContext();
  private readonly noComm = this.comms.intern(NO_COMM, 0, 1);
  private inHeader = true;
  private lineNo = 0;
  private last = false;
  /** Lines that the record's columns take beyond the first. */
  private extraLines = 0;
  /** What follows is the second record on a line. */
  private shared = false;

  constructor(sink: RecordSink) {
    this.writer = new RecordWriter(sink, this);
    this.graph = new GraphReader(sink, this.names, this.comms);
    this.start = new SectionStart(this.header, this.section, this.writer, this.pending);
  }

  /** `bytes` is the block that the next lines are in; `last`: no other follows. */
  block(bytes: Buffer, last: boolean): void {
    this.pending.fields.bytes = bytes;
    this.last = last;
  }

  /** Do bytes behind the block, in which a line stands from `at` up to `end`, decide what this line is? */
  needsMore(bytes: Buffer, at: number, end: number): boolean {
    if (this.section.needs(this.lineNo + 1, bytes.length - at)) return true;
    const width = this.section.layout?.tornWidth ?? 0;
    if (end - at <= width && bytes.indexOf(NEWLINE, at + width + 1) < 0) return true;
    return this.belonging.asksAhead(bytes.length - end);
  }

  /** Gives up the record that is being read; returns where it begins in the block, -1 when there is none. */
  rewind(): number {
    const { pending } = this;
    if (pending.kind === 'none') return -1;
    this.lineNo = pending.line - 1;
    this.shared = pending.shared;
    pending.kind = 'none';
    return pending.start;
  }

  /** Counts a line that is too long to be read. */
  cutLine(): void {
    this.lineNo++;
    this.tooLong();
  }

  private tooLong(): void {
    this.commit();
    this.tally.line('unknown');
    this.issues.add('line_cut', this.lineNo, 'line longer than 4 MiB, not read');
  }

  /** The text is read to its end. `broken`: its last line has no line break. */
  finish(broken: boolean): void {
    if (broken && this.section.layout !== null && !this.section.loose)
      this.issues.add('cut_off', this.lineNo, 'the last line has no line break: it may be cut off');
    this.commit();
  }

  /** Reads the line from `start` up to `end`; returns where the last line read ends, -1 when more bytes are needed first. */
  line(bytes: Buffer, start: number, end: number): number {
    this.lineNo++;
    const { context, section } = this;
    if (section.layout === null) section.choose(bytes, start, end, this.lineNo, this.inHeader, context);
    this.extraLines = 0;
    if (section.layout?.parse(bytes, start, end, context) === true) {
      // A comm with line breaks: the record stands on several lines.
      this.extraLines = context.end === end ? 0 : lineBreaks(bytes, end, context.end);
      return this.record(bytes, start, context.end);
    }
    if (end - start <= UNIT_LIMIT) return this.other(bytes, start, end);
    this.tooLong();
    return end;
  }

  /** A line that has the columns of a record, in `context`. */
  private record(bytes: Buffer, start: number, end: number): number {
    const extra = this.extraLines;
    let next = end;
    if (this.pending.kind === 'event' && this.belonging.isText(bytes, this.context, this.lineNo, this.last)) {
      next = this.continuation(bytes, start, end);
    } else {
      this.begin(bytes, start, this.context);
      if (this.belonging.isMarker) next = this.split(bytes, this.pending.fields.argsStart, end);
    }
    this.lineNo += extra;
    return next;
  }

  private begin(bytes: Buffer, start: number, line: Context): void {
    this.commit();
    this.inHeader = false;
    const { pending } = this;
    const { fields } = pending;
    pending.begin(start, this.lineNo, line, this.shared);
    pending.lines += this.extraLines;
    this.shared = false;
    fields.commId = line.commEnd < 0 ? this.noComm : this.comms.intern(bytes, line.commStart, line.commEnd);
    fields.flagsId =
      line.flags === null
        ? this.flags.intern(bytes, line.flagsStart, line.flagsEnd)
        : this.flags.intern(line.flags, 0, line.flags.length);
    if (this.section.layout === graphLayout) this.graph.own(line, pending, this.writer.events);
    if (line.graph === GRAPH.none) this.readBody(bytes, line.body, line.end);
    else if (line.graph === GRAPH.comment) this.comment(bytes, line);
    else this.graph.call(line, pending);
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
    const { pending, belonging, section } = this;
    if (end - pending.start > UNIT_LIMIT) this.commit();
    if (pending.kind === 'event' && (pending.openComment || belonging.insideQuote(bytes, end)))
      return this.continuation(bytes, start, end);
    if (this.showsGraph() && this.graphSeparator(bytes, start, end)) return end;
    if (start === end) {
      // Part of a text with line breaks, or a separator; the text grows only when more of it follows.
      if (pending.kind === 'none') this.tally.line('continuation');
      else pending.lines++;
      return end;
    }
    const first = bytes[start] as number;
    if ((first === 0x20 || first === 0x3d) && frameStart(bytes, start, end) >= 0 && this.frame(bytes, start, end)) {
      return end;
    }
    if (first === HASH || first === 0x43 /* C */ || first === 0x5b /* [ */ || first === 0) {
      if (this.note(bytes, bytes.toString('latin1', start, Math.min(end, start + 400)), end)) return end;
    }
    if (section.layout?.loose?.(bytes, start, end, this.context) === true) {
      if (section.loose || !belonging.takes(bytes, end)) return this.record(bytes, start, end);
      pending.addForged(this.lineNo);
    }
    return belonging.takes(bytes, end) ? this.continuation(bytes, start, end) : this.stray(bytes, start, end);
  }

  private showsGraph(): boolean {
    const { layout } = this.section;
    return layout === graphLayout || (layout === BARE && this.body.tracer === 'function_graph');
  }

  private graphSeparator(bytes: Buffer, start: number, end: number): boolean {
    if (end - start > 200) return false;
    const { pending, graph, writer } = this;
    const next = writer.events + (pending.kind !== 'event' ? 0 : pending.returns < 0 ? 1 : 2);
    if (!graph.separator(bytes.toString('latin1', start, end), next)) return false;
    this.commit();
    this.tally.line('marker');
    return true;
  }

  /** A line of the pending record's text. Behind a marker's text cut by a NUL another record may follow on it. */
  private continuation(bytes: Buffer, start: number, end: number): number {
    const { pending } = this;
    pending.lines += 1 + this.extraLines;
    pending.fields.argsEnd = end;
    if (pending.openComment && endsComment(bytes, end)) {
      pending.fields.argsEnd = Math.max(pending.fields.argsStart, end - 3);
      pending.openComment = false;
    }
    return this.belonging.isMarker ? this.split(bytes, start, end) : end;
  }

  /** The text from `from` up to `end` belongs to the pending marker, unless a NUL cut it and other records follow. */
  private split(bytes: Buffer, from: number, end: number): number {
    for (let at = from; ; at = this.pending.fields.argsStart) {
      const next = embeddedRecord(bytes, at, end, this.section.layout as Layout, this.context);
      if (next < 0) return end;
      if (!this.last && bytes.length - end < AHEAD) return -1;
      if (!this.belonging.isRecord(bytes, this.context)) return end;
      this.pending.fields.argsEnd = next;
      this.commit();
      this.shared = true;
      this.extraLines = 0;
      this.begin(bytes, next, this.context);
      if (!this.belonging.isMarker) return end;
    }
  }

  private frame(bytes: Buffer, start: number, end: number): boolean {
    const { pending } = this;
    if (pending.kind === 'event') {
      // The first line of the block lost its tag on the way (angle brackets in a web page).
      if (this.names.entry(pending.fields.nameId).kind === 'empty' && pending.lines === 1)
        pending.kind = 'kernel_stack';
      else if (pending.frames === 0 && this.belonging.takesFrames(bytes)) return false;
    }
    if (pending.kind === 'none') {
      this.tally.line('frame');
      this.issues.add('orphan_frame', this.lineNo, 'stack frame without its stack block');
      return true;
    }
    if (pending.frames === 0) pending.framesStart = start;
    pending.framesEnd = end;
    pending.frames++;
    return true;
  }

  /** A marker of lost events, a header line, or a line of the container around the trace. */
  private note(bytes: Buffer, text: string, end: number): boolean {
    if (LossLog.isMarker(text)) {
      if (this.pending.kind === 'event' && this.belonging.isMarker)
        this.issues.add('suspect', this.lineNo, `${text.slice(0, 80)} follows a marker and may be its text`);
      this.commit();
      this.losses.marker(text, this.lineNo);
      this.tally.line('marker');
      return true;
    }
    if (this.wrapped && text === NO_LINE) {
      this.commit();
      this.tally.line('header');
      return true;
    }
    return text.startsWith('#') && this.headerLine(bytes, text, end);
  }

  private headerLine(bytes: Buffer, text: string, end: number): boolean {
    const opens = HeaderReader.opensSection(text);
    if (!opens && !this.inHeader) return false;
    if (opens && this.belonging.takes(bytes, end) && !this.start.follows(bytes, end)) return false;
    this.commit();
    if (opens) {
      this.section.restart();
      this.tally.restart();
      this.graph.restart();
    }
    this.inHeader = true;
    this.header.add(text);
    this.body.tracer = this.header.facts.tracer;
    this.tally.line('header');
    return true;
  }

  /** A line that nothing explains. In a kernel's own file it is a record: option printk-msg-only prints the text alone. */
  private stray(bytes: Buffer, start: number, end: number): number {
    const text = bytes.toString('latin1', start, Math.min(end, start + 200));
    const { issues, lineNo, section } = this;
    if (section.kernelFile && this.start.recordsMissing() && !ELISION.test(text)) {
      clearContext(start, end, this.context);
      this.context.graph = GRAPH.none;
      this.begin(bytes, start, this.context);
      this.body.textOnly(start, end, this.pending.fields);
      this.pending.kind = 'event';
      this.pending.noColumns = text;
      return end;
    }
    this.commit();
    if (this.writer.events === 0 && PREFACE.test(text)) {
      this.tally.line('header');
      return end;
    }
    this.tally.line('unknown');
    if (section.layout !== null && ELISION.test(text)) {
      this.losses.elided(lineNo);
      issues.add('elision', lineNo, 'dots in place of lines');
      return end;
    }
    this.misfit ??= { lineNo, text };
    issues.add(this.writer.events === 0 ? 'no_record' : 'stray_line', lineNo, text);
    return end;
  }

  private commit(): void {
    const { pending } = this;
    if (pending.kind === 'none') return;
    if (pending.fraction >= 0) this.order.seen(pending.fields.cpu, pending.ts);
    if (pending.kind === 'event') this.belonging.learn(pending.fields.bytes);
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
