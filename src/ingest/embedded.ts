/**
 * A NUL in a text written to trace_marker ends the text where it is printed, and with it goes the line break: the next
 * record follows on the same line. Its columns have the kernel's exact form, so the comm column tells where it begins.
 */
import { type Context, isDigit, type Layout } from './layout.js';

const DASH = 0x2d;
const SPACE = 0x20;

/** First record inside the text from `from` up to `end`, or -1. `out` then has its columns. */
export function embeddedRecord(bytes: Buffer, from: number, end: number, layout: Layout, out: Context): number {
  const width = layout.commWidth;
  if (width === 0) return -1;
  for (let dash = bytes.indexOf(DASH, from + width); dash >= 0 && dash < end; dash = bytes.indexOf(DASH, dash + 1)) {
    const start = dash - width;
    if (!isDigit(bytes[dash + 1]) || (width === 16 && bytes[start] !== SPACE)) continue;
    if (layout.parse(bytes, start, end, out) && out.graph === 0 && out.end === end) return start;
  }
  return -1;
}
