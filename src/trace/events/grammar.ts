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
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
}

export const grammar = (name: string, pattern: string, fields: Readonly<Record<string, FieldType>>): EventGrammar => ({
  name,
  pattern,
  fields: Object.entries(fields),
});
