/** A capture in the default layout as lines that can be left out. Latin-1 text: every byte is one character. */

/**
 * How the text tells of what was left out:
 *   kept       the header counts more records than are there
 *   rewritten  the header counts what is there: a silent loss
 *   uncounted  the header has no counts
 *   removed    no header
 *   marked     as rewritten, with a LOST marker wherever records of a CPU are missing
 */
export type HeaderMode = 'kept' | 'rewritten' | 'uncounted' | 'removed' | 'marked';
export const HEADER_MODES: readonly HeaderMode[] = ['rewritten', 'kept', 'marked', 'uncounted', 'removed'];

/** A record: its own line and the lines that belong to it (frames, further lines of a text). */
export interface Unit {
  /** Event name; syscalls as sys_enter_x and sys_exit_x; stack blocks as '<stack>'. */
  readonly name: string;
  /** Of a stack block: the event that it was taken at. */
  readonly stackOf: string | null;
  readonly pid: number;
  readonly cpu: number;
  readonly ts: number;
  /** Index of the first line and of the line behind the last. */
  readonly from: number;
  readonly until: number;
}

export interface CaptureText {
  readonly lines: readonly string[];
  readonly headerLines: number;
  readonly units: readonly Unit[];
}

const RECORD = /^.{16}-(\d+) +(?:\( *(?:\d+|-+)\) +)?\[(\d+)\] +(?:\S+ +)?(\d+(?:\.\d+)?): (.*)$/s;
const STACK = /^<(user )?stack trace>$/;
/** Lines that the kernel writes about what is missing: they tell of the whole, so they are never left out. */
export const MARKER = /^CPU:\d+ \[LOST |^##### CPU \d+ buffer started ####/;
const NAME = /^(?:sys_(\w+)( -> 0x|\()|(<stack trace>)|(<user stack trace>)|([\w.]+):)/;

/** `starts` are the lines (1-based) that begin an event: the text of one may hold lines that look like another. */
export function readCapture(text: string, starts: ReadonlySet<number>): CaptureText {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const units: Unit[] = [];
  const latest = new Map<string, string>();
  let headerLines = 0;
  for (const [index, line] of lines.entries()) {
    const match = RECORD.exec(line);
    if (match === null || !(starts.has(index + 1) || STACK.test(match[4] as string))) {
      if (units.length === 0) headerLines = index + 1;
      const last = units.at(-1);
      if (last !== undefined && last.until > index && MARKER.test(line))
        units[units.length - 1] = { ...last, until: index };
      continue;
    }
    const [, pid, cpu, ts, body] = match as unknown as [string, string, string, string, string];
    const name = nameOf(body);
    const place = `${cpu}/${pid}`;
    if (name !== '<stack>') latest.set(place, name);
    const last = units.at(-1);
    if (last !== undefined) units[units.length - 1] = { ...last, until: Math.min(last.until, index) };
    units.push({
      name,
      stackOf: name === '<stack>' ? (latest.get(place) ?? null) : null,
      pid: Number(pid),
      cpu: Number(cpu),
      ts: Number(ts),
      from: index,
      until: Number.POSITIVE_INFINITY,
    });
  }
  const last = units.at(-1);
  if (last !== undefined) units[units.length - 1] = { ...last, until: Math.min(last.until, lines.length) };
  return { lines, headerLines, units };
}

function nameOf(body: string): string {
  const match = NAME.exec(body);
  if (match === null) return 'function';
  if (match[1] !== undefined) return `sys_${match[2] === '(' ? 'enter' : 'exit'}_${match[1]}`;
  return match[5] ?? '<stack>';
}

export interface Ablated {
  readonly text: string;
  /** Line number in the ablated text (1-based) -> line number in the whole text. */
  readonly origin: readonly number[];
  /** Last line that was kept, by its number in the whole text. */
  readonly lastLine: number;
}

/** Puts together the lines that `keep` says stay (header lines are the mode's business). */
export function cut(capture: CaptureText, keep: readonly boolean[], mode: HeaderMode): Ablated {
  const units = new Map(capture.units.map((unit) => [unit.from, unit]));
  const records = capture.units.filter((unit) => keep[unit.from] === true).length;
  const kept: string[] = [];
  const origin = [0];
  const put = (text: string, from: number): void => {
    kept.push(text);
    origin.push(from);
  };
  const missing = new Map<number, number>();
  for (const [index, line] of capture.lines.entries()) {
    if (index < capture.headerLines) {
      const text = headerLine(line, mode, records);
      if (text !== null) put(text, index + 1);
      continue;
    }
    const unit = units.get(index);
    if (unit !== undefined && keep[index] !== true) missing.set(unit.cpu, (missing.get(unit.cpu) ?? 0) + 1);
    if (keep[index] !== true) continue;
    const lost = unit === undefined ? undefined : missing.get(unit.cpu);
    if (unit !== undefined && lost !== undefined && mode === 'marked') {
      put(`CPU:${unit.cpu} [LOST ${lost} EVENTS]`, index);
      missing.delete(unit.cpu);
    }
    put(line, index + 1);
  }
  return { text: `${kept.join('\n')}\n`, origin, lastLine: origin.at(-1) as number };
}

const COUNTS = /^(# entries-in-buffer\/entries-written: )\d+\/\d+/;

function headerLine(line: string, mode: HeaderMode, records: number): string | null {
  if (mode === 'removed') return null;
  if (mode === 'kept') return line;
  if (mode === 'uncounted') return COUNTS.test(line) ? null : line;
  return line.replace(COUNTS, `$1${records}/${records}`);
}
