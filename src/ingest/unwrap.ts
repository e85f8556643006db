import type { Container } from './container.js';

const NEWLINE = 0x0a;
/** Stands for a line that holds no line of the trace, so that line numbers stay those of the file. */
export const NO_LINE = '\u0000\u0001';

/** Whole lines of a container -> lines of the trace in it, as many as there were. */
export class Unwrapper {
  private readonly containers: readonly Container[];

  constructor(containers: readonly Container[]) {
    this.containers = containers;
  }

  /** Takes the whole lines at the front of `bytes`, with `last` also one without a line break. */
  unwrap(bytes: Buffer, last: boolean): { lines: Buffer; used: number } {
    const lines: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      let end = bytes.indexOf(NEWLINE, at);
      const broken = end >= 0;
      if (!broken) {
        if (!last) break;
        end = bytes.length;
      }
      const line = this.line(bytes.subarray(at, end));
      // Of a last line without a line break nothing may be left, and yet it is one.
      lines.push(broken || line.length > 0 ? line : PLACEHOLDER);
      if (broken) lines.push(BREAK);
      at = broken ? end + 1 : end;
    }
    return { lines: Buffer.concat(lines), used: at };
  }

  private line(bytes: Buffer): Buffer {
    let line: Buffer | null = bytes;
    for (const container of this.containers) {
      line = container.line(line);
      if (line === null) return PLACEHOLDER;
    }
    // What a container unescapes must not add lines.
    return line.includes(NEWLINE) ? Buffer.from(line.map((byte) => (byte === NEWLINE ? 0x20 : byte))) : line;
  }
}

const BREAK = Buffer.of(NEWLINE);
const PLACEHOLDER = Buffer.from(NO_LINE, 'latin1');
