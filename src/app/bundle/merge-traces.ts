/**
 * Two texts of one kernel and one clock -> one, in the order of time: the trace of chosen tasks, and what everybody else did
 * to them at the same time, from a second buffer (capture-script, --pid or --exec). No task is in both, so no event is.
 */
import type { Bytes } from '../decompress.js';

const NEWLINE = 0x0a;
const HASH = 0x23;
/** A record in the standard layout begins with task, pid, CPU and time (kernel/trace/trace.c, trace_print_lat_context and friends). */
const RECORD = /^.{16,}?-\d+ +(?:\([ \d-]+\) +)?\[\d{3,}\] (?:\S+ +)?(\d{1,9})\.(\d{6,9}): /s;
const ENTRIES = /^(# entries-in-buffer\/entries-written: )(\d{1,15})\/(\d{1,15})(.*)$/s;
/** Where the time is found, if anywhere. */
const REACH = 160;

/** `others` is small and held in memory; `main` flows by. The counts of the header become those of both. */
export async function* mergeTraces(main: Bytes, others: Buffer): AsyncGenerator<Uint8Array> {
  const second = readOthers(others);
  let at = 0;
  let inHeader = true;
  for await (const block of wholeLines(main)) {
    const out: Buffer[] = [];
    let from = 0;
    for (let start = 0; start < block.length; ) {
      const end = lineEnd(block, start);
      if (inHeader && block[start] === HASH) {
        const line = block.toString('latin1', start, end);
        if (ENTRIES.test(line)) {
          out.push(block.subarray(from, start), Buffer.from(withBoth(line, second.counts), 'latin1'));
          from = end;
        }
      } else {
        const ts = timeOf(block, start, end);
        if (ts !== undefined) {
          inHeader = false;
          const begin = at;
          while (at < second.records.length && (second.records[at] as TraceRecord).ts < ts) at++;
          if (at > begin) {
            out.push(block.subarray(from, start), ...second.records.slice(begin, at).map(({ bytes }) => bytes));
            from = start;
          }
        }
      }
      start = end;
    }
    out.push(block.subarray(from));
    yield Buffer.concat(out);
  }
  if (at < second.records.length) yield Buffer.concat(second.records.slice(at).map(({ bytes }) => bytes));
}

interface TraceRecord {
  readonly ts: number;
  readonly bytes: Buffer;
}

/** Records with the lines below them, and the header's counts. */
function readOthers(text: Buffer): { records: TraceRecord[]; counts: readonly [bigint, bigint] } {
  const records: { ts: number; bytes: Buffer; start: number }[] = [];
  let counts: readonly [bigint, bigint] = [0n, 0n];
  let last: { ts: number; bytes: Buffer; start: number } | undefined;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const ts = timeOf(text, start, end);
    if (ts !== undefined) {
      last = { ts, start, bytes: text.subarray(start, end) };
      records.push(last);
    } else if (last !== undefined) last.bytes = text.subarray(last.start, end);
    else if (text[start] === HASH) {
      const found = ENTRIES.exec(text.toString('latin1', start, end));
      if (found !== null) counts = [BigInt(found[2] as string), BigInt(found[3] as string)];
    }
    start = end;
  }
  // A text that was cut off has no newline in the end.
  if (last !== undefined && last.bytes.at(-1) !== NEWLINE) last.bytes = Buffer.concat([last.bytes, Buffer.from('\n')]);
  return { records, counts };
}

function withBoth(line: string, [entries, written]: readonly [bigint, bigint]): string {
  return line.replace(
    ENTRIES,
    (_, head: string, a: string, b: string, rest: string) =>
      `${head}${BigInt(a) + entries}/${BigInt(b) + written}${rest}`,
  );
}

/** Time of the record that begins in this line, in microseconds. */
function timeOf(bytes: Buffer, start: number, end: number): number | undefined {
  const found = RECORD.exec(bytes.toString('latin1', start, Math.min(end, start + REACH)));
  if (found === null) return undefined;
  const fraction = found[2] as string;
  return Number(found[1]) * 1e6 + Number(fraction) / 10 ** (fraction.length - 6);
}

/** One behind the newline, or behind the last byte. */
function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end + 1;
}

async function* wholeLines(chunks: Bytes): AsyncGenerator<Buffer> {
  let rest: Uint8Array[] = [];
  let last: Buffer | undefined;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      rest.push(bytes);
      continue;
    }
    if (last !== undefined) yield last;
    last = Buffer.concat([...rest, bytes.subarray(0, end)]);
    rest = [bytes.subarray(end)];
  }
  if (last !== undefined) yield last;
  const tail = Buffer.concat(rest);
  // What others did comes behind it: a line that was cut off ends there.
  if (tail.length > 0) yield Buffer.concat([tail, Buffer.from('\n')]);
}
