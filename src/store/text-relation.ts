/** A relation over the lines of one event: its columns are what patterns capture in the text. */

import { identifier, literal } from '../base/sql-text.js';
import type { FieldType } from '../trace/events/index.js';
import { fieldColumn, type InferredType } from '../trace/infer.js';

export interface TextField {
  readonly name: string;
  readonly type: FieldType | InferredType;
  /** Not on every line: an empty text stands for none. */
  readonly optional?: boolean;
}

/** One way in which the text is printed. */
export interface TextShape {
  readonly pattern: string;
  /** Capture groups in order. */
  readonly fields: readonly TextField[];
  /** Whether the pattern begins with a group of its own that tells a match. */
  readonly marked: boolean;
}

/** Captures of which this is said; undefined: all. */
export type OfCaptures = readonly (number | string)[] | undefined;

export const inCaptures = (column: string, captures: OfCaptures): string =>
  captures === undefined
    ? 'true'
    : `${column} IN (${captures.map((id) => (typeof id === 'string' ? literal(id) : id)).join(', ')})`;

/** Columns of every event. */
const COMMON = 'event_id, ts, cpu, comm, pid';

/**
 * View ev.`view` of the event `name`. Each line is read with the first shape that fits it; the columns are those of all shapes, NULL where a line
 * does not have them. `values`: columns that are held as numbers beside the text.
 */
export function textView(
  view: string,
  name: string,
  shapes: readonly TextShape[],
  values: readonly string[] = [],
): string {
  const create = `CREATE OR REPLACE VIEW ev.${identifier(view)} AS SELECT ${COMMON}`;
  if (shapes.length === 0) return `${create}, args AS text FROM main.text_event WHERE name = ${literal(name)}`;
  const columns = new Map<string, string[]>();
  shapes.forEach((shape, i) => {
    shape.fields.forEach((field, j) => {
      const column = fieldColumn(field.name);
      const text = `x${i}.f${j}`;
      const value =
        field.optional === true && field.type === 'text'
          ? `nullif(${text}, '')`
          : fieldValue(text, field.type, `x${i}.m`);
      columns.set(column, [...(columns.get(column) ?? []), `WHEN x${i}.m <> '' THEN ${value}`]);
    });
  });
  const selected = [...columns].map(([column, cases]) => `, CASE ${cases.join(' ')} END AS ${identifier(column)}`);
  const numbers = values.map(
    (column, i) => `, CASE WHEN form > ${i + 1} THEN a${i}::BIGINT END AS ${identifier(column)}`,
  );
  return `${create}${[...numbers, ...selected].join('')} FROM ${extracted(name, shapes)}`;
}

/** Lines of one event with what the shapes capture, as x0.m, x0.f0, x0.f1 ..., x1.m ... */
export function extracted(name: string, shapes: readonly TextShape[], captures?: OfCaptures): string {
  const parts = shapes.map((shape, i) => `, ${extraction(shape)} AS x${i}`);
  return `(SELECT ${COMMON}, form, a0, a1, a2${parts.join('')} FROM main.text_event WHERE name = ${literal(name)} AND ${inCaptures('capture_id', captures)})`;
}

function extraction(shape: TextShape): string {
  const pattern = `(?s)^${shape.marked ? '' : '('}${shape.pattern}${shape.marked ? '' : ')'}$`;
  const groups = ["'m'", ...shape.fields.map((_, i) => `'f${i}'`)].join(', ');
  return `regexp_extract(args, ${literal(pattern)}, [${groups}])`;
}

/** `whole`: what is not empty when the line matches. */
export function fieldValue(field: string, type: FieldType | InferredType, whole: string): string {
  switch (type) {
    case 'int':
      return `CASE WHEN length(${field}) > 18 THEN TRY_CAST(${field} AS HUGEINT)::BIGINT ELSE TRY_CAST(${field} AS BIGINT) END`;
    case 'hex':
      return `TRY_CAST(CASE WHEN ${field}[1:2] = '0x' THEN ${field} ELSE '0x' || ${field} END AS UBIGINT)`;
    case 'bool':
      return `TRY_CAST(${field} AS BOOLEAN)`;
    case 'string':
      return `CASE WHEN ${field}[1] = '"' THEN CASE WHEN length(${field}) > 1 AND ${field}[-1] = '"' THEN ${field}[2:-2] ELSE ${field}[2:] END END`;
    case 'state':
      return stateLetters(field);
    case 'text':
      return `CASE WHEN ${whole} <> '' THEN ${field} END`;
  }
}

/** The state bits of sched_switch as its text prints them: R where none is set, + for a preempted task (TASK_REPORT_MAX). */
function stateLetters(field: string): string {
  const bits = `TRY_CAST(${field} AS BIGINT)`;
  const letters = [...'SDTtXZPI'].map((letter, i) => `CASE WHEN ${bits} & ${1 << i} > 0 THEN '${letter}' END`);
  return `coalesce(nullif(concat_ws('|', ${letters.join(', ')}), ''), 'R') || CASE WHEN ${bits} & 256 > 0 THEN '+' ELSE '' END`;
}
