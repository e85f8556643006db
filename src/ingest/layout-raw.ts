/**
 * Options raw and hex (kernel/trace/trace.c, print_raw_fmt and print_hex_fmt): pid, cpu, time, then numbers per event type.
 * Events without a printer for them, as all trace events, show their type only; the names are in events/.../format ("ID:").
 *
 *   113 1 39604260518 type: 714                               raw
 *   00000071 00000001 0000000991c7b94a type: 714              hex, a blank line behind every record
 *
 * The stamp is the clock's own number; nothing tells whether it counts nanoseconds.
 */
import { type Context, clearContext, type Layout, setTicks } from './layout.js';

const REACH = 60;
const RAW = /^(\d{1,10}) (\d{1,5}) (\d{1,20}) /;
const HEX = /^([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{16}) /;

export const rawLayout: Layout = {
  name: 'ftrace-raw',
  commWidth: 0,
  tornWidth: 0,
  parse: (bytes, start, end, out) => parse(RAW, 10, bytes, start, end, out),
  loose: null,
};

export const hexLayout: Layout = {
  name: 'ftrace-hex',
  commWidth: 0,
  tornWidth: 0,
  parse: (bytes, start, end, out) => parse(HEX, 16, bytes, start, end, out),
  loose: null,
};

function parse(columns: RegExp, base: 10 | 16, bytes: Buffer, start: number, end: number, out: Context): boolean {
  const match = columns.exec(bytes.toString('latin1', start, Math.min(end, start + REACH)));
  if (match === null) return false;
  const pid = Number.parseInt(match[1] as string, base);
  const cpu = Number.parseInt(match[2] as string, base);
  const time = BigInt(base === 16 ? `0x${match[3] as string}` : (match[3] as string));
  if (pid > 0x7fffffff || cpu > 0xffff) return false;
  clearContext(start + match[0].length, end, out);
  out.pid = pid;
  out.cpu = cpu;
  out.fraction = 0;
  return setTicks(out, time);
}
