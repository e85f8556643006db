/** Short forms for the columns that analyses declare. */
import type { Column } from '../trace/result.js';

type Unit = NonNullable<Column['unit']>;

export const text = (name: string, label: string, doc: string): Column => ({ name, type: 'text', label, doc });
/** Sentences and trees: what makes the row worth reading. */
export const words = (name: string, label: string, doc: string, least: number): Column => ({
  name,
  type: 'text',
  label,
  doc,
  least,
});
export const integer = (name: string, label: string, doc: string, unit?: Unit): Column =>
  unit === undefined ? { name, type: 'integer', label, doc } : { name, type: 'integer', unit, label, doc };
/** A moment or a duration in ns (ticks where the capture's clock counts ticks). */
export const nanos = (name: string, label: string, doc: string): Column => integer(name, label, doc, 'ns');
/** A line of the trace: what the row rests on. */
export const line = (name: string, label: string, doc: string): Column => integer(name, label, doc, 'line');
