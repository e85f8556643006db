/** What the first bytes of a file tell about everything around the trace: its container, the tool that printed it. */
import { type Container, carriageReturns, prefixed, webPage } from './container.js';
import { dmesg, isLogLine } from './container-dmesg.js';
import { isSystrace, systrace } from './container-html.js';

export interface Sniffed {
  /** From the outside in. */
  readonly containers: readonly Container[];
  /** Who printed the lines. */
  readonly tool: 'ftrace' | 'trace-cmd';
  /** Event names are padded with blanks, as trace-cmd does. */
  readonly padded: boolean;
}

const PADDED = /(?:^|: )([A-Za-z_]\w*):( +)\S/;
const NAME_COLUMNS = 22;

export function sniff(bytes: Buffer): Sniffed {
  const text = bytes.toString('latin1');
  const lines = text.split('\n').slice(0, -1);
  const filled = lines.filter((line) => line.trim() !== '');
  const most = (fits: (line: string) => boolean, share: number): boolean =>
    filled.length > 0 && filled.filter(fits).length >= filled.length * share;
  const containers: Container[] = [];
  if (most((line) => line.endsWith('\r'), 0.9)) containers.push(carriageReturns());
  if (isSystrace(text)) containers.push(systrace());
  else if (most(isLogLine, 0.5) || /^Dumping ftrace buffer:\r?$/m.test(text)) containers.push(dmesg());
  const prefix = /^(?:(?:> ?)+|\t+)/.exec(filled[0] ?? '')?.[0];
  if (prefix !== undefined && most((line) => line.startsWith(prefix) || line.startsWith(prefix.trimEnd()), 0.95))
    containers.push(prefixed(Buffer.from(prefix, 'latin1')));
  if (
    /&lt;(?:idle|\.\.\.|stack trace)&gt;|=&gt; |&lt;-/.test(text) ||
    most((line) => line.includes('\u00c2\u00a0'), 0.5)
  )
    containers.push(webPage());
  const padded = mostPadded(filled);
  const traceCmd = padded || /^(?:cpus=\d+|version = \d+)\r?$/m.test(text.slice(0, 2000));
  return { containers, tool: traceCmd ? 'trace-cmd' : 'ftrace', padded };
}

/** trace-cmd prints names in 20 columns, a colon and a blank. */
function mostPadded(lines: readonly string[]): boolean {
  const events = lines.flatMap((line) => PADDED.exec(line.slice(0, 200)) ?? []).length / 3;
  if (events === 0) return false;
  const padded = lines.filter((line) => {
    const match = PADDED.exec(line.slice(0, 200));
    return (
      match !== null &&
      (match[2] as string).length > 1 &&
      // One more blank in front of the fields of option -R.
      ((match[1] as string).length + 1 + (match[2] as string).length - NAME_COLUMNS) >> 1 === 0
    );
  });
  return padded.length >= events * 0.5;
}
