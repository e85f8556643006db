/** A result's rows as a table. Plain HTML: the client only reorders and hides rows. */
import { formatCount } from '../../base/format-time.js';
import type { AnalysisResult, Column, Row } from '../../trace/result.js';
import { cell, isNumeric, type ReportContext } from '../format.js';
import { type Html, html } from '../html.js';

/** Rows written into the page; a longer answer is cut with a sentence. */
export const MAX_ROWS = 300;

/** More rows than this fill a box of fixed height. */
const TALL = 24;

export function resultTable(result: AnalysisResult, context: ReportContext): Html {
  const rows = result.rows.slice(0, MAX_ROWS);
  const { shown, empty } = arrangeColumns(result.columns, rows);
  return html`<div class="table-wrap${rows.length > TALL && ' tall'}" role="region" tabindex="0" aria-label="Table: ${result.title}">
<table id="t-${result.id}" data-name="${result.id}">
<caption class="vh">${result.title}: ${result.question}</caption>
<thead><tr>${shown.map(headCell)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${shown.map((column) => cell(row[column.name] ?? null, column, context))}</tr>\n`)}</tbody></table></div>
${empty.length > 0 && html`<p class="cut">Columns without a value are left out: ${empty.map((column) => column.label).join(', ')}.</p>`}
${cutNote(result, rows.length, context)}`;
}

/** The line first, so that a wide table never hides what a row rests on; columns that say nothing are left out. */
function arrangeColumns(columns: readonly Column[], rows: readonly Row[]): { shown: Column[]; empty: Column[] } {
  const says = (column: Column): boolean => rows.some((row) => (row[column.name] ?? null) !== null);
  const told = columns.filter(says);
  const isLine = (column: Column): boolean => column.name === 'line_no';
  return {
    shown: [...told.filter(isLine), ...told.filter((column) => !isLine(column))],
    empty: columns.filter((column) => !says(column)),
  };
}

const headCell = (column: Column): Html =>
  html`<th scope="col"${isNumeric(column) && html` class="num"`} data-col="${column.name}" title="${column.doc}">${column.label}</th>`;

function cutNote(result: AnalysisResult, shown: number, context: ReportContext): Html | null {
  const total = Math.max(result.totalRows, result.rows.length);
  if (total <= shown) return null;
  return html`<p class="cut">The table shows the first ${formatCount(shown)} of ${formatCount(total)} rows. All of them: <code>ftrail ${result.id} ${commandFile(context)} --format csv</code></p>`;
}

/** The capture's name where it is safe to paste into a shell, a placeholder where it is not. */
function commandFile(context: ReportContext): string {
  const { name } = context.input.capture;
  return /^[\w.,+=@%/-]+$/.test(name) && !name.startsWith('-') ? name : 'CAPTURE';
}
