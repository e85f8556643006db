/**
 * The default layout (kernel/trace/trace_output.c, trace_print_context), every kernel since 2.6.27:
 *
 *             bash-1977  [000] .... 17284.993652: body                 4 flags, 3.3 .. 5.14
 *           <idle>-0       [009] dn.h2..   555.400822: body            5 flags since 5.15, 7 on RT
 *            <...>-4711  ( 4700) [012] d..2   311.002003: body         TGID before the CPU, 4.18 on
 *             bash-1977  [000] ( 1977) .... 17284.993652: body         TGID after the CPU, 4.13 .. 4.17
 *             bash-1977  [000] 17284.993652: body                      no flags: before 3.3, or noirq-info
 *   |--- comm, 16 ---|^ byte 16 is the dash in an untouched kernel file
 *
 * A comm may hold anything, also " -12 [001] d..1", so the dash at byte 16 decides (`parse`). Text that was trimmed or pasted
 * has lost the padding: there the first dash that is followed by a whole set of columns is taken (`loose`).
 *
 * This file is the hot path of the import: bytes are looked at once, nothing is allocated.
 */
import { type Context, isDigit, type Layout, setComm, setStamp, setTicks } from './layout.js';

/** TASK_COMM_LEN: at most 15 bytes, right-aligned in 16. */
const COMM = 16;
const SPACE = 0x20;
const DASH = 0x2d;
const NEWLINE = 0x0a;

export const defaultLayout: Layout = { name: 'ftrace', commWidth: COMM, tornWidth: COMM, parse, loose };

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  const dash = start + COMM;
  if (bytes[dash] !== DASH) return false;
  if (dash < end) {
    if (!columns(bytes, dash, end, out)) return false;
  } else {
    // A newline inside the comm tears the line: the columns stand on the next one.
    if (end === start || bytes[start] !== SPACE) return false;
    const next = bytes.indexOf(NEWLINE, dash);
    if (!columns(bytes, dash, next < 0 ? bytes.length : next, out)) return false;
  }
  setComm(bytes, start, dash, out);
  return true;
}

function loose(bytes: Buffer, start: number, end: number, out: Context): boolean {
  for (let at = bytes.indexOf(DASH, start); at >= 0 && at < end - 1; at = bytes.indexOf(DASH, at + 1)) {
    if (isDigit(bytes[at + 1]) && columns(bytes, at, end, out)) {
      setComm(bytes, start, at, out);
      return true;
    }
  }
  return false;
}

/** Reads "-pid [tgid] [cpu] [tgid] [flags] time: " from the dash on. */
function columns(bytes: Buffer, dash: number, end: number, out: Context): boolean {
  let at = dash + 1;
  let pid = 0;
  while (at < end && isDigit(bytes[at])) pid = pid * 10 + (bytes[at++] as number) - 0x30;
  if (at === dash + 1 || pid > 0x7fffffff || bytes[at] !== SPACE) return false;
  at = skipBlanks(bytes, at, end);
  out.tgid = -1;
  if (bytes[at] === 0x28 /* ( */) at = tgid(bytes, at, end, out);
  if (at < 0) return false;
  if (bytes[at] !== 0x5b /* [ */) return false;
  const firstDigit = ++at;
  let cpu = 0;
  while (at < end && isDigit(bytes[at])) cpu = cpu * 10 + (bytes[at++] as number) - 0x30;
  const digits = at - firstDigit;
  if (digits < 3 || digits > 6 || bytes[at] !== 0x5d /* ] */ || bytes[at + 1] !== SPACE) return false;
  at = skipBlanks(bytes, at + 1, end);
  if (bytes[at] === 0x28 /* ( */) at = tgid(bytes, at, end, out);
  if (at < 0) return false;
  out.pid = pid;
  out.cpu = cpu;
  out.flagsStart = at;
  out.flagsEnd = at;
  if (stamp(bytes, at, end, out)) return true;
  while (at < end && bytes[at] !== SPACE) at++;
  if (at === out.flagsStart || at - out.flagsStart > 12) return false;
  out.flagsEnd = at;
  return stamp(bytes, skipBlanks(bytes, at, end), end, out);
}

/** "(  4700)" or "(-----)": returns the place after it and its blanks, -1 when it is something else. */
function tgid(bytes: Buffer, open: number, end: number, out: Context): number {
  let at = skipBlanks(bytes, open + 1, end);
  const first = at;
  let value = 0;
  while (at < end && isDigit(bytes[at])) value = value * 10 + (bytes[at++] as number) - 0x30;
  if (at === first) {
    value = -1;
    while (at < end && bytes[at] === DASH) at++;
  }
  if (at === first || at >= end || bytes[at] !== 0x29 /* ) */ || value > 0x7fffffff) return -1;
  out.tgid = value;
  return skipBlanks(bytes, at + 1, end);
}

/** "17284.993652:", "1234.123456789:" or "184467440:", then the body after at most one blank. */
function stamp(bytes: Buffer, start: number, end: number, out: Context): boolean {
  let at = start;
  let whole = 0;
  while (at < end && isDigit(bytes[at])) whole = whole * 10 + (bytes[at++] as number) - 0x30;
  const digits = at - start;
  if (digits === 0 || digits > 19) return false;
  let nanos = 0;
  let fraction = 0;
  if (bytes[at] === 0x2e /* . */) {
    const dot = at++;
    while (at < end && isDigit(bytes[at])) nanos = nanos * 10 + (bytes[at++] as number) - 0x30;
    fraction = at - dot - 1;
    if (fraction === 6) nanos *= 1000;
    else if (fraction !== 9) return false;
  }
  if (at >= end || bytes[at] !== 0x3a /* : */) return false;
  if (fraction > 0) {
    if (digits > 10) return false;
    setStamp(out, whole, nanos);
  } else {
    out.ts = whole;
    out.bigTs = null;
    if (digits > 15 && !setTicks(out, BigInt(bytes.toString('latin1', start, at)))) return false;
  }
  out.fraction = fraction;
  at++;
  out.body = at < end && bytes[at] === SPACE ? at + 1 : at;
  out.end = end;
  return true;
}

function skipBlanks(bytes: Buffer, at: number, end: number): number {
  while (at < end && bytes[at] === SPACE) at++;
  return at;
}
