/**
 * The kernel writes a file in order of time over all CPUs (kernel/trace/trace.c, __find_next_entry), so a line whose time is
 * out of order was not written as a record: it is text that looks like one. In trace_pipe and in files put together from
 * several the order holds for each CPU only (ring buffers are per CPU).
 */
import { type Context, type Layout, newContext } from './layout.js';

/** A text written to trace_marker ends within 4 KiB (1 KiB before 6.x), any record within 8 KiB. */
export const AHEAD = 9 * 1024;
const NEWLINE = 0x0a;

export class TimeOrder {
  /** Whether the file is in order over all CPUs. */
  global = false;
  private readonly last: number[] = [];
  private readonly context: Context = newContext();
  // Lines with columns that were read ahead: where they begin, their time and CPU.
  private bytes: Buffer | null = null;
  private places: number[] = [];
  private times: number[] = [];
  private cpus: number[] = [];
  private scanned = 0;

  seen(cpu: number, ts: number): void {
    if (cpu >= 0) this.last[cpu] = ts;
  }

  /** A new section begins: files were put together. */
  restart(): void {
    this.last.length = 0;
    this.global = false;
  }

  /** Is a line's time before what stands above it? `cpu` and `ts` are those of the record right above. */
  before(cpu: number, ts: number, line: Context): boolean {
    if (line.fraction < 0) return false;
    if (this.global || line.cpu === cpu) return line.ts < ts;
    const last = this.last[line.cpu];
    return last !== undefined && line.ts < last;
  }

  /**
   * Is a time after what stands below it: does a later line, up to AHEAD bytes behind `from`, lie between the record above
   * (`cpu`, `ts`) and the line? Lines from before the record above tell nothing: they are texts as well.
   */
  after(cpu: number, ts: number, line: Context, bytes: Buffer, from: number, layout: Layout): boolean {
    if (line.fraction < 0) return false;
    const lineEnd = line.end;
    this.scan(bytes, lineEnd + 1, from + AHEAD, layout);
    const below = this.global || line.cpu === cpu ? ts : (this.last[line.cpu] ?? Number.NEGATIVE_INFINITY);
    for (let i = 0; i < this.times.length; i++) {
      const time = this.times[i] as number;
      if ((this.places[i] as number) > lineEnd && time < line.ts && time > below) {
        if (this.global || this.cpus[i] === line.cpu) return true;
      }
    }
    return false;
  }

  private scan(bytes: Buffer, from: number, to: number, layout: Layout): void {
    if (this.bytes !== bytes || from < (this.places[0] ?? 0)) {
      this.bytes = bytes;
      this.places = [];
      this.times = [];
      this.cpus = [];
      this.scanned = from;
    }
    const gone = this.places.findIndex((place) => place >= from);
    if (gone !== 0) {
      const count = gone < 0 ? this.places.length : gone;
      this.places.splice(0, count);
      this.times.splice(0, count);
      this.cpus.splice(0, count);
    }
    if (this.scanned < from) this.scanned = from;
    while (this.scanned < to && this.scanned < bytes.length) {
      let end = bytes.indexOf(NEWLINE, this.scanned);
      if (end < 0) end = bytes.length;
      if (layout.parse(bytes, this.scanned, end, this.context) && this.context.fraction >= 0) {
        this.places.push(this.scanned);
        this.times.push(this.context.ts);
        this.cpus.push(this.context.cpu);
      }
      this.scanned = end + 1;
    }
  }
}
