/**
 * Can a record's text hold more lines? The kernel prints strings as they are, so a path, a comm or a marker with a line break
 * gives lines without columns of their own, or with forged ones. A whole syscall or a text of numbers takes nothing; a text
 * whose grammar is known is whole when it matches, a probe's when its quotes are closed.
 */
import { type EventGrammar, KNOWN_EVENTS } from '../trace/events/index.js';
import { type EventFields, FORM, type NameEntry } from '../trace/record.js';
import type { KnownKeys } from './probe-keys.js';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const grammars = new Map<string, RegExp>();

/** Argument names of the probe, undefined when none of its lines has been seen. */
export type Keys = KnownKeys | undefined;

/**
 * `closed`: nothing can follow. `whole`: the text is complete as it stands; it could go on only to be complete again.
 * `broken`: more must follow. `free`: any line may follow.
 */
export type Openness = 'closed' | 'whole' | 'broken' | 'free';

export function openness(entry: NameEntry, event: EventFields, bytes: Buffer, keys: Keys): Openness {
  if (event.form !== FORM.text) return 'closed';
  switch (entry.kind) {
    case 'syscall_enter':
    case 'syscall_exit':
    case 'function':
    case 'empty':
      return 'closed';
    case 'marker':
    case 'text':
      return 'free';
    case 'event':
      break;
  }
  const { argsStart, argsEnd } = event;
  const known = KNOWN_EVENTS.get(entry.name);
  if (bytes[argsStart] !== 0x28 /* ( */ && known === undefined) return 'free';
  if (!isWhole(entry, event, bytes, argsEnd, keys)) return 'broken';
  if (known !== undefined) return known.pattern.includes('.*') ? 'whole' : 'closed';
  const quote = bytes.indexOf(QUOTE, argsStart);
  return quote >= 0 && quote < argsEnd ? 'whole' : 'closed';
}

/**
 * Can a line with columns be part of the event's text? A comm has 15 bytes, too few for the columns of a record, so an event
 * whose only free texts are comms cannot hold one.
 */
export function holdsRecords({ name, kind }: NameEntry): boolean {
  const known = KNOWN_EVENTS.get(name);
  if (kind !== 'event' || known === undefined) return true;
  return [known, ...known.variants].some(({ pattern, fields }) =>
    capturing(pattern).some((group, i) => FREE_TEXT.test(group) && !/comm$/.test(fields[i]?.[0] ?? '')),
  );
}

/** A group that takes blanks: columns have some. */
const FREE_TEXT = /\.[*+]|\[\^(?![^\]]*(?: |\\s))/;

/** The inside of each capture group, up to the next one. */
const capturing = (pattern: string): string[] =>
  pattern
    .replace(/\\[()[\]]/g, '')
    .replace(/\[[^\]]*\]/g, (set) => set.replaceAll('(', ''))
    .split(/\((?!\?)/)
    .slice(1);

/** Is the event's text complete if it ends at `end`? For probes and events of known grammar. */
export function isWhole(entry: NameEntry, event: EventFields, bytes: Buffer, end: number, keys: Keys): boolean {
  const known = KNOWN_EVENTS.get(entry.name);
  if (known !== undefined) return grammar(known).test(bytes.toString('latin1', event.argsStart, end));
  // A char argument prints its byte between apostrophes, a line break too.
  return !quoteIsOpen(bytes, event.argsStart, end, keys) && !(bytes[end - 1] === APOSTROPHE && bytes[end - 2] === 0x3d);
}

function grammar({ name, pattern, variants }: EventGrammar): RegExp {
  let regex = grammars.get(name);
  if (regex === undefined) {
    regex = new RegExp(`^(?:${[pattern, ...variants.map((form) => form.pattern)].join('|')})$`, 's');
    grammars.set(name, regex);
  }
  return regex;
}

/**
 * A probe's text whose quote is open at its end: the end of the line on which it closes, not before `from` nor behind `to`;
 * -1 when it does not. The kernel prints the closing quote always, so the lines up to there are text.
 */
export function closingLine(event: EventFields, bytes: Buffer, from: number, to: number, keys: Keys): number {
  const { argsStart, argsEnd } = event;
  if (event.form !== FORM.text || bytes[argsStart] !== 0x28 /* ( */) return -1;
  if (!quoteIsOpen(bytes, argsStart, argsEnd, keys)) return -1;
  for (let end = from; end <= to; ) {
    if (!quoteIsOpen(bytes, argsStart, end, keys)) return end;
    const quote = bytes.indexOf(QUOTE, end);
    if (quote < 0 || quote > to) return -1;
    const next = bytes.indexOf(NEWLINE, quote);
    end = next < 0 ? bytes.length : next;
  }
  return -1;
}

/** A quote ends a string when the end, a blank with the next `key=`, or a list's `,` or `}` follows. */
function quoteIsOpen(bytes: Buffer, start: number, end: number, keys: Keys): boolean {
  let open = false;
  for (let at = bytes.indexOf(QUOTE, start); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) {
    if (!open) open = opens(bytes[at - 1] as number);
    else if (at + 1 === end) open = !hasAll(bytes, start, end, keys);
    else if (closes(bytes, at + 1, end, keys)) open = false;
  }
  return open;
}

/** Every line of a probe has all of its arguments. */
function hasAll(bytes: Buffer, start: number, end: number, keys: Keys): boolean {
  if (keys === undefined || !keys.sure) return true;
  const text = bytes.toString('latin1', start, end);
  return [...keys.names].every((key) => text.includes(` ${key}=`));
}

/** After `=`, `{`, `,` or a blank. */
const opens = (before: number): boolean => before === 0x3d || before === 0x7b || before === 0x2c || before === 0x20;

function closes(bytes: Buffer, at: number, end: number, keys: Keys): boolean {
  const next = bytes[at];
  if (next === 0x2c || next === 0x7d || next === 0x29) return true;
  if (next !== 0x20) return false;
  const key = /^ (\w+)=/.exec(bytes.toString('latin1', at, Math.min(end, at + 80)))?.[1];
  return key !== undefined && (keys === undefined || keys.names.has(key));
}
