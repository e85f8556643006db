/**
 * The log of a SystemTap script that prints who sent which signal to whom (probe signal.send; execname and pid are of the task that
 * ran). No time, no CPU, no delivery. A real-time signal has no name there but its number.
 *
 *   sig[17] SIGCHLD was sent to sh (pid:15237) by exec:ps -->:15239  uid:0
 *   sig[34] 0x22 was sent to wafd (pid:11041) by exec:swapper/0 -->:0  uid:0
 */
import { type Context, clearContext, type Layout, setComm } from './layout.js';

const LINE = /^(sig\[\d{1,3}\] \S+ was sent to .* \(pid:\d{1,10}\) by exec:)(.*) -->:(\d{1,10}) +uid:\d+ *$/;

export const stapLayout: Layout = { name: 'stap-signals', commWidth: 0, tornWidth: 0, parse, loose: null };

/** Does a body read as such a line? */
export const isStapSignal = (text: string): boolean => text.startsWith('sig[') && LINE.test(text);

function parse(bytes: Buffer, start: number, end: number, out: Context): boolean {
  if (bytes[start] !== 0x73 || bytes[start + 3] !== 0x5b) return false;
  const match = LINE.exec(bytes.toString('latin1', start, Math.min(end, start + 512)));
  if (match === null) return false;
  const pid = Number(match[3]);
  if (pid > 0x7fffffff) return false;
  clearContext(start, end, out);
  const comm = start + (match[1] as string).length;
  setComm(bytes, comm, comm + (match[2] as string).length, out);
  out.pid = pid;
  return true;
}
