/**
 * The function_graph layout (kernel/trace/trace_functions_graph.c). Every column is an option of its own, in this order:
 *
 *      26.158235 |   1)   mini-0-327   |  d..1. | + 22.133 us   |        } // kmem_cache_alloc
 *      abstime       cpu  proc            latency  duration        body, two blanks per level
 *      0 us |   0) ...                                              relative time, latency tracers with display-graph
 *
 * (`//` stands for the comment marks here.) Body: `f() {` entry, `f();` entry and return in one line, `}` return,
 * a comment for any other event. Stacks and plain functions are printed in the default or latency layout in between.
 */
import { type Context, clearContext, GRAPH, type Layout } from './layout.js';
import { defaultLayout } from './layout-default.js';
import { latencyLayout } from './layout-latency.js';

/** Longest columns, and longest tail that tells an entry from a leaf. */
const REACH = 256;
const SPACE = 0x20;
const NEWLINE = 0x0a;
/** Time, CPU and task: what a newline in the comm can tear. */
const TORN = 48;

const TIME = /^ *(\d{1,10})\.(\d{6}) \| {1,2}/;
const REL_TIME = /^ *(-?\d{1,16}) us \| {1,2}(?= *\d+\) )/;
const CPU = /^ *(\d{1,5})\) /;
/** The task's comm, cut to 7 bytes, centred in 14 columns with its pid. */
const PROC = /^(?=[\s\S]{14} \| )( *)([\s\S]{0,7}?)-(\d{1,10}) * \| |^([\s\S]{0,7})-(\d{6,10}) \| /;
const FLAGS = /^ ([dDbX.][A-Za-z.][A-Za-z.][0-9A-Za-z.]{1,6}) \| /;
const DURATION = /^(?:[+!#*@$ ] (\d{1,12})(?:\.(\d{1,3}))? us *| {14,16})\| {2}/;

const OPEN = /\) \{(?: \/\*.*\*\/)? *$/;
const LEAF = /\);(?: \/\*.*\*\/)? *$/;

export const graphLayout: Layout = { name: 'ftrace-graph', commWidth: 0, tornWidth: TORN, parse, loose: null };

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  if (graphLine(bytes, start, end, out)) return true;
  if (end - start <= TORN && tornLine(bytes, start, end, out)) return true;
  out.graph = GRAPH.none;
  if (defaultLayout.parse(bytes, start, end, out)) return true;
  if (!latencyLayout.parse(bytes, start, end, out)) return false;
  // Its time counts from the start of the buffer, that of the graph lines from elsewhere.
  out.fraction = -1;
  return true;
}

/** The columns stand on several lines, because the comm has line breaks: at most seven bytes of it are printed. */
function tornLine(bytes: Buffer, start: number, firstEnd: number, out: Context): boolean {
  if (!/^ *(?:\d+\.\d{6} \| +|-?\d+ us \| +)?(?:\d{1,5}\) )? /.test(bytes.toString('latin1', start, firstEnd)))
    return false;
  for (let end = firstEnd, breaks = 0; breaks < 7 && end - start <= TORN; breaks++) {
    end = bytes.indexOf(NEWLINE, end + 1);
    if (end < 0) end = bytes.length;
    if (graphLine(bytes, start, end, out) && out.commEnd > firstEnd) return true;
    if (end === bytes.length) return false;
  }
  return false;
}

function graphLine(bytes: Buffer, start: number, end: number, out: Context): boolean {
  const head = bytes.toString('latin1', start, Math.min(end, start + REACH));
  clearContext(start, end, out);
  let at = 0;
  const take = (column: RegExp): RegExpExecArray | null => {
    const match = column.exec(head.slice(at));
    if (match !== null) at += match[0].length;
    return match;
  };
  time(take, out);
  const cpu = take(CPU);
  if (cpu !== null) out.cpu = Number(cpu[1]);
  const procAt = at;
  const proc = take(PROC);
  if (proc !== null) {
    out.commStart = start + procAt + (proc[1]?.length ?? 0);
    out.commEnd = out.commStart + (proc[2] ?? proc[4] ?? '').length;
    out.pid = Number(proc[3] ?? proc[5]);
    if (out.pid > 0x7fffffff) return false;
  }
  const flagsAt = at;
  const flags = take(FLAGS);
  if (flags !== null) {
    out.flagsStart = start + flagsAt + 1;
    out.flagsEnd = out.flagsStart + (flags[1] as string).length;
  }
  const duration = take(DURATION);
  if (cpu === null && duration === null && out.fraction < 0) return false;
  // At most seven digits are printed: long durations have fewer behind the dot.
  out.dur = duration?.[1] === undefined ? -1 : Number(duration[1]) * 1000 + Number((duration[2] ?? '').padEnd(3, '0'));
  return graphBody(bytes, start + at, end, out);
}

function time(take: (column: RegExp) => RegExpExecArray | null, out: Context): void {
  const stamp = take(TIME);
  if (stamp !== null) {
    out.fraction = 6;
    const nanos = BigInt(stamp[1] as string) * 1_000_000_000n + BigInt(stamp[2] as string) * 1000n;
    out.ts = Number(nanos);
    out.bigTs = Number.isSafeInteger(out.ts) ? null : nanos;
  }
  const relative = take(REL_TIME);
  if (relative !== null && stamp === null) {
    out.fraction = 6;
    out.ts = Number(relative[1]) * 1000;
  }
}

/** `f() {`, `f();`, `}` or a comment, with its indentation from `from` on. */
export function graphBody(bytes: Buffer, from: number, end: number, out: Context): boolean {
  let at = from;
  while (at < end && bytes[at] === SPACE) at++;
  if (at >= end) return false;
  out.depth = (at - from) >> 1;
  out.body = at;
  if (bytes[at] === 0x7d /* } */) {
    if (at + 1 < end && bytes[at + 1] !== SPACE) return false;
    out.graph = GRAPH.exit;
    return true;
  }
  if (bytes[at] === 0x2f && bytes[at + 1] === 0x2a /* the marks of a comment */) {
    out.graph = GRAPH.comment;
    out.body = Math.min(at + 3, end);
    return true;
  }
  const tail = bytes.toString('latin1', Math.max(at, end - REACH), end);
  out.graph = OPEN.test(tail) ? GRAPH.entry : LEAF.test(tail) ? GRAPH.leaf : GRAPH.none;
  return out.graph !== GRAPH.none;
}
