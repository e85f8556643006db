import { type Context, type Layout, newContext } from './layout.js';

const NEWLINE = 0x0a;

/** Times of the lines that follow, each line looked at once however often they are asked for. */
export class LinesAhead {
  /** Earliest time of the lines in view; Infinity when none has a time. */
  earliest = Number.POSITIVE_INFINITY;
  private readonly context: Context = newContext();
  private bytes: Buffer | null = null;
  private from = 0;
  private scanned = 0;
  // Lines with a time in view, and where they begin; `first` is the first one still in view.
  private places: number[] = [];
  private times: number[] = [];
  private cpus: number[] = [];
  private first = 0;

  /** Brings the lines that begin from `from` up to `to` into view. */
  scan(bytes: Buffer, from: number, to: number, layout: Layout): void {
    if (this.bytes !== bytes || from < this.from) this.reset(bytes, from);
    this.from = from;
    let lostEarliest = false;
    while (this.first < this.places.length && (this.places[this.first] as number) < from) {
      if ((this.times[this.first] as number) <= this.earliest) lostEarliest = true;
      this.first++;
    }
    if (lostEarliest) this.findEarliest();
    if (this.scanned < from) this.scanned = from;
    while (this.scanned < to && this.scanned < bytes.length) this.line(bytes, layout);
  }

  /** Does a line in view satisfy the test? */
  some(test: (ts: number, cpu: number) => boolean): boolean {
    for (let i = this.first; i < this.times.length; i++) {
      if (test(this.times[i] as number, this.cpus[i] as number)) return true;
    }
    return false;
  }

  private reset(bytes: Buffer, from: number): void {
    this.bytes = bytes;
    this.places = [];
    this.times = [];
    this.cpus = [];
    this.first = 0;
    this.scanned = from;
    this.earliest = Number.POSITIVE_INFINITY;
  }

  private line(bytes: Buffer, layout: Layout): void {
    let end = bytes.indexOf(NEWLINE, this.scanned);
    if (end < 0) end = bytes.length;
    const { context } = this;
    if (layout.parse(bytes, this.scanned, end, context) && context.fraction >= 0) {
      if (this.first > 4096) this.compact();
      this.places.push(this.scanned);
      this.times.push(context.ts);
      this.cpus.push(context.cpu);
      if (context.ts < this.earliest) this.earliest = context.ts;
    }
    this.scanned = end + 1;
  }

  private findEarliest(): void {
    this.earliest = Number.POSITIVE_INFINITY;
    for (let i = this.first; i < this.times.length; i++) {
      if ((this.times[i] as number) < this.earliest) this.earliest = this.times[i] as number;
    }
  }

  private compact(): void {
    this.places = this.places.slice(this.first);
    this.times = this.times.slice(this.first);
    this.cpus = this.cpus.slice(this.first);
    this.first = 0;
  }
}
