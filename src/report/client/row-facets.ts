/** What a row of an answer is about: from its cells on the page, or from the data of a row that only pictures show. */
import type { Row } from '../../trace/result.js';
import type { Facets } from './filter-match.js';
import { cellValue } from './tables.js';

interface Value {
  readonly name: string;
  /** As a search finds it. */
  readonly text: string;
  /** As it is compared. */
  readonly exact: string;
}

const isPid = (name: string): boolean => /(^|_)(pid|tgid)$/.test(name);
const isTime = (name: string): boolean => /(^|_)ts$/.test(name);

/** `unit`: ticks of the trace's clock in one unit of the filter's times. */
function facetsOf(values: readonly Value[], unit: number): Facets {
  const of = (fits: (name: string) => boolean): string[] | null => {
    const found = values.filter(({ name }) => fits(name));
    return found.length === 0 ? null : found.map(({ exact }) => exact);
  };
  const times = of(isTime)
    ?.filter((time) => time !== '')
    .map((time) => Number(time) / unit);
  const begin = Number(values.find(({ name }) => name === 'ts')?.exact ?? Number.NaN);
  const dur = Number(values.find(({ name }) => name === 'dur')?.exact ?? 0);
  if (times !== undefined && begin > 0 && dur > 0) times.push((begin + dur) / unit);
  return {
    text: values
      .map(({ text }) => text)
      .join(' ')
      .toLowerCase(),
    pids: of(isPid),
    signals: of((name) => name === 'signal'),
    cpus: of((name) => name === 'cpu'),
    times: times ?? null,
  };
}

export const headNames = (table: HTMLTableElement): string[] =>
  [...table.querySelectorAll<HTMLElement>('thead th')].map((head) => head.dataset.col ?? '');

export function facetsOfCells(row: HTMLTableRowElement, names: readonly string[], unit: number): Facets {
  return facetsOf(
    names.map((name, index) => {
      const cell = row.cells[index];
      return { name, text: cell?.textContent ?? '', exact: cellValue(cell) };
    }),
    unit,
  );
}

export function facetsOfData(row: Row, unit: number): Facets {
  return facetsOf(
    Object.entries(row).map(([name, value]) => {
      const text = value === null ? '' : String(value);
      return { name, text, exact: text };
    }),
    unit,
  );
}
