/** A table for people. Column widths come from the first rows, so that any number of rows can be printed in flat memory. */
import type { Row } from '../../trace/result.js';
import { emit } from '../io.js';
import { cellText } from './cell.js';
import type { Look, OutColumn, Printer } from './types.js';
import { cutTo, displayWidth, padEnd, padStart } from './width.js';

const MEASURED_ROWS = 1000;
const GAP = '  ';
/** A column is not made narrower than this to fit the terminal, unless it names another width. */
const NARROWEST = 8;
const leastOf = (column: OutColumn): number => column.least ?? NARROWEST;

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;

export const printTable: Printer = async (out, all, batches, look) => {
  let columns = all;
  const cut = look.width !== undefined;
  let waiting: string[][] = [];
  let widths: readonly number[] | undefined;
  let count = 0;
  const write = async (): Promise<void> => {
    let text = '';
    if (widths === undefined) {
      const natural = naturalWidths(all, waiting);
      const fitting = fittingColumns(all, natural, look.width);
      columns = all.filter((_column, i) => fitting.has(i));
      if (columns.length < all.length) waiting = waiting.map((cells) => cells.filter((_cell, i) => fitting.has(i)));
      const shown = natural.filter((_width, i) => fitting.has(i));
      widths = look.width === undefined ? shown : narrowed(columns, shown, look.width);
      const names = columns.map((column) => column.name);
      const head = line(names, columns, widths, cut);
      text = look.color ? `${BOLD[0]}${head.trimEnd()}${BOLD[1]}\n` : head;
    }
    for (const cells of waiting) text += line(cells, columns, widths, cut);
    waiting = [];
    await emit(out, text);
  };
  for await (const rows of batches) {
    count += rows.length;
    for (const row of rows) waiting.push(texts(row, columns, look));
    if (widths !== undefined || waiting.length >= MEASURED_ROWS) await write();
  }
  if (waiting.length > 0) await write();
  if (columns.length < all.length)
    look.leftOut?.(all.filter((column) => !columns.includes(column)).map((column) => column.name));
  return count;
};

const texts = (row: Row, columns: readonly OutColumn[], look: Look): string[] =>
  columns.map((column) => cellText(row[column.name] ?? null, column, look.clock));

const toTheRight = (column: OutColumn): boolean => column.type === 'integer' || column.type === 'number';

function line(
  cells: readonly string[],
  columns: readonly OutColumn[],
  widths: readonly number[],
  cut: boolean,
): string {
  const padded = cells.map((text, i) => {
    const width = widths[i] as number;
    const shown = cut ? cutTo(text, width) : text;
    return toTheRight(columns[i] as OutColumn) ? padStart(shown, width) : padEnd(shown, width);
  });
  return `${padded.join(GAP).trimEnd()}\n`;
}

/** Widths that the cells need. */
const naturalWidths = (columns: readonly OutColumn[], rows: readonly string[][]): number[] =>
  columns.map((column, i) =>
    rows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[i] as string)), displayWidth(column.name)),
  );

const lineWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));

/** Columns that say what a row is about, and the line that it rests on, stay however narrow the terminal is. */
const FIRST = 2;

/** Indexes of the columns that a line has room for, the last ones left out first, and what is made to be read not at all. */
function fittingColumns(
  columns: readonly OutColumn[],
  natural: readonly number[],
  limit: number | undefined,
): ReadonlySet<number> {
  const kept = new Set(columns.keys());
  if (limit === undefined) return kept;
  const least = natural.map((width, i) =>
    toTheRight(columns[i] as OutColumn) ? width : Math.min(width, leastOf(columns[i] as OutColumn)),
  );
  for (let i = columns.length - 1; i >= FIRST && lineWidth(least.filter((_w, at) => kept.has(at))) > limit; i--) {
    if (columns[i]?.name !== 'line_no' && columns[i]?.least === undefined) kept.delete(i);
  }
  return kept;
}

/** For a terminal the widest texts are narrowed until a line fits. Numbers are never cut. */
function narrowed(columns: readonly OutColumn[], natural: readonly number[], limit: number): readonly number[] {
  const widths = [...natural];
  const texts = columns.flatMap((column, i) => (toTheRight(column) ? [] : [i]));
  const narrow = (spare: (i: number) => number): void => {
    for (let excess = lineWidth(widths) - limit; excess > 0; excess--) {
      const widest = texts
        .filter((i) => spare(i) > 0)
        .reduce((best, i) => (best < 0 || (widths[i] as number) > (widths[best] as number) ? i : best), -1);
      if (widest < 0) return;
      widths[widest] = (widths[widest] as number) - 1;
    }
  };
  narrow((i) => (widths[i] as number) - leastOf(columns[i] as OutColumn));
  // Nothing else is left to give room.
  narrow((i) => (widths[i] as number) - NARROWEST);
  return widths;
}
