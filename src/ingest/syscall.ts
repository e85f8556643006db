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
 * names and the values, so only the values are kept (FORM.enter + n). Every other form keeps its text as well.
 */
import { type EventFields, FORM } from '../trace/record.js';
import { isDigit } from './layout.js';
import type { NameTable } from './names.js';

const MAX_ARGS = 6;

export class SyscallReader {
  /** Per nameId: "dfd: " as bytes for each argument, once seen. */
  private readonly templates: (Uint8Array[] | undefined)[] = [];

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
      return this.exit(bytes, nameStart, at, end, out);
    }
    return false;
  }

  private exit(bytes: Buffer, nameStart: number, nameEnd: number, end: number, out: EventFields): boolean {
    out.nameId = this.names.syscallExit(bytes, nameStart, nameEnd);
    const valueStart = nameEnd + 4;
    out.form = FORM.exit;
    out.argsStart = valueStart;
    out.argsEnd = end;
    if (bytes[valueStart] === 0x30 && bytes[valueStart + 1] === 0x78) {
      if (hex(bytes, valueStart + 2, end, out.values, 0) === end) return true;
    }
    out.form = FORM.text;
    return true;
  }

  private enter(bytes: Buffer, nameStart: number, nameEnd: number, end: number, out: EventFields): boolean {
    const nameId = this.names.syscallEnter(bytes, nameStart, nameEnd);
    const open = nameEnd + 1;
    const closed = bytes[end - 1] === 0x29; /* ) */
    const stop = closed ? end - 1 : end;
    out.nameId = nameId;
    out.form = FORM.text;
    out.argsStart = open;
    out.argsEnd = stop;
    if (!closed) return true;
    let template = this.templates[nameId];
    if (template === undefined) {
      template = learn(bytes.toString('latin1', open, stop));
      if (template === undefined) return true;
      this.templates[nameId] = template;
      this.names.setKeys(
        nameId,
        template.map((key) => Buffer.from(key.subarray(0, key.length - 2)).toString('latin1')),
      );
    }
    if (canonical(bytes, open, stop, template, out.values)) out.form = FORM.enter + template.length;
    return true;
  }
}

/** Argument names of a canonical line; undefined when the line is in another form. */
function learn(text: string): Uint8Array[] | undefined {
  if (text === '') return [];
  const parts = text.split(', ');
  if (parts.length > MAX_ARGS) return undefined;
  const keys: Uint8Array[] = [];
  for (const part of parts) {
    const match = /^([A-Za-z_]\w*: )(?:0|[1-9a-f][0-9a-f]{0,15})$/.exec(part);
    if (match === null) return undefined;
    keys.push(Buffer.from(match[1] as string, 'latin1'));
  }
  return keys;
}

function canonical(bytes: Buffer, start: number, end: number, keys: Uint8Array[], values: Uint32Array): boolean {
  let at = start;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as Uint8Array;
    if (k > 0) {
      if (bytes[at] !== 0x2c || bytes[at + 1] !== 0x20) return false;
      at += 2;
    }
    for (let i = 0; i < key.length; i++) if (bytes[at++] !== key[i]) return false;
    const stop = hex(bytes, at, end, values, k);
    if (stop === at) return false;
    at = stop;
  }
  return at === end;
}

/** Bare lower-case hex as the kernel prints it (no padding), at most 16 digits; returns `at` unchanged if there is none. */
function hex(bytes: Buffer, at: number, end: number, values: Uint32Array, slot: number): number {
  let low = 0;
  let high = 0;
  let i = at;
  for (; i < end; i++) {
    const digit = hexDigit(bytes[i] as number);
    if (digit < 0) break;
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  const digits = i - at;
  if (digits === 0 || digits > 16 || (digits > 1 && bytes[at] === 0x30)) return at;
  values[slot * 2] = low;
  values[slot * 2 + 1] = high;
  return i;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}

const isNameByte = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || isDigit(byte);
