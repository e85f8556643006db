/**
 * Syscall lines of the syscalls:* events (kernel/trace/trace_syscalls.c):
 *
 *   sys_openat(dfd: ffffff9c, filename: 7ffd5a2c3f10, flags: 80000, mode: 0)      2.6.31 .. 6.17: bare hex
 *   sys_write(fd: 4, buf: 0x55c4a1fa9270, count: 0x44)                            6.18: decimal below 10, else 0x
 *   sys_openat(dfd: 4294967196, filename: 140736414613504 "/etc/passwd", flags: O_RDONLY|O_CLOEXEC)      6.19
 *   sys_close(unsigned int fd: 3)                                                 option verbose
 *   sys_openat -> 0x3
 *
 * The bare hex form with the argument names that this syscall showed first is *canonical*: its text follows from the
 * names and the values, so only the values are kept (FORM.enter + n). Every other form keeps its text as well, with the
 * values where they are certain (syscall-text.ts).
 */
import { type EventFields, FORM } from '../trace/record.js';
import { readHex } from './hex.js';
import { isDigit } from './layout.js';
import type { NameTable } from './names.js';
import { namedEnter, namedExit, type SyscallArg, syscallArgs } from './syscall-text.js';

const MAX_ARGS = 6;

interface Template {
  /** "dfd: " or "int dfd: " as bytes for each argument. */
  readonly keys: readonly Uint8Array[];
  /** The text has types: it does not follow from the names and values. */
  readonly typed: boolean;
}

export class SyscallReader {
  /** Per nameId, once seen. */
  private readonly templates: (Template | undefined)[] = [];
  private readonly names: NameTable;

  constructor(names: NameTable) {
    this.names = names;
  }

  /** Body from `start` (at "sys_") up to `end`. False: not a syscall line after all. */
  read(bytes: Buffer, start: number, end: number, out: EventFields): boolean {
    const nameStart = start + 4;
    let at = nameStart;
    while (at < end && isNameByte(bytes[at] as number)) at++;
    if (at === nameStart) return false;
    if (bytes[at] === 0x28 /* ( */) return this.enter(bytes, nameStart, at, end, out);
    if (bytes[at] === 0x20 && bytes[at + 1] === 0x2d && bytes[at + 2] === 0x3e && bytes[at + 3] === 0x20) {
      out.nameId = this.names.syscallExit(bytes, nameStart, at);
      this.value(bytes, at + 4, end, out);
      return true;
    }
    return false;
  }

  /** `sys_enter_openat: dfd=0xffffff9c (4294967196) ...` of option fields, `dfd: 0xffffff9c, ...` of trace-cmd; exits alike. */
  readNamed(bytes: Buffer, start: number, end: number, out: EventFields): void {
    const exit = this.names.entry(out.nameId).kind === 'syscall_exit';
    if (exit) this.value(bytes, start, end, out);
    if (out.form !== FORM.text) return;
    const text = bytes.toString('latin1', start, end);
    if (!exit) this.decoded(namedEnter(text), out);
    else {
      const value = namedExit(text);
      if (value === null) return;
      setValue(out.values, 0, value);
      out.form = FORM.exit + FORM.kept;
    }
  }

  /** An exit's `0x3`. */
  private value(bytes: Buffer, start: number, end: number, out: EventFields): void {
    out.argsStart = start;
    out.argsEnd = end;
    const hex = end > start + 2 && bytes[start] === 0x30 && bytes[start + 1] === 0x78;
    out.form = hex && readHex(bytes, start + 2, end, out.values, 0) === end ? FORM.exit : FORM.text;
  }

