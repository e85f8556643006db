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
  /** Bare or 0x-prefixed hex, unsigned 64 bit; pointers too: hashed ones since 4.15, `(null)` gives NULL. */
  | 'hex'
  /** true or false. */
  | 'bool'
  /** State bits of a task as a number (option fields); shown as the letters of sched_switch. */
  | 'state';

export type Field = readonly [name: string, type: FieldType];

export interface TextForm {
  /** Capture groups in the order of `fields`. */
  readonly pattern: string;
  readonly fields: readonly Field[];
}

export interface EventGrammar extends TextForm {
  readonly name: string;
  /**
   * Texts that look altogether different: those of 2.6.32, of option fields (6.4), of trace-cmd's plugins. Their columns are
   * among those of the event.
   */
  readonly variants: readonly TextForm[];
  /** Columns that the import decodes beside the text (function_graph): in the order of the event's values. */
  readonly values: readonly string[];
}

interface More {
  /**
   * Names of the event's fields in the kernel, in their order there, each with the column it goes to and its type where they
   * differ: `comm:task_comm prev_state/state`.
   */
  readonly kernel?: string;
  /** Patterns of older kernels and of trace-cmd, with the columns of their groups. */
  readonly other?: readonly (readonly [pattern: string, columns: string])[];
  readonly values?: readonly string[];
}

export function grammar(
  name: string,
  pattern: string,
  fields: Readonly<Record<string, FieldType>>,
  more: More = {},
): EventGrammar {
  const typed = Object.entries(fields);
  const fieldOf = (column: string): Field => {
    const type = fields[column];
    if (type === undefined) throw new Error(`${name} has no column ${column}`);
    return [column, type];
  };
  const variants: TextForm[] = (more.other ?? []).map(([text, columns]) => ({
    pattern: text,
    fields: words(columns).map(fieldOf),
  }));
  if (more.kernel !== undefined) {
    const kernel = words(more.kernel).map((word) => {
      const [, field = '', column = field, type] = /^(\w+)(?::(\w+))?(?:\/(\w+))?$/.exec(word) ?? [];
      const [, usual] = fieldOf(column);
      return [field, [column, (type as FieldType | undefined) ?? usual]] as const;
    });
    variants.push(fieldsForm(kernel), fieldsForm([...kernel].reverse()));
  }
  return { name, pattern, fields: typed, variants, values: more.values ?? [] };
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * Option fields (kernel/trace/trace_output.c, print_fields): `comm=bash pid=0x4d2 (1234)`; 1 byte `'c'(99)` or `(7)`; pointers to
 * code by symbol, other 8 bytes by symbol or in hex, then decimal. The first kernels with it printed the fields in reverse order.
 */
function fieldsForm(kernel: readonly (readonly [name: string, column: Field])[]): TextForm {
  const value = ([, [, type]]: (typeof kernel)[number]): string => {
    if (type === 'text') return '(.*)';
    if (type === 'state') return '0x[0-9a-f]+ \\((\\d+)\\)';
    if (type === 'hex') return '0x([0-9a-f]+)(?: \\(-?\\d+\\))?';
    return "(?:0x[0-9a-f]+ |'.')?\\((-?\\d+)\\)";
  };
  return {
    pattern: kernel.map((field) => `${field[0]}=${value(field)}`).join(' '),
    fields: kernel.map(([, column]) => column),
  };
}

/** How the value of a field is printed: `int`, `hex` (with or without 0x, pointers), `word` (no blank), `text`, `bool`. */
const VALUES: Readonly<Record<string, readonly [pattern: string, type: FieldType]>> = {
  int: ['(-?\\d+)', 'int'],
  hex: ['((?:0x)?[0-9a-f]+| *\\(null\\)|\\(____ptrval____\\)|\\(efault\\))', 'hex'],
  word: ['(\\S*)', 'text'],
  text: ['(.*)', 'text'],
  bool: ['(true|false|[01])', 'bool'],
};

/**
 * An event that prints `key=value key=value`: `keyed('net_dev_queue', 'dev:word skbaddr:hex len:int')`. A field in brackets
 * is missing on some kernels, `key>column:type` names the column otherwise.
 */
export function keyed(name: string, layout: string, more: More = {}): EventGrammar {
  const fields: Record<string, FieldType> = {};
  const parts = words(layout).map((word, i) => {
    const match = /^(\[)?([\w-]+)(?:>(\w+))?:(\w+)\]?$/.exec(word);
    const [pattern, type] = VALUES[match?.[4] ?? ''] ?? [];
    if (match === null || pattern === undefined || type === undefined) throw new Error(`${name}: ${word} is no field`);
    const [, optional, key = '', column = key.replaceAll('-', '_')] = match;
    fields[column] = type;
    const text = `${i === 0 ? '' : ' '}${key}=${pattern}`;
    return optional === undefined ? text : `(?:${text})?`;
  });
  return grammar(name, parts.join(''), fields, more);
}
