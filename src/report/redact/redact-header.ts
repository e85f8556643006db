/**
 * A comment line of the trace. The kernel's own are made of few words (kernel/trace/trace.c, print_*_header and
 * print_trace_header, 6.12); any other word may be somebody's, also where a marker's second line looks like a comment.
 */
import type { Pseudonyms } from './pseudonyms.js';

const WORDS = new Set(
  `tracer entries-in-buffer/entries-written irqs-off irqs-off/BH-disabled need-resched need-resched-lazy hardirq hardirq/softirq softirq
v1.1.5 preempt_rt preempt-depth preempt-lazy-depth migrate-disable delay irq-info task-pid tgid cpu cpu# timestamp function function-name caller latency us
duration calls call graph real time time/pid cmd pid rel abs m preempt desktop server rt lazy p vp kp sp hp task uid nice policy rt_prio
started ended at on to version trace latency-trace tracing kernel buffer lost of the a is no with
nop function_graph wakeup wakeup_rt wakeup_dl irqsoff preemptoff preemptirqsoff blk hwlat osnoise timerlat mmiotrace branch noise max
event events triggered snapshot allocated freed available in by count val ns ms sec`.split(/\s+/),
);

const TASK = /^(#.*\btask: )(.*)(-\d+ \(uid:.*)$/s;
const STARTED = /^#.*=> (?:started at|ended at): /;

export function redactHeader(line: string, names: Pseudonyms): string {
  const task = TASK.exec(line);
  if (task !== null) return `${task[1]}${names.comm(task[2] ?? '')}${task[3]}`;
  // A symbol of the kernel.
  if (STARTED.test(line)) return line;
  return line.replace(/[\p{L}_$][\p{L}\p{N}_$./@-]*/gu, (word) => (isOurs(word) ? word : names.word(word)));
}

const isOurs = (word: string): boolean =>
  word.length === 1 || /^_[-_/]*$/.test(word) || WORDS.has(word.toLowerCase().replace(/[.-]+$/, ''));
