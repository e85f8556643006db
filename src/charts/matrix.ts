/** Who to whom and how often: a field of cells, the count in words, the shade as a second hint. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  readonly count: number;
}

const MOST = 14;
const LEVELS = [ROLES.level1, ROLES.level2, ROLES.level3, ROLES.level4, ROLES.level5] as const;

/** The rows and columns with the highest counts; `cut` tells how many cells found no room. */
export function matrixCells(cells: readonly MatrixCell[]): { readonly kept: MatrixCell[]; readonly cut: number } {
  const best = (key: 'row' | 'column'): Set<string> => new Set(ranked(cells, key).slice(0, MOST));
  const rows = best('row');
  const columns = best('column');
  const kept = cells.filter((cell) => rows.has(cell.row) && columns.has(cell.column));
  return { kept, cut: cells.length - kept.length };
}

/** Names in the order of their sums, the largest first. */
function ranked(cells: readonly MatrixCell[], key: 'row' | 'column'): string[] {
  const sums = new Map<string, number>();
  for (const cell of cells) sums.set(cell[key], (sums.get(cell[key]) ?? 0) + cell.count);
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}

const bySum = (cells: readonly MatrixCell[], key: 'row' | 'column'): string[] => ranked(cells, key).map(visible);

export function matrixChart(cells: readonly MatrixCell[], rowTitle: string, columnTitle: string): TopLevelSpec {
  const largest = Math.max(...cells.map((cell) => cell.count), 20);
  const values = cells.map(({ row, column, count }, mark) => {
    const level = Math.min(
      LEVELS.length - 1,
      Math.floor((Math.log(count + 1) / Math.log(largest + 1)) * LEVELS.length),
    );
    return {
      row: visible(row),
      column: visible(column),
      count,
      fill: LEVELS[level] ?? ROLES.level1,
      ink: level >= 3 ? ROLES.onlevel : ROLES.ink,
      ...said(`${row} → ${column}: ${count}`, mark),
    };
  });
  const own = (field: string) => ({ field, type: 'nominal', scale: null, legend: null }) as const;
  return {
    config: SPEAKING,
    width: { step: 104 },
    height: { step: 28 },
    data: { values },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        sort: bySum(cells, 'row'),
        axis: { title: rowTitle, ticks: false, domain: false, labelLimit: 180 },
      },
      x: {
        field: 'column',
        type: 'nominal',
        sort: bySum(cells, 'column'),
        axis: { title: columnTitle, orient: 'top', ticks: false, domain: false, labelAngle: 0, labelLimit: 98 },
      },
    },
    layer: [
      { mark: { type: 'rect' }, encoding: { fill: own('fill'), description: SAYING } },
      { mark: { type: 'text' }, encoding: { text: { field: 'count', type: 'quantitative' }, fill: own('ink') } },
    ],
  };
}
