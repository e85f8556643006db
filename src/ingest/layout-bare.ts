/**
 * Option nocontext-info: bodies only, nothing tells who, where or when. A line is a record when it reads as a body.
 *
 *   sys_write -> 0x2
 *   signal_generate: sig=10 errno=0 code=0 comm=mini-0 pid=366 grp=1 res=0
 *   <stack trace>
 *     getname() {                      function_graph: bodies with their indentation
 */
import { type Context, clearContext, GRAPH, type Layout } from './layout.js';
import { graphBody } from './layout-graph.js';

const BODY =
  /^(?:sys_\w+(?:\(.*\)| -> 0x[0-9a-f]+)$|[A-Za-z_][\w.]*:(?: |$)|<(?:user )?stack trace>$|[^\s:]+(?: \[\w+\])?(?: <[0-9a-f]{8,16}>)? <-\S|# [0-9a-f]+ buf:|(?:type: |Unknown type )\d+$)/;

export const bareLayout: Layout = { name: 'ftrace-nocontext', commWidth: 0, tornWidth: 0, parse, loose: null };

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  clearContext(start, end, out);
  out.dur = -1;
  if (graphBody(bytes, start, end, out)) return true;
  out.graph = GRAPH.none;
  out.body = start;
  return BODY.test(bytes.toString('latin1', start, Math.min(end, start + 1024)));
}
