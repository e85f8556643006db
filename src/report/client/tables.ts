/** Tables that sort by a press on a column's head and leave as CSV. The rows are those of the page. */

import { copyText } from './copy.js';
import { toCsv } from './csv.js';
import { announce, button, el } from './dom.js';
import { tableMarkdown } from './markdown.js';

export function installTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('main table')) {
    for (const [column, head] of table.querySelectorAll<HTMLTableCellElement>('thead th').entries()) {
      makeSortable(table, head, column);
    }
    const name = table.dataset.name ?? 'table';
    const bar = el('div', { class: 'table-tools' });
    bar.append(
      button('Copy as Markdown', () => void copyText(tableMarkdown(table)), { class: 'tool small' }),
      button('Save CSV', () => saveCsv(table, `${name}.csv`), { class: 'tool small' }),
    );
    table.closest('.table-wrap')?.after(bar);
  }
}

function makeSortable(table: HTMLTableElement, head: HTMLTableCellElement, column: number): void {
  const press = el('button', { type: 'button', class: 'sort' });
  press.append(...head.childNodes);
  press.addEventListener('click', () => {
    const up = head.getAttribute('aria-sort') !== 'ascending';
    for (const other of table.querySelectorAll('thead th')) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    sortRows(table, column, up);
  });
  head.append(press);
}

/** The exact value of a cell: `data-v` where the text is rounded for people. */
export function cellValue(cell: HTMLTableCellElement | undefined): string {
  if (cell === undefined || cell.classList.contains('nil')) return '';
  return cell.dataset.v ?? cell.textContent;
}

function sortRows(table: HTMLTableElement, column: number, up: boolean): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const keyed = [...body.rows].map((row, order) => ({ row, order, value: cellValue(row.cells[column]) }));
  keyed.sort((a, b) => {
    // Rows without a value stay at the end whichever way the sort goes.
    if (a.value === '' || b.value === '') return Number(a.value === '') - Number(b.value === '') || a.order - b.order;
    return (up ? 1 : -1) * compareValues(a.value, b.value) || a.order - b.order;
  });
  body.append(...keyed.map(({ row }) => row));
}

const NUMBER = /^-?(?:\d+(?:\.\d+)?|0x[\da-f]+)$/i;

function compareValues(a: string, b: string): number {
  if (NUMBER.test(a) && NUMBER.test(b)) {
    const difference = Number(a) - Number(b);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : Number(a > b);
}

function saveCsv(table: HTMLTableElement, name: string): void {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')].map(
    (head) => head.dataset.col ?? head.textContent,
  );
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => !row.hidden);
  const csv = toCsv([heads, ...rows.map((row) => [...row.cells].map(cellValue))]);
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = el('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  announce(`${rows.length} rows saved as ${name}`);
}
