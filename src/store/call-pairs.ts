/**
 * Enter and exit of one call, paired while the lines pass. An exit belongs to the syscall line right before it of the same pid,
 * when that is the enter of the same call: nothing can come between, a signal handler runs only after the interrupted call has
 * returned. exit_group and rt_sigreturn have no exit; a new child starts with the exit of a clone that it never entered.
 *
 * torn: the other line of the call must have been written and is not in the capture, because the task went on.
 */
import { CALL, CALL_BITS, type EventFields, FORM, valueCount } from '../trace/record.js';
import type { Bases } from './bases.js';
import { type CallColumns, LACKS } from './call-columns.js';
import { setHalves } from './halves.js';
import { ROWS } from './row-batch.js';

/**
 * Rows are written a chunk of one syscall at a time: the values of one argument of one syscall are alike and compress well.
 * Measured on 1.6 M calls: 30 MB so, and 110 MB in the order of the file. After so many rows (a row group of DuckDB) all chunks
 * are written, so that calls of one time stay close together.
 */
const STRETCH = 122_880;
/** Syscalls that have a chunk of their own; later ones share one. */
const OWN_CHUNKS = 256;
const SHARED = -1;

/** The last syscall line of a task; while `open`, an enter whose exit may follow. */
interface Line {
  open: boolean;
  call: number;
  ordinal: number;
  tsLow: number;
  tsHigh: number;
  form: number;
  readonly values: Uint32Array;
}

type Exit = Pick<EventFields, 'ordinal' | 'tsLow' | 'tsHigh' | 'values'>;

/** Takes a full chunk, or nothing, and gives an empty one. */
export type TakeCalls = (full?: CallColumns) => CallColumns;

/** What stands for the pid of lines whose task is not known yet; its own for every CPU. */
export const laneOf = (cpu: number): number => -2 - cpu;

export class CallPairs {
  private readonly bases: Bases;
  private readonly firstEvent: number;
  private readonly take: TakeCalls;
  private readonly lines = new Map<number, Line>();
  private readonly chunks = new Map<number, CallColumns>();
  private rows = 0;

  /** `take` gets the rows, a chunk at a time, and gives empty chunks. */
  constructor(bases: Bases, take: TakeCalls) {
    this.bases = bases;
    this.firstEvent = Number(bases.eventId);
    this.take = take;
  }

  /** A line of a syscall. */
  line(e: EventFields): void {
    const pid = e.pid >= 0 ? e.pid : laneOf(e.cpu);
    if (pid === -1) return;
    const before = this.lines.get(pid);
    const last = before ?? newLine();
    if (before === undefined) this.lines.set(pid, last);
    if ((e.call & CALL.enter) !== 0) {
      if (last.open) this.row(pid, last, null, isLoud(last.call));
      open(last, e);
      return;
    }
    const born = (e.call & CALL.clones) !== 0 && e.form !== FORM.text && e.values[0] === 0 && e.values[1] === 0;
    if (last.open && !born && last.call >> CALL_BITS === e.call >> CALL_BITS) this.row(pid, last, e, false);
    else {
      if (last.open) this.row(pid, last, null, isLoud(last.call) && !born);
      this.row(pid, null, e, before !== undefined && isLoud(e.call) && !born);
    }
    last.open = false;
  }

  /** The task of a CPU's lines up to here has become known. */
  own(cpu: number, pid: number): void {
    const lane = this.lines.get(laneOf(cpu));
    if (lane === undefined) return;
    const known = this.lines.get(pid);
    if (known?.open === true) this.row(pid, known, null, isLoud(known.call));
    this.lines.set(pid, lane);
    this.lines.delete(laneOf(cpu));
  }

  /** After the last line. */
  finish(): void {
    for (const [pid, line] of this.lines) if (line.open) this.row(pid, line, null, false);
    this.flush();
  }

  private row(pid: number, enter: Line | null, exit: EventFields | null, torn: boolean): void {
    const { bases, firstEvent } = this;
    const id = ((enter ?? exit) as { call: number }).call >> CALL_BITS;
    const columns = this.chunk(id);
    const row = columns.rows;
    columns.captureId[row] = bases.captureId;
    columns.pid[row] = pid;
    columns.syscallId[row] = id + bases.syscallId;
    columns.torn[row] = torn ? 1 : 0;
    const returned = exit !== null && exit.form !== FORM.text;
    columns.lacks[row] =
      (enter === null ? LACKS.enter : 0) | (exit === null ? LACKS.exit : 0) | (returned ? 0 : LACKS.ret);
    setEnter(columns, row, enter ?? NO_LINE, firstEvent);
    setExit(columns, row, exit ?? NO_LINE, firstEvent);
    columns.rows = row + 1;
    if (columns.rows === ROWS) this.chunks.set(chunkOf(id), this.take(columns));
    this.rows++;
    if (this.rows % STRETCH === 0) this.flush();
  }

  private chunk(id: number): CallColumns {
    let chunk = this.chunks.get(chunkOf(id));
    if (chunk === undefined) {
      chunk = this.take();
      this.chunks.set(chunkOf(id), chunk);
    }
    return chunk;
  }

  private flush(): void {
    for (const [key, chunk] of this.chunks) if (chunk.rows > 0) this.chunks.set(key, this.take(chunk));
  }
}

const chunkOf = (id: number): number => (id < OWN_CHUNKS ? id : SHARED);

const newLine = (): Line => ({
  open: false,
  call: -1,
  ordinal: 0,
  tsLow: 0,
  tsHigh: 0,
  form: 0,
  values: new Uint32Array(12),
});

const NO_LINE: Readonly<Line> = newLine();

function setEnter(
  columns: CallColumns,
  row: number,
  { ordinal, tsLow, tsHigh, form, values }: Line,
  firstEvent: number,
): void {
  setHalves(columns.enterId, row, firstEvent + ordinal);
  columns.enterTs[row * 2] = tsLow;
  columns.enterTs[row * 2 + 1] = tsHigh;
  columns.form[row] = form;
  const used = valueCount(form);
  for (let i = 0; i < columns.values.length; i++) {
    const column = columns.values[i] as Uint32Array;
    column[row * 2] = i < used ? (values[i * 2] as number) : 0;
    column[row * 2 + 1] = i < used ? (values[i * 2 + 1] as number) : 0;
  }
}

function setExit(
  columns: CallColumns,
  row: number,
  { ordinal, tsLow, tsHigh, values }: Exit,
  firstEvent: number,
): void {
  setHalves(columns.exitId, row, firstEvent + ordinal);
  columns.exitTs[row * 2] = tsLow;
  columns.exitTs[row * 2 + 1] = tsHigh;
  columns.ret[row * 2] = values[0] as number;
  columns.ret[row * 2 + 1] = values[1] as number;
}

const isLoud = (call: number): boolean => (call & CALL.silent) === 0;

function open(line: Line, e: EventFields): void {
  line.open = true;
  line.call = e.call;
  line.ordinal = e.ordinal;
  line.tsLow = e.tsLow;
  line.tsHigh = e.tsHigh;
  line.form = e.form & ~FORM.kept;
  const used = valueCount(e.form) * 2;
  for (let i = 0; i < used; i++) line.values[i] = e.values[i] as number;
}
