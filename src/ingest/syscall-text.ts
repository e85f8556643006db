/**
 * Arguments of a syscall line in the forms that are not plain numbers (kernel/trace/trace_syscalls.c since 6.18):
 *
 *   filename: 0x7ffe0c3d "/etc"                a string of user memory; not escaped, `...` inside when cut
 *   buf: 0x55c4 (68:65:6c:6c:6f) "hello"...    a buffer; `(68:65, ...)` and dots behind the quote when cut
 *   flags: O_RDONLY|O_CLOEXEC, mode: 0644      openat: by name and octal, its other numbers decimal
 *   unsigned int fd: 3                         option verbose
 *
 * A string may hold what looks like further arguments. Values are given only where one reading is possible.
 */
import { FLAG_TABLES, type FlagKind, isFlagKind } from '../trace/flags.js';
import { SYSCALLS } from '../trace/syscall-args.js';

export interface SyscallArg {
  readonly key: string;
  readonly value: bigint;
}

interface RawArg {
  readonly key: string;
  readonly number: string;
}

const ARG =
  /(?:[A-Za-z_][\w ]*?[ *]+)?([A-Za-z_]\w*): (0x[0-9a-f]{1,16}|[0-9a-f]{1,20}|[A-Z][A-Z0-9_]*(?:\|(?:[A-Z0-9_]+|0x[0-9a-f]+))*)/y;
const BUFFER = / \((?:[0-9a-f]{2}(?::[0-9a-f]{2})*)?(?:, \.\.\.)?\)/y;
const LIMIT = 6;
/** A text that takes longer to read than that is made to. */
const STEPS = 500;

/** `name` without `sys_`. null: not certain. */
export function syscallArgs(text: string, name: string): SyscallArg[] | null {
  const raw = theReading(
    text,
    SYSCALLS.get(name)?.args.map((arg) => arg.name),
  );
  if (raw === undefined) return null;
  const strings = text.includes('"') || / \(/.test(text);
  const decimal = strings || raw.some(({ number }) => /^0x|^[A-Z]/.test(number));
  const args: SyscallArg[] = [];
  for (const [i, { key, number }] of raw.entries()) {
    const value = /^[A-Z]/.test(number) ? flagsValue(name, key, i, number) : numberValue(number, key, decimal);
    if (value === null) return null;
    args.push({ key, value });
  }
  return args;
}

/** The one reading with the arguments that the syscall is known to have; of one that is not known, the only one there is. */
function theReading(text: string, keys: readonly string[] | undefined): RawArg[] | undefined {
  const readings = new Readings(text);
  readings.from(0, []);
  if (readings.steps > STEPS) return undefined;
  if (readings.found.length === 1) return readings.found[0];
  const known = readings.found.filter(
    (args) => args.length === keys?.length && args.every(({ key }, i) => key === keys[i]),
  );
  return known.length === 1 ? known[0] : undefined;
}

/** Every way in which a text reads as arguments. */
class Readings {
  readonly found: RawArg[][] = [];
  steps = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  from(at: number, before: readonly RawArg[]): void {
    const { text } = this;
    ARG.lastIndex = at;
    const match = ARG.exec(text);
    if (match === null || before.length >= LIMIT || ++this.steps > STEPS) return;
    const args = [...before, { key: match[1] as string, number: match[2] as string }];
    const ends = [ARG.lastIndex];
    BUFFER.lastIndex = ARG.lastIndex;
    const quote = BUFFER.test(text) ? BUFFER.lastIndex : ARG.lastIndex;
    if (quote > ARG.lastIndex) ends.push(quote);
    if (text.startsWith(' "', quote)) {
      for (let close = text.indexOf('"', quote + 2); close >= 0; close = text.indexOf('"', close + 1)) {
        ends.push(text.startsWith('...', close + 1) ? close + 4 : close + 1);
      }
    }
    for (const end of ends) {
      if (this.steps > STEPS) return;
      if (end === text.length) this.found.push(args);
      else if (text.startsWith(', ', end)) this.from(end + 2, args);
    }
  }
}

function numberValue(text: string, key: string, decimal: boolean): bigint | null {
  if (text.startsWith('0x')) return BigInt(text);
  if (text.length > 1 && text.startsWith('0'))
    return key === 'mode' && /^0[0-7]+$/.test(text) ? BigInt(`0o${text}`) : null;
  if (!decimal) return text.length > 16 ? null : BigInt(`0x${text}`);
  if (!/^\d+$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 64n ? value : null;
}

function flagsValue(name: string, key: string, position: number, text: string): bigint | null {
  const args = SYSCALLS.get(name)?.args;
  const kind = (args?.find((arg) => arg.name === key) ?? args?.[position])?.kind;
  if (kind === undefined || !isFlagKind(kind)) return null;
  let value = 0n;
  for (const word of text.split('|')) {
    const bits = /^0x/.test(word) ? BigInt(word) : flagValue(kind, word);
    if (bits === undefined) return null;
    value |= bits;
  }
  return value;
}

const byName = new Map<FlagKind, ReadonlyMap<string, bigint>>();

function flagValue(kind: FlagKind, word: string): bigint | undefined {
  let names = byName.get(kind);
  if (names === undefined) {
    names = new Map(FLAG_TABLES[kind].entries.map((entry) => [entry.name, entry.bits]));
    byName.set(kind, names);
  }
  return names.get(word);
}

const FIELD = / ?([A-Za-z_]\w*)=(?:0x([0-9a-f]{1,16})(?: \(-?\d+\))?|[^ =]+(?: \[\w+\])? \((-?\d+)\))/y;
const COLON_FIELD = /(?:, )?([A-Za-z_]\w*): (0x[0-9a-f]{1,16}|\d)/y;

/** `__syscall_nr=0x21 (33) oldfd=0xa (10)` (option fields), or `oldfd: 0x0000000a, newfd: 0x00000001` (trace-cmd). null: not certain. */
export function namedEnter(text: string): SyscallArg[] | null {
  const args: SyscallArg[] = [];
  for (const pattern of [FIELD, COLON_FIELD]) {
    args.length = 0;
    let at = 0;
    for (;;) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) break;
      at = pattern.lastIndex;
      const value =
        pattern === FIELD ? (match[2] === undefined ? (match[3] as string) : `0x${match[2]}`) : (match[2] as string);
      if (match[1] !== '__syscall_nr' && match[1] !== 'nr')
        args.push({ key: match[1] as string, value: BigInt.asUintN(64, BigInt(value)) });
    }
    if (at === text.length) return args;
  }
  return null;
}

/** `__syscall_nr=0x21 (33) ret=0x1 (1)`. */
export function namedExit(text: string): bigint | null {
  const match = /^(?:(?:__syscall_)?nr=\S+(?: \(\d+\))? )?ret=0x([0-9a-f]{1,16})(?: \(-?\d+\))?$/.exec(text);
  return match === null ? null : BigInt(`0x${match[1] as string}`);
}
