/**
 * The latency layout (kernel/trace/trace_output.c, trace_print_lat_context without verbose), of the option latency-format,
 * of the latency tracers and of an ftrace_dump in dmesg:
 *
 *       ps-6143    2d..1  259us+: trace_hardirqs_on <-_raw_spin_unlock_irqrestore
 *     wl-823       0...1.   82: sys_clone -> 0x338                                clock that counts
 *   mini-0-100000   11d..1. 51485us!: body                                        CPU 11, glued to the flags
 *   bash-1234     1d..1 17284.993652: body                                        trace-cmd report -l
 *   |- 8 --|^ byte 8 is the dash; the comm is cut to 8 bytes and may begin with #
 *
 * The time counts from the start of the buffer or of the measured section; the mark behind it grades the delay until
 * the next record. No record has a TGID here.
 */
import { type Context, isDigit, type Layout, setComm, setStamp, setTicks } from './layout.js';

const COMM = 8;
const SPACE = 0x20;
const DASH = 0x2d;
const NEWLINE = 0x0a;
const MARKS = new Set([...' +!#*@$'].map((mark) => mark.charCodeAt(0)));

export const latencyLayout: Layout = { name: 'ftrace-latency', commWidth: COMM, tornWidth: COMM, parse, loose };

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  const dash = start + COMM;
  if (bytes[dash] !== DASH) return false;
  if (dash < end) {
    if (!columns(bytes, dash, end, out)) return false;
  } else {
    const next = bytes.indexOf(NEWLINE, dash);
    if (!columns(bytes, dash, next < 0 ? bytes.length : next, out)) return false;
  }
  setComm(bytes, start, dash, out);
  return true;
}

function loose(bytes: Buffer, start: number, end: number, out: Context): boolean {
  for (
    let at = bytes.indexOf(DASH, start);
    at >= 0 && at < end - 1 && at - start <= 4 * COMM;
    at = bytes.indexOf(DASH, at + 1)
  ) {
    if (isDigit(bytes[at + 1]) && columns(bytes, at, end, out)) {
      setComm(bytes, start, at, out);
      return true;
    }
  }
  return false;
}

/** Reads "-pid cpuFLAGS time: " from the dash on. */
function columns(bytes: Buffer, dash: number, end: number, out: Context): boolean {
  let at = dash + 1;
  let pid = 0;
  while (at < end && isDigit(bytes[at])) pid = pid * 10 + (bytes[at++] as number) - 0x30;
  if (at === dash + 1 || pid > 0x7fffffff || bytes[at] !== SPACE) return false;
  while (at < end && bytes[at] === SPACE) at++;
  const firstDigit = at;
  let cpu = 0;
  while (at < end && isDigit(bytes[at])) cpu = cpu * 10 + (bytes[at++] as number) - 0x30;
  if (at === firstDigit || at - firstDigit > 5) return false;
  const flags = at;
  while (at < end && bytes[at] !== SPACE) at++;
  if (at - flags < 3 || at - flags > 12) return false;
  out.flagsStart = flags;
  out.flagsEnd = at;
  while (at < end && bytes[at] === SPACE) at++;
  if (!stamp(bytes, at, end, out)) return false;
  out.pid = pid;
  out.cpu = cpu;
  out.tgid = -1;
  return true;
}

/** " 259us+: ", "   82: " or "17284.993652: ". */
function stamp(bytes: Buffer, start: number, end: number, out: Context): boolean {
  const negative = bytes[start] === DASH;
  const first = negative ? start + 1 : start;
  let at = first;
  while (at < end && isDigit(bytes[at])) at++;
  const digits = at - first;
  if (digits === 0 || digits > 19) return false;
  const whole = BigInt(bytes.toString('latin1', start, at));
  if (bytes[at] === 0x2e /* . */) {
    const dot = at++;
    while (at < end && isDigit(bytes[at])) at++;
    const fraction = at - dot - 1;
    if (negative || digits > 10 || (fraction !== 6 && fraction !== 9)) return false;
    setStamp(out, Number(whole), Number(bytes.toString('latin1', dot + 1, at)) * (fraction === 6 ? 1000 : 1));
    out.fraction = fraction;
  } else if (bytes[at] === 0x75 /* u */ && bytes[at + 1] === 0x73 /* s */) {
    at += 2;
    if (at < end && MARKS.has(bytes[at] as number)) at++;
    if (!setTicks(out, whole * 1000n)) return false;
    out.fraction = 6;
  } else {
    if (!setTicks(out, whole)) return false;
    out.fraction = 0;
  }
  if (at >= end || bytes[at] !== 0x3a /* : */) return false;
  at++;
  out.body = at < end && bytes[at] === SPACE ? at + 1 : at;
  out.end = end;
  return true;
}
