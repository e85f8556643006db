/** A raw line of the trace: comm, arguments and addresses replaced, its shape kept. */
import type { Pseudonyms } from './pseudonyms.js';
import { redactHeader } from './redact-header.js';
import { type Harmless, redactWords } from './redact-words.js';

/** comm, -pid, the columns up to the time, the body. The comm is lazy: what it might hide is redacted with the body. */
const RECORD = /^( *)(.*?)(-\d+ +(?:\([ \d-]{7}\) +)?\[\d+\] .*?\d: )(.*)$/s;
/** The same in the latency layout: cpu and flags in one word, microseconds since the start or a bare count. */
const LATENCY_RECORD = /^( *)(.*?)(-\d+ +(?:\([ \d-]{7}\) +)?\d+\S{4,8} +\d+(?:us)?[ !+#*@$>]*: )(.*)$/s;
const FRAME = /^( *=> +)(.*)$/s;
/** Events whose whole text was written by a program. */
const WRITTEN = /^(?:tracing_mark_write|print|bprint|bputs|user_events?|raw_data)\b/;

export function redactLine(line: string, names: Pseudonyms, harmless: Harmless): string {
  if (line.startsWith('#')) return redactHeader(line, names);
  const frame = FRAME.exec(line);
  if (frame !== null) return (frame[1] ?? '') + redactFrame(frame[2] ?? '', names);
  const record = RECORD.exec(line) ?? LATENCY_RECORD.exec(line);
  if (record === null) return redactWords(line, names, harmless);
  const [, space = '', comm = '', columns = '', body = ''] = record;
  const name = names.comm(comm);
  return name.padStart(space.length + comm.length) + columns + redactBody(body, names, harmless);
}

/** A symbol of the kernel names nobody; addresses and files of a program do. */
export function redactFrame(frame: string, names: Pseudonyms): string {
  return frame
    .replace(/(?<![\w+])(?:0x)?[\da-f]{8,16}(?!\w)/gi, (address) => names.address(address))
    .replace(/\.{0,2}\/[^\s[\]()]+/g, (path) => names.path(path));
}

function redactBody(body: string, names: Pseudonyms, harmless: Harmless): string {
  const [, name = '', between = '', args = ''] = /^([\w.:-]*?)(: |\(| -> |$)(.*)$/s.exec(body) ?? [];
  if (WRITTEN.test(name)) return name + between + names.marker(args);
  if (name === '') return redactWords(body, names, harmless);
  return (
    (harmless.has(name) ? name : redactWords(name, names, harmless)) + between + redactWords(args, names, harmless)
  );
}
