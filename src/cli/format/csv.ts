/** CSV with a header line. Cells that a spreadsheet would run as a formula get a leading apostrophe. */
import Papa from 'papaparse';
import { visible } from '../../base/visible.js';
import type { CellValue } from '../../trace/result.js';
import { emit } from '../io.js';
import type { OutColumn, Printer } from './types.js';

export const printCsv: Printer = async (out, columns, batches) => {
  const config = { newline: '\n', escapeFormulae: true } as const;
  const shown =
    out.isTTY === true ? (value: unknown) => (typeof value === 'string' ? visible(value) : value) : undefined;
  await emit(out, `${Papa.unparse([columns.map((column) => column.name)], config)}\n`);
  let count = 0;
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    count += rows.length;
    const cells = rows.map((row) =>
      columns.map((column) => {
        const value = cell(row[column.name] ?? null, column);
        return shown === undefined ? value : shown(value);
      }),
    );
    await emit(out, `${Papa.unparse(cells, config)}\n`);
  }
  return count;
};

/** A large negative integer is a string here, and must not be taken for a formula. */
const cell = (value: CellValue, column: OutColumn): CellValue | bigint =>
  column.type === 'integer' && typeof value === 'string' && /^-\d+$/.test(value) ? BigInt(value) : value;
