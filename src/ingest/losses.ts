/**
 * Markers that the kernel prints between records when something is missing, and what the header's counts say:
 *
 *   ##### CPU 3 buffer started ####        before this point nothing of CPU 3 is known
 *   CPU:2 [LOST 11745 EVENTS]              events of CPU 2 lost right here; "[LOST EVENTS]" when nobody counted
 *   CPU:2 [11745 EVENTS DROPPED]           the same by trace-cmd
 *   [LINE TOO BIG]                         one record, replaced
 *   entries-written > entries-in-buffer    overwritten before the first record
 */
import type { HeaderFacts, Loss } from '../trace/record.js';

const LOST = /^CPU:(\d{1,6}) \[(?:LOST (?:(\d{1,15}) )?EVENTS|(?:(\d{1,15}) )?EVENTS DROPPED)\]$/;
const STARTED = /^##### CPU (\d{1,6}) buffer started ####$/;
const TOO_BIG = '[LINE TOO BIG]';

export class LossLog {
  private readonly losses: Loss[] = [];
  private readonly lastSeen: (number | bigint | undefined)[] = [];
  /** Time of the last record of any CPU. */
  private latest: number | bigint | undefined;
  private open: Loss[] = [];

  static isMarker(text: string): boolean {
    return text === TOO_BIG || LOST.test(text) || STARTED.test(text);
  }

  /** A line that is a marker; the record above it has been seen. */
  marker(text: string, lineNo: number): void {
    const lost = LOST.exec(text);
    const started = STARTED.exec(text);
    if (lost !== null) {
      const count = lost[2] ?? lost[3];
      this.add('lost', Number(lost[1]), lineNo, count === undefined ? null : BigInt(count));
    } else if (started !== null) this.add('buffer_started', Number(started[1]), lineNo, null);
    else this.add('line_too_big', null, lineNo, 1n);
  }

  /** Lines that a person left out. */
  elided(lineNo: number): void {
    this.add('elided', null, lineNo, null);
  }

  /** A record of this CPU: closes what was open before it. */
  seen(cpu: number, ts: number | bigint): void {
    if (cpu >= 0) this.lastSeen[cpu] = ts;
    this.latest = ts;
    if (this.open.length === 0) return;
    this.open = this.open.filter((loss) => {
      if (loss.cpu !== null && loss.cpu !== cpu) return true;
      loss.toTs = BigInt(ts);
      return false;
    });
  }

  finish(header: HeaderFacts, records: bigint, firstTs: bigint | null): void {
    const { entriesInBuffer, entriesWritten } = header;
    if (entriesInBuffer === null || entriesWritten === null) return;
    if (entriesWritten > entriesInBuffer) {
      const events = entriesWritten - entriesInBuffer;
      this.losses.push({ kind: 'overwritten', cpu: null, lineNo: 1, fromTs: null, toTs: firstTs, events });
    }
    if (entriesInBuffer > records) {
      const events = entriesInBuffer - records;
      this.losses.push({ kind: 'count_mismatch', cpu: null, lineNo: 1, fromTs: null, toTs: null, events });
    }
  }

  list(): Loss[] {
    return this.losses;
  }

  private add(kind: Loss['kind'], cpu: number | null, lineNo: number, events: bigint | null): void {
    const before = kind === 'buffer_started' ? undefined : cpu === null ? this.latest : this.lastSeen[cpu];
    const loss: Loss = { kind, cpu, lineNo, fromTs: before === undefined ? null : BigInt(before), toTs: null, events };
    this.losses.push(loss);
    this.open.push(loss);
  }
}