  private enter(bytes: Buffer, nameStart: number, nameEnd: number, end: number, out: EventFields): boolean {
    const open = nameEnd + 1;
    const closed = bytes[end - 1] === 0x29; /* ) */
    const stop = closed ? end - 1 : end;
    if (!closed && bytes.toString('latin1', open, end).includes(' <-')) return false;
    const nameId = this.names.syscallEnter(bytes, nameStart, nameEnd);
    out.nameId = nameId;
    out.form = FORM.text;
    out.argsStart = open;
    out.argsEnd = stop;
    if (!closed) return true;
    let template = this.templates[nameId];
    if (template === undefined) {
      const text = bytes.toString('latin1', open, stop);
      // A function line with arguments, option func-args without print-parent.
      if (/^\w+=/.test(text)) return false;
      template = this.learn(text, nameId);
      if (template === undefined) {
        this.decoded(syscallArgs(text, this.names.syscallOf(nameId)), out);
        return true;
      }
    }
    const prefixed = canonical(bytes, open, stop, template.keys, out.values);
    if (prefixed === null) {
      this.decoded(syscallArgs(bytes.toString('latin1', open, stop), this.names.syscallOf(nameId)), out);
    } else out.form = FORM.enter + template.keys.length + (prefixed || template.typed ? FORM.kept : 0);
    return true;
  }

  /** Values of a line in another form, when they go with the names that this syscall has shown. */
  private decoded(args: readonly SyscallArg[] | null, out: EventFields): void {
    if (args === null || args.length > MAX_ARGS) return;
    const { keys } = this.names.entry(out.nameId);
    if (args.some(({ key }, i) => i < keys.length && keys[i] !== key)) return;
    if (args.length > keys.length) {
      // Canonical lines have as many values as names.
      if (this.templates[out.nameId] !== undefined) return;
      this.names.setKeys(
        out.nameId,
        args.map(({ key }) => key),
      );
    }
    args.forEach(({ value }, i) => void setValue(out.values, i, value));
    out.form = FORM.enter + args.length + FORM.kept;
  }

  /** Argument names by a line of simple numbers; undefined when the line is in another form, or the names are others. */
  private learn(text: string, nameId: number): Template | undefined {
    const parts = text === '' ? [] : text.split(', ');
    if (parts.length > MAX_ARGS) return undefined;
    const template: Uint8Array[] = [];
    const names: string[] = [];
    for (const part of parts) {
      const match = SIMPLE.exec(part);
      if (match === null) return undefined;
      template.push(Buffer.from(match[1] as string, 'latin1'));
      names.push(match[3] as string);
    }
    const { keys } = this.names.entry(nameId);
    if (keys.some((key, i) => key !== names[i])) return undefined;
    this.names.setKeys(nameId, names);
    const learned = { keys: template, typed: parts.some((part) => SIMPLE.exec(part)?.[2] !== undefined) };
    this.templates[nameId] = learned;
    return learned;
  }
}

/** Name with or without its type, and a number that is certain: bare hex, or 0x. */
const SIMPLE =
  /^(([A-Za-z_][\w ]*[ *]+|(?:[\w]+ )+\*?)?([A-Za-z_]\w*): )(?:0|[1-9a-f][0-9a-f]{0,15}|0x[1-9a-f][0-9a-f]{0,15})$/;

/** Reads the values of a line that goes with the template. null: it does not; else whether a value has the prefix 0x. */
function canonical(
  bytes: Buffer,
  start: number,
  end: number,
  keys: readonly Uint8Array[],
  values: Uint32Array,
): boolean | null {
  let at = start;
  let prefixed = false;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as Uint8Array;
    if (k > 0) {
      if (bytes[at] !== 0x2c || bytes[at + 1] !== 0x20) return null;
      at += 2;
    }
    for (let i = 0; i < key.length; i++) if (bytes[at++] !== key[i]) return null;
    if (bytes[at] === 0x30 && bytes[at + 1] === 0x78) {
      at += 2;
      prefixed = true;
    }
    const stop = readHex(bytes, at, end, values, k);
    if (stop === at) return null;
    at = stop;
  }
  return at === end ? prefixed : null;
}

function setValue(values: Uint32Array, slot: number, value: bigint): void {
  values[slot * 2] = Number(value & 0xffffffffn);
  values[slot * 2 + 1] = Number((value >> 32n) & 0xffffffffn);
}

const isNameByte = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || isDigit(byte);
