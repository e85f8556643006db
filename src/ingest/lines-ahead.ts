import { type Context, type Layout, newContext } from './layout.js';

const NEWLINE = 0x0a;
/** More lines than fit the bytes in view (time-order.ts, AHEAD); a power of two. */
const RING = 1 << 13;
const MASK = RING - 1;

/** Times of the lines that follow, each line looked at once however often they are asked for. */
export class LinesAhead {
  /** Earliest time of the lines in view; Infinity when none has a time. */
  earliest = Number.POSITIVE_INFINITY;
  private readonly context: Context = newContext();
  private bytes: Buffer | null = null;
  private from = 0;
  private scanned = 0;
  // Lines with a time in view, and where they begin; from `first` up to `next`, counted on and on.
  private readonly places = new Float64Array(RING);
  private readonly times = new Float64Array(RING);
  private readonly cpus = new Int32Array(RING);
  private first = 0;
  private next = 0;

  /** Brings the lines that begin from `from` up to `to` into view. */
  scan(bytes: Buffer, from: number, to: number, layout: Layout): void {
    if (this.bytes !== bytes || from < this.from) this.reset(bytes, from);
    this.from = from;
    let lostEarliest = false;
    while (this.first < this.next && (this.places[this.first & MASK] as number) < from) {
      if ((this.times[this.first & MASK] as number) <= this.earliest) lostEarliest = true;
      this.first++;
    }
    if (lostEarliest) this.findEarliest();
    if (this.scanned < from) this.scanned = from;
    while (this.scanned < to && this.scanned < bytes.length) this.line(bytes, layout);
  }

  /** Does a line in view satisfy the test? */
  some(test: (ts: number, cpu: number) => boolean): boolean {
    for (let i = this.first; i < this.next; i++) {
      if (test(this.times[i & MASK] as number, this.cpus[i & MASK] as number)) return true;
    }
    return false;
  }

  private reset(bytes: Buffer, from: number): void {
    this.bytes = bytes;
    this.first = 0;
    this.next = 0;
    this.scanned = from;
    this.earliest = Number.POSITIVE_INFINITY;
  }

  private line(bytes: Buffer, layout: Layout): void {
    let end = bytes.indexOf(NEWLINE, this.scanned);
    if (end < 0) end = bytes.length;
    const { context } = this;
    if (layout.parse(bytes, this.scanned, end, context) && context.fraction >= 0) {
      const at = this.next++ & MASK;
      if (this.next - this.first > RING) this.first++;
      this.places[at] = this.scanned;
      this.times[at] = context.ts;
      this.cpus[at] = context.cpu;
      if (context.ts < this.earliest) this.earliest = context.ts;
    }
    this.scanned = end + 1;
  }

  private findEarliest(): void {
    this.earliest = Number.POSITIVE_INFINITY;
    for (let i = this.first; i < this.next; i++) {
      const ts = this.times[i & MASK] as number;
      if (ts < this.earliest) this.earliest = ts;
    }
  }
}
