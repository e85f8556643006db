import { HeaderReader } from './header.js';
import { newContext } from './layout.js';
import type { PendingRecord } from './pending.js';
import type { RecordWriter } from './record-writer.js';
import type { Section } from './section.js';

const HASH = 0x23;
const NEWLINE = 0x0a;

/** Whether a section begins where a line says so: traces may be put together, and a marker's text may say so too. */
export class SectionStart {
  private readonly header: HeaderReader;
  private readonly section: Section;
  private readonly writer: RecordWriter;
  private readonly pending: PendingRecord;
  private readonly scratch = newContext();

  constructor(header: HeaderReader, section: Section, writer: RecordWriter, pending: PendingRecord) {
    this.header = header;
    this.section = section;
    this.writer = writer;
    this.pending = pending;
  }

  /**
   * A line that opens a section ends at `end`, behind a text that could hold it. A section's header goes on to the titles of
   * its columns; it can only begin when the section before is complete, or time starts anew behind it.
   */
  follows(bytes: Buffer, end: number): boolean {
    let titled = false;
    let at = end + 1;
    for (; bytes[at] === HASH; ) {
      const stop = lineEnd(bytes, at);
      titled ||= HeaderReader.namesColumns(bytes.toString('latin1', at, Math.min(stop, at + 400)));
      at = stop + 1;
    }
    if (!titled) return false;
    if (!this.recordsMissing()) return true;
    const fits = this.section.layout?.parse(bytes, at, lineEnd(bytes, at), this.scratch) === true;
    return !fits || this.scratch.ts < this.pending.ts;
  }

  /** Has the kernel counted more records than have been found so far? */
  recordsMissing(): boolean {
    const { events, stackBlocks } = this.writer;
    const found = events + stackBlocks + (this.pending.kind === 'none' ? 0 : 1);
    return BigInt(found) < (this.header.facts.entriesInBuffer ?? 0n);
  }
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}
