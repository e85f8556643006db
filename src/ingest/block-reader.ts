import { type Reader, UNIT_LIMIT } from './reader.js';

/** Closer than this to the end of a block, a line may need bytes that are not there yet. */
const NEAR_END = 1 << 16;
const NEWLINE = 0x0a;

/** Blocks of input, cut anywhere -> whole lines to the reader. What is not complete at the end of a block is asked for again. */
export class BlockReader {
  private readonly reader: Reader;
  /** Inside a line that is too long to be held. */
  private cutting = false;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** Reads whole lines of `bytes`; returns how many bytes are used up. Pass the rest again, followed by what comes next. */
  consume(bytes: Buffer, last: boolean): number {
    const { reader } = this;
    reader.block(bytes, last);
    const safe = last ? bytes.length : bytes.length - NEAR_END;
    let at = this.cutting ? this.endOfCutLine(bytes) : 0;
    for (;;) {
      let end = bytes.indexOf(NEWLINE, at);
      if (end < 0) {
        if (!last || at >= bytes.length) break;
        end = bytes.length;
      }
      if (at > safe && reader.needsMore(bytes, at, end)) break;
      const next = reader.line(bytes, at, end);
      if (next < 0) break;
      at = next + 1;
    }
    if (!last) return this.hold(bytes, Math.min(at, bytes.length));
    reader.finish(bytes.length > 0 && bytes[bytes.length - 1] !== NEWLINE);
    return bytes.length;
  }

  /** At the end of a block: keeps the record that is being read for the next block, unless an endless line follows it. */
  private hold(bytes: Buffer, at: number): number {
    if (bytes.length - at > UNIT_LIMIT && bytes.indexOf(NEWLINE, at) < 0) {
      this.reader.cutLine();
      this.cutting = true;
      return bytes.length;
    }
    const start = this.reader.rewind();
    return start < 0 ? at : start;
  }

  private endOfCutLine(bytes: Buffer): number {
    const end = bytes.indexOf(NEWLINE);
    if (end >= 0) this.cutting = false;
    return end < 0 ? bytes.length : end + 1;
  }
}
