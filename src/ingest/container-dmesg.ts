/**
 * A kernel log with an ftrace_dump in it (kernel/trace/trace.c, ftrace_dump_one): every line has printk's prefix, the records
 * stand between two rules, in the latency layout:
 *
 *   [   51.290000] Dumping ftrace buffer:
 *   [   51.290001] ---------------------------------
 *   [   51.290002]     bash-1234    0d..1 51290123us : sys_close(fd: 3)
 *   [   51.290003] ---------------------------------
 */
import type { Container } from './container.js';

/** Also what syslog, journalctl and serial consoles put before it. */
const PREFIX =
  /^(?:<\d{1,3}>)?(?:(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ kernel: )?(?:<\d{1,3}>)?(?:\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? ?)?/;
const STAMPED = /^.{0,80}\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? /;
const BEGIN = 'Dumping ftrace buffer:';
const RULE = /^-{20,}$/;

/** Does the line look like one of a kernel log? */
export const isLogLine = (text: string): boolean => STAMPED.test(text) && PREFIX.exec(text)?.[0] !== '';

export function dmesg(): Container {
  let state: 'outside' | 'rule' | 'inside' = 'outside';
  return {
    name: 'dmesg',
    line(bytes) {
      const text = bytes.toString('latin1');
      const rest = (PREFIX.exec(text) as RegExpExecArray)[0].length;
      const content = text.slice(rest);
      if (content === BEGIN) state = 'rule';
      else if (RULE.test(content)) state = state === 'rule' ? 'inside' : 'outside';
      else if (state === 'inside') return bytes.subarray(rest);
      return null;
    },
  };
}
