/**
 * Grammar of one event's text, all variants by kernel version in one pattern. The pattern is anchored on the known order of
 * the keys, because a comm or a path may hold blanks, `=` and whole other `key=value` pairs. It must be valid both in
 * JavaScript (flag s) and in RE2 (`(?s)`), so: no look-around, no back references.
 */
export type FieldType =
  /** Any text. */
  | 'text'
  /** Signed decimal. */
  | 'int'
  /** Bare or 0x-prefixed hex, unsigned 64 bit. */
  | 'hex'
  /** true or false. */
  | 'bool';

export interface EventGrammar {
  readonly name: string;
  /** Capture groups in the order of `fields`. */
  readonly pattern: string;
  /** The same groups where option fields was set: `sig=0x9 (9) errno=0x0 (0) ... comm=a.out pid=0x2a (42)`. */
  readonly recordPattern: string;
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
}

export const grammar = (name: string, pattern: string, fields: Readonly<Record<string, FieldType>>): EventGrammar => ({
  name,
  pattern,
  recordPattern: recordPattern(Object.entries(fields)),
  fields: Object.entries(fields),
});

/** Fields that were gone from the record before option fields came. */
const GONE = new Set(['success', 'running', 'vruntime']);

/**
 * Option fields prints the record's own members in order (kernel/trace/trace_output.c, print_event_fields, since 6.4): text as it
 * is, a number as hex and signed decimal.
 */
function recordPattern(fields: readonly (readonly [string, FieldType])[]): string {
  const parts = fields.map(([field, type], i) => {
    if (GONE.has(field)) return '()';
    const lead = `${i === 0 ? '' : ' '}${memberName(field)}=`;
    if (field === 'group_dead') return `(?:${lead}0x[0-9a-f]+ \\((-?\\d+)\\))?`;
    if (type === 'text' && field !== 'prev_state') return `${lead}(.*)`;
    return type === 'hex' ? `${lead}(0x[0-9a-f]+) \\(-?\\d+\\)` : `${lead}0x[0-9a-f]+ \\((-?\\d+)\\)`;
  });
  return parts.join('');
}

/** The member of the record behind a column: columns that would be taken for the line's own comm and pid have a prefix. */
function memberName(field: string): string {
  if (field === 'grp') return 'group';
  if (field === 'res') return 'result';
  return field.replace(/^(?:task|target)_(?=comm$|pid$)/, '').replace(/_kb$/, '');
}
