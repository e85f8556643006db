/** Shows what passes the filters in one section: rows of its table, the sums in them, its pictures. */
import { type ClockFormat, formatCount } from '../../base/format-time.js';
import { clearMarks, type MarkPart, showMarks } from './charts.js';
import { el } from './dom.js';
import { type Filter, isIdle } from './filter-match.js';
import { headNames } from './row-facets.js';
import { type Passing, type PictureData, type SectionData, SectionFacts } from './section-facts.js';

interface Cell {
  readonly text: string;
  readonly exact: string | undefined;
}

export class SectionFilter {
  readonly id: string;
  readonly facts: SectionFacts;
  private readonly table: HTMLTableElement;
  private readonly clock: ClockFormat;
  private readonly boxes: readonly HTMLElement[];
  /** Cells that show a part of their sum, and what they held before. */
  private readonly before = new Map<HTMLTableCellElement, Cell>();

  constructor(section: HTMLElement, table: HTMLTableElement, data: SectionData, clock: ClockFormat, unit: number) {
    this.id = section.id;
    this.table = table;
    this.clock = clock;
    this.facts = new SectionFacts(table, data, unit);
    this.boxes = [...section.querySelectorAll<HTMLElement>('.chart-box')];
  }

  /** Returns how many rows of the table are left. */
  apply(filter: Filter): number {
    this.restore();
    if (isIdle(filter)) {
      for (const row of this.facts.tableRows) row.hidden = false;
      return this.facts.tableRows.length;
    }
    const passing = this.facts.passing(filter);
    const shares = passing.share(null);
    let left = 0;
    for (const [at, row] of this.facts.tableRows.entries()) {
      row.hidden = (shares[at] ?? 0) === 0;
      left += Number(!row.hidden);
    }
    const summed = this.showSums(passing, shares);
    const notes = [
      summed &&
        `${summed} count only what matches${passing.atMost ? ', at most' : ''}; other numbers are of the whole row.`,
      passing.untold.length > 0 &&
        `This section does not tell ${passing.untold.join(' and ')} apart: of them it shows all.`,
    ].filter((note) => note !== false && note !== '');
    if (notes.length > 0)
      this.table.closest('.table-wrap')?.before(el('p', { class: 'cut part-note' }, notes.join(' ')));
    this.facts.data.pictures.forEach((picture, index) => {
      const box = this.boxes[index];
      if (box !== undefined)
        showMarks(box, picture.fill, this.marksOf(picture, passing), this.noteOf(picture, passing));
    });
    return left;
  }

  private restore(): void {
    for (const [cell, { text, exact }] of this.before) {
      cell.textContent = text;
      if (exact !== undefined) cell.dataset.v = exact;
      cell.classList.remove('part', 'of-all');
    }
    this.before.clear();
    this.table.closest('section')?.querySelector('.part-note')?.remove();
    for (const box of this.boxes) clearMarks(box);
  }

  /** Sums are those of what passes; the rest of such a row steps back. Returns the columns that were changed, as words. */
  private showSums(passing: Passing, shares: readonly number[]): string {
    const { parts } = this.facts.data;
    if (parts === null) return '';
    const names = headNames(this.table);
    const changed = new Set<string>();
    for (const [at, row] of this.facts.tableRows.entries()) {
      if (row.hidden || shares[at] === 1) continue;
      for (const [index, name] of names.entries()) {
        const cell = row.cells[index];
        if (cell === undefined || !cell.classList.contains('num') || cell.querySelector('a') !== null) continue;
        const value = this.facts.measured()[at]?.[name] ?? null;
        if (!parts.measures.includes(name) || value === null) {
          if (/(^|_)(pid|ts|id)$/.test(name)) continue;
          this.before.set(cell, { text: cell.textContent, exact: cell.dataset.v });
          cell.classList.add('of-all');
          continue;
        }
        const part = Math.round(Number(value) * (passing.share(name)[at] ?? 0));
        this.before.set(cell, { text: cell.textContent, exact: cell.dataset.v });
        // Of what passes no length may be known; then the sum is none.
        const unknown = name.endsWith('dur') && part === 0;
        cell.textContent = unknown ? '–' : name.endsWith('dur') ? this.clock.dur(part) : formatCount(part);
        cell.dataset.v = String(part);
        cell.classList.add('part');
        changed.add(this.table.tHead?.rows[0]?.cells[index]?.textContent ?? name);
      }
    }
    return [...changed].join(', ');
  }

  private marksOf(picture: PictureData, passing: Passing): MarkPart[] {
    const shares = passing.share(picture.measure);
    const weigh = (row: number): number =>
      picture.measure === null ? 1 : Number(this.facts.measured()[row]?.[picture.measure] ?? 0);
    return picture.from.map((from, mark) => {
      let all = 0;
      let part = 0;
      for (const row of picture.order.slice(from, picture.to[mark])) {
        all += weigh(row);
        part += weigh(row) * (shares[row] ?? 0);
      }
      return { part: round(part), all: round(all) };
    });
  }

  private noteOf(picture: PictureData, passing: Passing): string {
    const shares = passing.share(picture.measure);
    const kept = shares.filter((share) => share > 0).length;
    const untold = passing.untold.length > 0 ? ` It does not tell ${passing.untold.join(' and ')} apart.` : '';
    const most = passing.atMost ? 'At most the' : 'The';
    return `${most} full colour is what passes the filter: ${formatCount(kept)} of ${formatCount(shares.length)} rows.${untold}`;
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
