/**
 * The raw lines that a report embeds, from a second pass over the text: all of a small trace, of a large one the lines that
 * statements name, with their neighbours, until the room is used up.
 */
import { decodeLossless } from '../../base/utf8.js';
import type { EvidenceLine } from '../../report/report-input.js';

export interface Wanted {
  /** Most important first. */
  readonly lines: readonly number[];
  /** Lines shown before and after each. */
  readonly around: number;
}

const SMALL_LINES = 1500;
const MAX_LINES = 5000;
/** Bytes that the lines may take in the page, and what each takes beside its text. */
const ROOM = 270_000;
const MARKUP = 62;
const MAX_LENGTH = 1000;

/** Line numbers to embed, in order, of a text of so many lines and bytes. */
export function chooseLines(total: number, bytes: number, wanted: readonly Wanted[]): number[] {
  if (total <= SMALL_LINES) return Array.from({ length: total }, (_line, index) => index + 1);
  const most = Math.min(MAX_LINES, Math.floor(ROOM / (bytes / total + MARKUP)));
  const chosen = new Set<number>();
  for (const { lines, around } of wanted) {
    for (const line of lines) {
      if (chosen.size + 2 * around + 1 > most) break;
      for (let near = Math.max(1, line - around); near <= Math.min(total, line + around); near += 1) chosen.add(near);
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Reads the lines with the given numbers (sorted) out of a stream of bytes. Stops reading after the last one. */
export async function readLines(
  chunks: AsyncIterable<Uint8Array>,
  numbers: readonly number[],
): Promise<EvidenceLine[]> {
  const found: EvidenceLine[] = [];
  let next = 0;
  let lineNo = 1;
  let parts: Uint8Array[] = [];
  const finish = (): void => {
    if (numbers[next] === lineNo) {
      found.push({ line_no: lineNo, text: lineText(Buffer.concat(parts)) });
      next += 1;
    }
    parts = [];
    lineNo += 1;
  };
  for await (const chunk of chunks) {
    let start = 0;
    while (next < numbers.length) {
      const end = chunk.indexOf(NEWLINE, start);
      if (numbers[next] === lineNo) parts.push(chunk.subarray(start, end < 0 ? chunk.length : end));
      if (end < 0) break;
      finish();
      start = end + 1;
    }
    if (next >= numbers.length) return found;
  }
  if (parts.length > 0) finish();
  return found;
}

function lineText(bytes: Buffer): string {
  const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  const text = decodeLossless(bytes.subarray(0, Math.min(end, MAX_LENGTH)));
  return end > MAX_LENGTH ? `${text} … (${end - MAX_LENGTH} more bytes)` : text;
}
