/** What on the page can be hidden by a filter: table rows, steps, findings, lines of evidence. */

import type { Facets } from './filter-match.js';
import { facetsOfCells, headNames } from './row-facets.js';
import type { SectionFilter } from './section-filter.js';

export interface Item {
  readonly element: HTMLElement;
  readonly section: string;
  readonly facets: Facets;
}

/** `unit`: ticks of the trace's clock in one unit of the filter's times. Rows that a section filters itself are left out. */
export function collectItems(unit: number, filtered: readonly SectionFilter[]): Item[] {
  const items: Item[] = [];
  const own = new Set(filtered.map(({ facts }) => facts.tableRows[0]?.closest('table')));
  for (const section of document.querySelectorAll<HTMLElement>('main > section')) {
    const add = (element: HTMLElement, facets: Partial<Facets> = {}): void => {
      const text = element.textContent.toLowerCase();
      items.push({
        element,
        section: section.id,
        facets: { text, pids: null, signals: null, cpus: null, times: null, ...facets },
      });
    };
    for (const table of section.querySelectorAll('table')) {
      if (own.has(table)) continue;
      const names = headNames(table);
      for (const row of table.tBodies[0]?.rows ?? []) add(row, facetsOfCells(row, names, unit));
    }
    for (const step of section.querySelectorAll<HTMLElement>('.step')) {
      add(step, { times: seconds([step.querySelector('.ts')?.textContent ?? '']) });
    }
    for (const finding of section.querySelectorAll<HTMLElement>('.finding')) add(finding, findingFacets(finding));
    for (const line of section.querySelectorAll<HTMLElement>('.rl')) add(line, lineFacets(line.textContent));
  }
  return items;
}

/** A statement has the CPUs and times of the lines that it rests on, where the report holds all of them. */
function findingFacets(finding: HTMLElement): Partial<Facets> {
  const refs = [...finding.querySelectorAll('.lines .ln')].map(({ textContent }) => textContent);
  const lines = refs.map((line) => document.getElementById(`L${line}`)?.textContent);
  if (lines.length === 0 || finding.querySelector('.lines .more') !== null) return {};
  if (lines.some((line) => line === undefined)) return {};
  const facets = lines.map((line) => lineFacets(line ?? ''));
  const cpus = facets.flatMap(({ cpus: of }) => of ?? []);
  const times = facets.flatMap(({ times: of }) => of ?? []);
  return { ...(cpus.length > 0 && { cpus }), ...(times.length > 0 && { times }) };
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
  return [...values].toSorted(byNumber);
}

/** Numbers by size, words by letters. */
export const byNumber = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);

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
