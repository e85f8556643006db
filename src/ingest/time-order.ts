/**
 * The kernel writes a file in order of time over all CPUs (kernel/trace/trace.c, __find_next_entry), so a line whose time is
 * out of order was not written as a record: it is text that looks like one. In trace_pipe and in files put together from
 * several the order holds for each CPU only (ring buffers are per CPU).
 */
import type { Context, Layout } from './layout.js';
import { LinesAhead } from './lines-ahead.js';

/** A text written to trace_marker ends within 4 KiB (1 KiB before 6.x), any record within 8 KiB. */
export const AHEAD = 9 * 1024;

/** The record that a line stands under. */
export interface Above {
  readonly cpu: number;
  readonly ts: number;
  /** Where it begins in the block. */
  readonly start: number;
}

export class TimeOrder {
  /** Whether the file is in order over all CPUs. */
  global = false;
  private readonly last: number[] = [];
  private readonly ahead = new LinesAhead();

  seen(cpu: number, ts: number): void {
    if (cpu >= 0) this.last[cpu] = ts;
  }

  /** A new section begins: files were put together. */
  restart(): void {
    this.last.length = 0;
    this.global = false;
  }

  /** Is a line's time before what stands above it? */
  before(above: Above, line: Context): boolean {
    if (line.fraction < 0) return false;
    if (this.global || line.cpu === above.cpu) return line.ts < above.ts;
    const last = this.last[line.cpu];
    return last !== undefined && line.ts < last;
  }

  /**
   * Is a line's time after what stands below it: does a later line, up to AHEAD bytes behind the record above, lie between that
   * record and the line? Lines from before the record above tell nothing: they are texts as well.
   */
  after(above: Above, line: Context, bytes: Buffer, layout: Layout): boolean {
    if (line.fraction < 0) return false;
    this.ahead.scan(bytes, line.end + 1, above.start + AHEAD, layout);
    if (this.ahead.earliest >= line.ts) return false;
    const anyCpu = this.global || line.cpu === above.cpu;
    const below = anyCpu ? above.ts : (this.last[line.cpu] ?? Number.NEGATIVE_INFINITY);
    return this.ahead.some((ts, cpu) => ts < line.ts && ts > below && (this.global || cpu === line.cpu));
  }

  /**
   * A line is before the record above it: is it the record above that is out of order? Then no line that follows is from
   * after it, though the file goes on for longer than a record's text can.
   */
  aboveIsAstray(above: Above, line: Context, bytes: Buffer, last: boolean, layout: Layout): boolean {
    const stop = above.start + AHEAD;
    if (last && stop >= bytes.length) return false;
    this.ahead.scan(bytes, line.end + 1, stop, layout);
    return !this.ahead.some((ts, cpu) => ts >= above.ts && (this.global || cpu === above.cpu));
  }
}
