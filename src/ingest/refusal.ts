/** Why a file gives no capture to work with, in words for its owner. Nothing is ever imported as silently empty. */
import type { HeaderFacts, LineAccount, Refusal } from '../trace/record.js';

const SAVE = 'save the text of /sys/kernel/tracing/trace';

/** Files that people mistake for the trace's text, by their first bytes. */
const LOOK_ALIKES: readonly (readonly [pattern: RegExp, reason: string, hint: string])[] = [
  [
    /^\x17\x08\x44tracing/,
    "is trace-cmd's binary trace.dat",
    'trace-cmd report trace.dat > trace.txt, then ftrail on trace.txt',
  ],
  [
    /^PERFILE2/,
    'is a perf.data file',
    'ftrail reads ftrace text: record with trace-cmd, or save /sys/kernel/tracing/trace',
  ],
  [/^\x7fELF/, 'is a program, not a trace', SAVE],
  [
    /^# event histogram/,
    'is a histogram of a hist trigger, it has no records',
    'save the trace file, not events/.../hist',
  ],
  [
    /^\s*[{[][\s\S]{0,4000}"(?:traceEvents|systemTraceEvents|ph)"\s*:/,
    'is a Chrome trace in JSON, not ftrace text',
    'its "systemTraceEvents" holds the ftrace text, if it has one',
  ],
  [
    /^\[\d\d:\d\d:\d\d\.\d{9}\] \(\+[\d.?]+\)/,
    'is LTTng text (babeltrace), not ftrace',
    `LTTng records are another format: ${SAVE}`,
  ],
  [
    /^ *\S.{0,40}? +\d+(?:\/\d+)? +(?:\[\d{3,}\] +)?(?:[dDbX.]\S{2,7} +)?\d+\.\d{6,9}: +(?:\d+ +)?[\w-]+:[\w:-]+(?:\/[^\n]*\/)?:?(?:[ \n]|$)/m,
    'is output of perf script: its layout and call chains differ from ftrace',
    'record the same events with trace-cmd record, or in /sys/kernel/tracing, and save the trace',
  ],
];

/** `head`: the file's first bytes as latin1. `misfit`: the first line that fitted nothing. */
export function refusalOf(
  records: number,
  lines: LineAccount,
  header: HeaderFacts,
  misfit: { readonly lineNo: number; readonly text: string } | null,
  head: string,
  containers: readonly string[],
): Refusal | null {
  if (records > 0) return null;
  const refuse = (reason: string, hint: string): Refusal => ({
    reason,
    hint,
    lineNo: misfit?.lineNo ?? null,
    text: misfit?.text ?? null,
  });
  if (lines.lines === 0) return refuse('is empty', SAVE);
  for (const [pattern, reason, hint] of LOOK_ALIKES) if (pattern.test(head)) return refuse(reason, hint);
  if (containers.includes('dmesg'))
    return refuse('is a kernel log without an ftrace dump in it', `${SAVE}; the log goes beside it: --dmesg FILE`);
  if (containers.includes('systrace')) return refuse('is a web page without ftrace text in it', SAVE);
  const binary = head.includes('\u0000');
  if (binary && header.tracer !== null) {
    return refuse(
      'was saved with the option bin: the records are binary, their text cannot be recovered',
      'echo 0 > /sys/kernel/tracing/options/bin, then save the trace again',
    );
  }
  if (binary) return refuse('is no ftrace text: binary data', SAVE);
  if (lines.lines === lines.header + lines.continuation + lines.marker) {
    const counted = header.entriesInBuffer === null ? '' : `, which counts ${header.entriesInBuffer} records`;
    return refuse(
      `is a trace without a single record (${lines.lines} lines of header${counted})`,
      'was tracing on (tracing_on), and was an event enabled?',
    );
  }
  return refuse(`is no ftrace text: no record in ${lines.lines} lines`, SAVE);
}
