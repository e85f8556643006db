/**
 * The latency layout with the option verbose (kernel/trace/trace_output.c, trace_print_lat_context):
 *
 *               bash     113   0 0 00000001 0000000a [009f7cbd] 16.906ms (+0.021ms): body
 *               bash     113   0 0 00000001 0000000a [00000000000000f1] 241 (+3): body        clock that counts
 *   |--- comm ----| pid, cpu, flags, preempt count, index, time in us as hex, time since start, time to the next record
 *
 * There is no dash between comm and pid. Flags are a decimal sum of bits; they are given on as the letters of the other
 * layouts, so that one meaning has one spelling.
 */
import { type Context, clearContext, type Layout, setComm, setTicks } from './layout.js';

const COMM = 16;
const SPACE = 0x20;
const NEWLINE = 0x0a;
/** Longest columns behind the comm. */
const REACH = 160;
const COLUMNS =
  /^ +(\d{1,10}) +(\d{1,5}) (\d{1,3}) ([0-9a-f]{8}) ([0-9a-f]{8,16}) \[([0-9a-f]{8,16})\] (?:-?\d+\.\d{3}ms \(\+-?\d+\.\d{3}(ms)\)|-?\d+ \(\+-?\d+\)): ?/;

export const verboseLayout: Layout = {
  name: 'ftrace-latency-verbose',
  commWidth: COMM,
  tornWidth: COMM,
  parse,
  loose: null,
};

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  const from = start + COMM;
  if (bytes[from] !== SPACE) return false;
  let stop = end;
  if (from >= end) {
    if (end === start || bytes[start] !== SPACE) return false;
    stop = bytes.indexOf(NEWLINE, from);
    if (stop < 0) stop = bytes.length;
  }
  const match = COLUMNS.exec(bytes.toString('latin1', from, Math.min(stop, from + REACH)));
  if (match === null) return false;
  clearContext(from + match[0].length, stop, out);
  setComm(bytes, start, from, out);
  out.pid = Number(match[1]);
  if (out.pid > 0x7fffffff) return false;
  out.cpu = Number(match[2]);
  out.flags = letters(Number(match[3]), Number.parseInt(match[4] as string, 16));
  const time = BigInt(`0x${match[6] as string}`);
  out.fraction = match[7] === undefined ? 0 : 6;
  return setTicks(out, match[7] === undefined ? time : time * 1000n);
}

// enum trace_flag_type, include/linux/trace_events.h
const IRQS_OFF = 0x01;
const IRQS_UNKNOWN = 0x02;
const NEED_RESCHED = 0x04;
const HARDIRQ = 0x08;
const SOFTIRQ = 0x10;
const PREEMPT_RESCHED = 0x20;
const NMI = 0x40;
const BH_OFF = 0x80;

/** As trace_print_lat_fmt prints them since 5.15. */
function letters(bits: number, preempt: number): Buffer {
  const has = (mask: number): boolean => (bits & mask) === mask;
  const irqs = has(IRQS_OFF | BH_OFF) ? 'D' : has(IRQS_OFF) ? 'd' : has(BH_OFF) ? 'b' : has(IRQS_UNKNOWN) ? 'X' : '.';
  const resched = has(NEED_RESCHED | PREEMPT_RESCHED)
    ? 'N'
    : has(NEED_RESCHED)
      ? 'n'
      : has(PREEMPT_RESCHED)
        ? 'p'
        : '.';
  const nmi = has(HARDIRQ | NMI) ? 'Z' : has(NMI) ? 'z' : '';
  const irq = has(HARDIRQ | SOFTIRQ) ? 'H' : has(HARDIRQ) ? 'h' : has(SOFTIRQ) ? 's' : '.';
  const depth = (count: number): string => (count === 0 ? '.' : count.toString(16));
  return Buffer.from(`${irqs}${resched}${nmi || irq}${depth(preempt & 0xf)}${depth((preempt >> 4) & 0xf)}`, 'latin1');
}
