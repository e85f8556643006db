/**
 * A layout is one way in which the kernel prints the columns before an event's body. Each layout is one file with one
 * `parse`; the reader chooses one per section of a file (see choose-layout.ts).
 */
export interface Context {
  /** -1 where the line has none; the same for pid, tgid and cpu. */
  commStart: number;
  commEnd: number;
  pid: number;
  tgid: number;
  cpu: number;
  flagsStart: number;
  flagsEnd: number;
  /** The flags as the other layouts print them, where this one prints them as numbers. */
  flags: Buffer | null;
  /** The stamp in nanoseconds, or in ticks for a clock that counts; exact up to 2^53, above that see `bigTs`. */
  ts: number;
  /** The stamp when it does not fit `ts` exactly. */
  bigTs: bigint | null;
  /** Digits after the dot: 6, 9; 0 for a clock that counts; -1: the line has no time. */
  fraction: number;
  /** First byte of the body. */
  body: number;
  /** End of the line that the body starts on; beyond the given end when a comm holds a newline. */
  end: number;
  /** A line of the function_graph layout: what it stands for, else GRAPH.none. */
  graph: number;
  /** Nesting of a graph line, 0 = outermost, and its duration in nanoseconds, -1 when it has none. */
  depth: number;
  dur: number;
}

export const GRAPH = { none: 0, entry: 1, leaf: 2, exit: 3, comment: 4 } as const;

export interface Layout {
  readonly name: string;
  /** Bytes of the comm column, at the start of the line; 0: there is none there. */
  readonly commWidth: number;
  /** A line up to this length may be one that a newline in the comm has torn. */
  readonly tornWidth: number;
  /** Reads the columns of the line from `start` up to `end` (no line break inside). False: not this layout. */
  parse(bytes: Buffer, start: number, end: number, out: Context): boolean;
  /** The same for text whose padding was lost on the way: trimmed, pasted, or printed by another tool. */
  readonly loose: ((bytes: Buffer, start: number, end: number, out: Context) => boolean) | null;
}

export const newContext = (): Context => ({
  commStart: 0,
  commEnd: 0,
  pid: -1,
  tgid: -1,
  cpu: -1,
  flagsStart: 0,
  flagsEnd: 0,
  flags: null,
  ts: 0,
  bigTs: null,
  fraction: -1,
  body: 0,
  end: 0,
  graph: GRAPH.none,
  depth: 0,
  dur: -1,
});

export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Seconds and nanoseconds to one integer, without losing a digit: 2^53 ns are 104 days, an epoch clock is beyond. */
export function setStamp(out: Context, whole: number, nanos: number): void {
  if (whole < 9_000_000) {
    out.ts = whole * 1e9 + nanos;
    out.bigTs = null;
  } else {
    out.bigTs = BigInt(whole) * 1_000_000_000n + BigInt(nanos);
    out.ts = Number(out.bigTs);
  }
}

/** A stamp that is one integer in the wanted unit already. False: it does not fit 64 bits. */
export function setTicks(out: Context, value: bigint): boolean {
  out.ts = Number(value);
  out.bigTs = Number.isSafeInteger(out.ts) ? null : value;
  return BigInt.asIntN(64, value) === value;
}

/** The comm column from `start` up to `end` without its padding. */
export function setComm(bytes: Buffer, start: number, end: number, out: Context): void {
  let from = start;
  while (from < end && bytes[from] === 0x20) from++;
  out.commStart = from;
  out.commEnd = end;
}

/** No comm, no flags, no time: what a layout without such columns leaves. */
export function clearContext(at: number, end: number, out: Context): void {
  out.commStart = -1;
  out.commEnd = -1;
  out.pid = -1;
  out.tgid = -1;
  out.cpu = -1;
  out.flagsStart = at;
  out.flagsEnd = at;
  out.flags = null;
  out.ts = 0;
  out.bigTs = null;
  out.fraction = -1;
  out.body = at;
  out.end = end;
}
