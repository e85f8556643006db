/**
 * What ingest hands on: events, stacks, losses, issues and the account of all lines. Types only.
 *
 * One `EventFields` object is reused for every event; a sink copies what it needs before it returns. Texts are byte
 * ranges of `bytes`, so that nothing is decoded that nobody stores.
 */

/** How the arguments of an event are held. */
export const FORM = {
  /** `args` is text: bytes from argsStart up to argsEnd. */
  text: 0,
  /** A syscall enter in canonical form: FORM.enter + n means n values in `values`, text follows from the name's keys. */
  enter: 1,
  /** A syscall exit in canonical form: one value. */
  exit: 8,
  /** Added to `enter` + n or `exit`: the values as said, and text that does not follow from them, in `args`. */
  kept: 16,
} as const;

/** `call` of an event that is a line of a syscall: the syscall's id times 8, plus these. */
export const CALL = {
  enter: 1,
  /** It returns a second time, with 0, in the new task. */
  clones: 2,
  /** Its return is not printed, or under another pid. */
  silent: 4,
} as const;
export const CALL_BITS = 3;

/** How many values a form has. */
export function valueCount(form: number): number {
  const held = form & ~FORM.kept;
  return held === FORM.text ? 0 : held === FORM.exit ? 1 : held - FORM.enter;
}

/** The stamp of a record whose line has no time: the smallest 64-bit integer. */
export const NO_TIME_LOW = 0;
export const NO_TIME_HIGH = 0x80000000;

export interface EventFields {
  /** 0, 1, 2 ... in file order within the capture. */
  ordinal: number;
  /** 1-based line of the record's first line. */
  lineNo: number;
  /** Time in the capture's unit as a 64-bit integer: low and high 32 bits. */
  tsLow: number;
  tsHigh: number;
  /** -1 where the line has no such column. */
  cpu: number;
  pid: number;
  tgid: number;
  commId: number;
  flagsId: number;
  nameId: number;
  /** Which syscall's line this is, see CALL; -1: of none. */
  call: number;
  form: number;
  /** Up to six 64-bit values as pairs of 32-bit halves, low first. */
  values: Uint32Array;
  bytes: Uint8Array;
  argsStart: number;
  argsEnd: number;
}

/** What kind of record an event name stands for; `names` in an account is indexed by nameId. */
export type NameKind = 'event' | 'syscall_enter' | 'syscall_exit' | 'function' | 'marker' | 'text' | 'empty';

export interface NameEntry {
  readonly name: string;
  readonly kind: NameKind;
  /** Argument names of a syscall enter in canonical form, in order. */
  keys: readonly string[];
}

export interface Frame {
  readonly space: 'kernel' | 'user';
  /** null when the kernel printed only an address. */
  readonly symbol: string | null;
  readonly offset: bigint | null;
  readonly size: bigint | null;
  readonly module: string | null;
  readonly address: bigint | null;
}

export type LossKind = 'overwritten' | 'buffer_started' | 'lost' | 'line_too_big' | 'count_mismatch' | 'elided';

/** A stretch of which the capture shows nothing or not all. cpu null = any CPU; times null = open end. */
export interface Loss {
  readonly kind: LossKind;
  readonly cpu: number | null;
  readonly lineNo: number;
  fromTs: bigint | null;
  toTs: bigint | null;
  /** null when the kernel did not say how many. */
  readonly events: bigint | null;
}

/** What could not be fully understood: one entry per code, with the first line that showed it. */
export interface Issue {
  readonly code: string;
  readonly lineNo: number;
  readonly text: string;
  count: number;
}

export interface LineAccount {
  lines: number;
  header: number;
  record: number;
  frame: number;
  continuation: number;
  marker: number;
  unknown: number;
}

export interface HeaderFacts {
  tracer: string | null;
  entriesInBuffer: bigint | null;
  entriesWritten: bigint | null;
  cpus: number | null;
  /** Raw header lines of the first section, joined by newlines. */
  text: string;
  /** Meaning of each flag character in order, from the legend; empty when the header has none. */
  legend: string[];
}

export type TimeUnit = 'us' | 'ns' | 'tick' | 'none';

/** What a file is when it is no trace text, in words for its owner. */
export interface Refusal {
  /** "holds no record: ..." */
  readonly reason: string;
  /** What to do instead. */
  readonly hint: string;
  /** The first line that fitted nothing; null when there is none. */
  readonly lineNo: number | null;
  readonly text: string | null;
}

/** The end of an import: everything that is not an event or a stack. */
export interface Account {
  readonly dialect: string;
  readonly header: HeaderFacts;
  readonly lines: LineAccount;
  readonly timeUnit: TimeUnit;
  readonly events: number;
  readonly stacks: number;
  readonly firstTs: bigint | null;
  readonly lastTs: bigint | null;
  readonly issues: readonly Issue[];
  readonly losses: readonly Loss[];
  readonly names: readonly NameEntry[];
  /** Names of the syscalls (`openat`) by their id in `call`. */
  readonly syscalls: readonly string[];
  /** Why this is no capture that can be worked with; null when it is one. */
  readonly refusal: Refusal | null;
  /** Texts of comm and flags by id, lossless (see base/utf8.ts). A comm is null where the line had no such column. */
  readonly comms: readonly (string | null)[];
  readonly flags: readonly string[];
}

export interface RecordSink {
  event(event: EventFields): void;
  /** A stack not seen before. Ids count up from 0. */
  stack(stackId: number, frames: readonly Frame[]): void;
  /** The event `ordinal` (already given out) carries this stack; a later call for the same event replaces it. */
  attach(ordinal: number, stackId: number): void;
  /** Events of a CPU from ordinal `from` up to `to` that had no pid: it has become known. */
  own(cpu: number, from: number, to: number, pid: number, commId: number): void;
}
