/** Keys are the column names. Integers beyond 2^53 are strings already. */
import { safeJson } from '../../base/safe-json.js';
import type { Row } from '../../trace/result.js';
import { emit } from '../io.js';
import type { Batches, OutColumn, Printer } from './types.js';

export { safeJson };

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
