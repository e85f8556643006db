/**
 * Does a line belong to the text of the record above it? The kernel prints strings as they are, so a path, a comm or a
 * marker with a line break gives lines without columns of their own, or with forged ones. A whole syscall or a text of
 * numbers takes nothing. A line without columns belongs to any text that could hold a line break; a line with columns only
 * when its time is out of order (time-order.ts), or when a probe's quote is still open and this line closes it.
 */
import { KNOWN_EVENTS } from '../trace/events/index.js';
import { type EventFields, FORM, type NameEntry } from '../trace/record.js';

const QUOTE = 0x22;
const complete = new Map<string, RegExp>();

/**
 * Can more lines belong to the event's text? `strict`: only where the text cannot be whole, because the file has records
 * without columns.
 */
export function isOpen(entry: NameEntry, event: EventFields, bytes: Buffer, strict = false): boolean {
  if (event.form !== FORM.text) return false;
  switch (entry.kind) {
    case 'syscall_enter':
    case 'syscall_exit':
    case 'function':
    case 'empty':
      return false;
    case 'event':
    case 'marker':
    case 'text':
      break;
  }
  if (bytes[event.argsStart] === 0x28 /* ( */) return !strict || quoteIsOpen(bytes, event.argsStart, event.argsEnd);
  const known = KNOWN_EVENTS.get(entry.name);
  if (known === undefined || (!strict && known.pattern.includes('.*'))) return true;
  return !isComplete(known.name, known.pattern, bytes.toString('latin1', event.argsStart, event.argsEnd));
}

function isComplete(name: string, pattern: string, text: string): boolean {
  let regex = complete.get(name);
  if (regex === undefined) {
    regex = new RegExp(`^(?:${pattern})$`, 's');
    complete.set(name, regex);
  }
  return regex.test(text);
}

/** A probe's text whose quote is open at its end, and closed at the end of a line that follows. */
export function lineClosesQuote(event: EventFields, bytes: Buffer, lineEnd: number): boolean {
  if (event.form !== FORM.text || bytes[event.argsStart] !== 0x28 /* ( */) return false;
  return quoteIsOpen(bytes, event.argsStart, event.argsEnd) && !quoteIsOpen(bytes, event.argsStart, lineEnd);
}

/** A quote ends a string when the end, a blank with the next `key=`, or a list's `,` or `}` follows. */
function quoteIsOpen(bytes: Buffer, start: number, end: number): boolean {
  let open = false;
  for (let at = bytes.indexOf(QUOTE, start); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) {
    if (open) {
      if (closes(bytes, at + 1, end)) open = false;
    } else open = opens(bytes[at - 1] as number);
  }
  return open;
}

/** After `=`, `{`, `,` or a blank. */
const opens = (before: number): boolean => before === 0x3d || before === 0x7b || before === 0x2c || before === 0x20;

function closes(bytes: Buffer, at: number, end: number): boolean {
  if (at === end) return true;
  const next = bytes[at];
  if (next === 0x2c || next === 0x7d || next === 0x29) return true;
  return next === 0x20 && /^ \w+=/.test(bytes.toString('latin1', at, Math.min(end, at + 80)));
}
