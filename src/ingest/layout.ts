/**
 * A layout is one way in which the kernel prints the columns before an event's body. Each layout is one file with one
 * `parse`; the importer asks the one that fitted last, then the others.
 */
export interface Context {
  commStart: number;
  commEnd: number;
  /** -1 where the line has none; the same for tgid and cpu. */
  pid: number;
  tgid: number;
  cpu: number;
  flagsStart: number;
  flagsEnd: number;
  /** The stamp in nanoseconds, or in ticks for a clock that counts; exact up to 2^53, above that see `bigTs`. */
  ts: number;
  /** The stamp when it does not fit `ts` exactly. */
  bigTs: bigint | null;
  /** Digits after the dot: 6, 9, 3; 0 for a clock that counts; -1: the line has no time. */
  fraction: number;
  /** First byte of the body. */
  body: number;
  /** End of the line that the body starts on; beyond the given end when a comm holds a newline. */
  end: number;
}

export interface Layout {
  readonly name: string;
  /** Reads the columns of the line from `start` up to `end` (no line break inside). False: not this layout. */
  parse(bytes: Buffer, start: number, end: number, out: Context): boolean;
}

export const newContext = (): Context => ({
  commStart: 0,
  commEnd: 0,
  pid: -1,
  tgid: -1,
  cpu: -1,
  flagsStart: 0,
  flagsEnd: 0,
  ts: 0,
  bigTs: null,
  fraction: -1,
  body: 0,
  end: 0,
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
