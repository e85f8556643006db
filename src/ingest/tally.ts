import type { LineAccount, TimeUnit } from '../trace/record.js';
import type { IssueLog } from './issues.js';

export type LineClass = keyof Omit<LineAccount, 'lines'>;

/** Lines by class, and the range, precision and order of the stamps. */
export class Tally {
  readonly lines: LineAccount = { lines: 0, header: 0, record: 0, frame: 0, continuation: 0, marker: 0, unknown: 0 };
  firstTs: number | bigint | null = null;
  lastTs: number | bigint | null = null;
  private readonly issues: IssueLog;
  private fraction = -1;
  private previousTs = Number.NEGATIVE_INFINITY;

  constructor(issues: IssueLog) {
    this.issues = issues;
  }

  line(kind: LineClass, count = 1): void {
    this.lines.lines += count;
    this.lines[kind] += count;
  }

  stamp(ts: number, bigTs: bigint | null, fraction: number, lineNo: number): void {
    const exact = bigTs ?? ts;
    if (this.firstTs === null || exact < this.firstTs) this.firstTs = exact;
    if (this.lastTs === null || exact > this.lastTs) this.lastTs = exact;
    if (fraction > this.fraction) this.fraction = fraction;
    if (ts < this.previousTs) {
      this.issues.add('time_backwards', lineNo, 'time goes back against the line above');
    }
    this.previousTs = ts;
  }

  /** A time that no line shows. */
  extend(ts: number | bigint): void {
    if (this.lastTs === null || ts > this.lastTs) this.lastTs = ts;
  }

  /** A new section begins: its clock may start anew. */
  restart(): void {
    this.previousTs = Number.NEGATIVE_INFINITY;
  }

  get timeUnit(): TimeUnit {
    if (this.fraction < 0) return 'none';
    return this.fraction === 0 ? 'tick' : this.fraction === 9 ? 'ns' : 'us';
  }
}
