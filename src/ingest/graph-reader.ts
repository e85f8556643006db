/**
 * Lines of the function_graph layout -> events: `funcgraph_entry` and `funcgraph_exit`, as the kernel names the records.
 * A leaf is one line and two records. Their text is the body as printed; depth and duration are values:
 *
 *   entry   a0 = depth                  exit   a0 = depth, a1 = duration in ns, when the line has one
 *   entry of a leaf   a0 = depth, a1 = duration
 *   entry behind an arrow that tells of an interrupt, up to the one that ends it   a2 = 1, a1 = 0 where it has no duration
 */
import type { ByteInterner } from '../base/interner.js';
import { FORM, type RecordSink } from '../trace/record.js';
import { graphSwitch, interruptArrow, isArrow, isRule } from './graph-tasks.js';
import { type Context, GRAPH } from './layout.js';
import type { NameTable } from './names.js';
import type { PendingRecord } from './pending.js';

/** Two comms of up to seven bytes can break the line between the rules that often. */
const SWITCH_LINES = 15;

interface Running {
  pid: number;
  commId: number;
}

export class GraphReader {
  private readonly sink: RecordSink;
  private readonly names: NameTable;
  private readonly comms: ByteInterner;
  private readonly running = new Map<number, Running>();
  /** First event of a CPU since the section began. */
  private readonly since = new Map<number, number>();
  /** CPUs in an interrupt, as arrows tell. */
  private readonly interrupted = new Set<number>();
  /** Lines since the rule that opens a task switch; null outside. */
  private between: string[] | null = null;
  /** The rule that closes it was the last line. */
  private closed = false;

  constructor(sink: RecordSink, names: NameTable, comms: ByteInterner) {
    this.sink = sink;
    this.names = names;
    this.comms = comms;
  }

  restart(): void {
    this.running.clear();
    this.since.clear();
    this.interrupted.clear();
    this.between = null;
    this.closed = false;
  }

  /** Completes the record of an entry, leaf or exit line. */
  call(line: Context, record: PendingRecord): void {
    const { fields } = record;
    record.kind = 'event';
    const entry = line.graph !== GRAPH.exit;
    fields.nameId = this.names.named(entry ? 'funcgraph_entry' : 'funcgraph_exit', 'function');
    fields.argsStart = line.body;
    fields.argsEnd = line.end;
    setValue(fields.values, 0, line.depth);
    setValue(fields.values, 1, Math.max(line.dur, 0));
    const interrupt = entry && this.interrupted.has(line.cpu);
    if (interrupt) setValue(fields.values, 2, 1);
    fields.form = FORM.kept + FORM.enter + (interrupt ? 3 : line.dur < 0 ? 1 : 2);
    if (line.graph === GRAPH.leaf) {
      record.returns = this.names.named('funcgraph_exit', 'function');
      record.dur = Math.max(line.dur, 0);
    }
  }

  /** Gives a line without the proc column its task, as far as it is known. `ordinal` is the next event's. */
  own(line: Context, record: PendingRecord, ordinal: number): void {
    this.between = null;
    this.closed = false;
    if (line.pid >= 0 || line.cpu < 0) return;
    const task = this.running.get(line.cpu);
    if (task !== undefined) {
      record.fields.pid = task.pid;
      record.fields.commId = task.commId;
    } else if (!this.since.has(line.cpu)) this.since.set(line.cpu, ordinal);
  }

  /** Is the line a task switch, its rule or blank line, or an interrupt arrow? `ordinal` is the next event's. */
  separator(text: string, ordinal: number): boolean {
    const { between, closed } = this;
    this.closed = false;
    if (isRule(text)) {
      this.closed = between !== null && between.length > 0;
      if (this.closed) this.switched((between as string[]).join('\n'), ordinal);
      this.between = this.closed ? null : [];
      return true;
    }
    if (between !== null && between.length < SWITCH_LINES) {
      between.push(text);
      return true;
    }
    this.between = null;
    const arrow = interruptArrow(text);
    if (arrow?.begins === true) this.interrupted.add(arrow.cpu);
    else if (arrow !== null) this.interrupted.delete(arrow.cpu);
    return text === '' ? closed : isArrow(text);
  }

  private switched(text: string, ordinal: number): void {
    const found = graphSwitch(text);
    if (found === null) return;
    const { cpu, prev, next } = found;
    const since = this.since.get(cpu);
    if (since !== undefined) this.sink.own(cpu, since, ordinal, prev.pid, this.comm(prev.comm));
    this.since.delete(cpu);
    this.running.set(cpu, { pid: next.pid, commId: this.comm(next.comm) });
  }

  private comm(text: string): number {
    const bytes = Buffer.from(text, 'latin1');
    return this.comms.intern(bytes, 0, bytes.length);
  }
}

function setValue(values: Uint32Array, slot: number, value: number): void {
  values[slot * 2] = value >>> 0;
  values[slot * 2 + 1] = Math.floor(value / 4294967296);
}
