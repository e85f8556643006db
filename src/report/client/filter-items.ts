/** What on the page can be hidden by a filter: table rows, steps, findings, lines of evidence. */

import type { Facets } from './filter-match.js';
import { cellValue } from './tables.js';

export interface Item {
  readonly element: HTMLElement;
  readonly section: string;
  readonly facets: Facets;
}

/** `unit`: ticks of the trace's clock in one unit of the filter's times. */
export function collectItems(unit: number): Item[] {
  const items: Item[] = [];
  for (const section of document.querySelectorAll<HTMLElement>('main > section')) {
    const add = (element: HTMLElement, facets: Partial<Facets> = {}): void => {
      const text = element.textContent.toLowerCase();
      items.push({
        element,
        section: section.id,
        facets: { text, pids: null, signals: null, cpus: null, times: null, ...facets },
      });
    };
    for (const table of section.querySelectorAll('table'))
      for (const row of rowItems(table, unit)) add(row.element, row.facets);
    for (const step of section.querySelectorAll<HTMLElement>('.step')) {
      add(step, { times: seconds([step.querySelector('.ts')?.textContent ?? '']) });
    }
    for (const finding of section.querySelectorAll<HTMLElement>('.finding')) add(finding);
    for (const line of section.querySelectorAll<HTMLElement>('.rl')) add(line, lineFacets(line.textContent));
  }
  return items;
}

function rowItems(table: HTMLTableElement, unit: number): { element: HTMLElement; facets: Partial<Facets> }[] {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')].map((head) => head.dataset.col ?? '');
  const columns = (pattern: RegExp): number[] => heads.flatMap((name, index) => (pattern.test(name) ? [index] : []));
  const pids = columns(/(^|_)(pid|tgid)$/);
  const signals = columns(/^signal$/);
  const cpus = columns(/^cpu$/);
  const times = columns(/(^|_)ts$/);
  return [...(table.tBodies[0]?.rows ?? [])].map((row) => {
    const values = (wanted: readonly number[]): string[] | null =>
      wanted.length === 0 ? null : wanted.map((index) => row.cells[index]?.textContent ?? '');
    const exact = times.map((index) => cellValue(row.cells[index])).filter((time) => time !== '');
    return {
      element: row,
      facets: {
        pids: values(pids),
        signals: values(signals),
        cpus: values(cpus),
        times: times.length === 0 ? null : exact.map((time) => Number(time) / unit),
      },
    };
  });
}

/** The values of all table columns of one name, sorted: what a filter offers. */
export function columnValues(name: RegExp): string[] {
  const values = new Set<string>();
  for (const head of document.querySelectorAll<HTMLTableCellElement>('main thead th[data-col]')) {
    if (!name.test(head.dataset.col ?? '')) continue;
    for (const row of head.closest('table')?.tBodies[0]?.rows ?? []) {
      const cell = row.cells[head.cellIndex];
      if (cell !== undefined && !cell.classList.contains('nil')) values.add(cell.textContent);
    }
  }
  return [...values].toSorted((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
}

/** cpu and time of a line of the trace, where it has them. */
function lineFacets(text: string): Partial<Facets> {
  const cpu = / \[(\d{3,})\] /.exec(text)?.[1];
  const time = / (\d+\.\d{6,9}): /.exec(text)?.[1];
  return {
    ...(cpu === undefined ? {} : { cpus: [String(Number(cpu))] }),
    ...(time === undefined ? {} : { times: [Number(time)] }),
  };
}

const seconds = (texts: readonly string[]): number[] => texts.map(Number).filter((value) => Number.isFinite(value));
