/** Keys are the column names. Integers beyond 2^53 are strings already. */
import type { Row } from '../../trace/result.js';
import { emit } from '../io.js';
import type { Batches, OutColumn, Printer } from './types.js';

/** Valid JSON that a terminal shows as it is: control characters outside ASCII and reordering marks are escaped too. */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const ordered = (row: Row, columns: readonly OutColumn[]): string =>
  `{${columns.map(({ name }) => `${safeJson(name)}:${safeJson(row[name] ?? null)}`).join(',')}}`;

const lines = async (
  out: Parameters<Printer>[0],
  columns: readonly OutColumn[],
  batches: Batches,
  [first, between]: readonly [string, string],
): Promise<number> => {
  let count = 0;
  for await (const rows of batches) {
    let text = '';
    for (const row of rows) text += `${count++ === 0 ? first : between}${ordered(row, columns)}`;
    await emit(out, text);
  }
  return count;
};

export const printJson: Printer = async (out, columns, batches) => {
  const count = await lines(out, columns, batches, ['[\n', ',\n']);
  await emit(out, count === 0 ? '[]\n' : '\n]\n');
  return count;
};

export const printNdjson: Printer = async (out, columns, batches) => {
  const count = await lines(out, columns, batches, ['', '\n']);
  if (count > 0) await emit(out, '\n');
  return count;
};
