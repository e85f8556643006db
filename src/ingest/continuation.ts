/**
 * Does a line belong to the text of the record above it? The kernel prints strings as they are, so a path, a comm or a
 * marker with a line break gives lines without columns of their own, or with forged ones. The evidence:
 *
 *   - a whole syscall, or a known event whose text is complete, takes nothing;
 *   - a probe string whose quote is still open goes on until a line closes it;
 *   - a marker may go on, and a line with columns below it is forged when its time is before the marker's: the kernel
 *     writes records in order of time.
 */
import { KNOWN_EVENTS } from '../trace/events/index.js';
import type { EventFields, NameEntry } from '../trace/record.js';
import { FORM } from '../trace/record.js';

const QUOTE = 0x22;
const complete = new Map<string, RegExp>();

/**
 * `hasColumns`: the line reads as a record, with a time `backwards` against the pending record or not.
 * `textEnd` is where the line ends, `begun` tells that the record has taken lines already.
 */
export function continues(
  entry: NameEntry,
  event: EventFields,
  bytes: Buffer,
  line: { hasColumns: boolean; backwards: boolean; end: number },
  begun: boolean,
): boolean {
  if (event.form !== FORM.text) return false;
  if (entry.kind === 'syscall_exit') return false;
  if (bytes[event.argsStart] === 0x28 /* ( */ || entry.kind === 'syscall_enter') {
    if (!quoteIsOpen(bytes, event.argsStart, event.argsEnd)) return false;
    return !line.hasColumns || line.backwards || !quoteIsOpen(bytes, event.argsStart, line.end);
  }
  const known = KNOWN_EVENTS.get(entry.name);
  if (known !== undefined) {
    if (isComplete(known.name, known.pattern, bytes.toString('latin1', event.argsStart, event.argsEnd))) return false;
    return !line.hasColumns || line.backwards;
  }
  if (!line.hasColumns) return true;
  return line.backwards && (entry.kind === 'marker' || begun);
}

function isComplete(name: string, pattern: string, text: string): boolean {
  let regex = complete.get(name);
  if (regex === undefined) {
    regex = new RegExp(`^${pattern}$`, 's');
    complete.set(name, regex);
  }
  return regex.test(text);
}

/** A quote ends a string when the end, a blank with the next `key=`, or a list's `,` or `}` follows. */
function quoteIsOpen(bytes: Buffer, start: number, end: number): boolean {
  let open = false;
  for (let at = bytes.indexOf(QUOTE, start); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) {
    if (!open)
      open =
        bytes[at - 1] === 0x3d /* = */ ||
        bytes[at - 1] === 0x7b /* { */ ||
        bytes[at - 1] === 0x2c ||
        bytes[at - 1] === 0x20;
    else if (closes(bytes, at + 1, end)) open = false;
  }
  return open;
}

function closes(bytes: Buffer, at: number, end: number): boolean {
  if (at === end) return true;
  const next = bytes[at];
  if (next === 0x2c || next === 0x7d || next === 0x29) return true;
  return next === 0x20 && /^ \w+=/.test(bytes.toString('latin1', at, Math.min(end, at + 80)));
}
