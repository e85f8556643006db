/** Values as a reader wants them, with the exact value kept beside (title, data-v). One place decides for every table. */
import { clockFormat, formatBytes, formatCount, type Nanoseconds } from '../base/format-time.js';
import type { CellValue, Column, Finding } from '../trace/result.js';
import { type Html, html, join } from './html.js';
import type { ReportInput } from './report-input.js';

/** What the sections share: which lines can be linked, and how this capture's clock is shown. */
export interface ReportContext {
  readonly input: ReportInput;
  readonly lineIsEmbedded: (line: number) => boolean;
  readonly ts: (value: CellValue) => string;
  readonly dur: (value: CellValue) => string;
}

const isTime = (value: CellValue): value is Nanoseconds =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));

export function reportContext(input: ReportInput): ReportContext {
  const embedded = new Set(input.evidence.map((line) => line.line_no));
  const clock = clockFormat(input.capture.time_unit);
  const show = (value: CellValue, format: (time: Nanoseconds) => string): string => {
    if (value === null) return '–';
    if (!isTime(value)) return String(value);
    return format(value);
  };
  return {
    input,
    lineIsEmbedded: (line) => embedded.has(line),
    ts: (value) => show(value, clock.ts),
    dur: (value) => show(value, clock.dur),
  };
}

/** A line of the trace: a link when the report holds the line. */
export function lineLink(line: number, context: ReportContext): Html {
  if (!context.lineIsEmbedded(line)) return html`<span class="ln">${line}</span>`;
  return html`<a class="ln" href="#L${line}">${line}</a>`;
}

const SHOWN_LINES = 6;

export function lineLinks(lines: readonly number[], context: ReportContext): Html | null {
  if (lines.length === 0) return null;
  const shown = join(
    lines.slice(0, SHOWN_LINES).map((line) => lineLink(line, context)),
    ' ',
  );
  const rest = lines.length - SHOWN_LINES;
  return html`<span class="lines"><span class="lines-word">${lines.length === 1 ? 'line' : 'lines'}</span> ${shown}${
    rest > 0 && html` <span class="more">and ${formatCount(rest)} more</span>`
  }</span>`;
}

export const inferredTag = (confidence: Finding['confidence']): Html | null =>
  confidence === 'inferred'
    ? html`<span class="tag inferred" title="Follows from what the capture shows, but no line says it">inferred</span>`
    : null;

const isTimestamp = (column: Column): boolean => /(^|_)ts$/.test(column.name);

/** Right-aligned in tables: everything that is compared by size. */
export const isNumeric = (column: Column): boolean => column.type === 'integer' || column.type === 'number';

/** Longer text may take several lines; shorter text stays on one. */
const WRAP_FROM = 34;

const NONE = html`<td class="nil">–</td>`;
const NO_NUMBER = html`<td class="num nil">–</td>`;

/** One table cell. Units show as people read them; `data-v` keeps the value that sorting and CSV use. */
export function cell(value: CellValue, column: Column, context: ReportContext): Html {
  if (value === null) return isNumeric(column) ? NO_NUMBER : NONE;
  if (typeof value === 'boolean') return html`<td>${value ? 'yes' : 'no'}</td>`;
  const exact = String(value);
  switch (column.unit) {
    case 'line':
      return html`<td class="num">${lineLink(Number(value), context)}</td>`;
    case 'ns':
      if (isTimestamp(column)) return html`<td class="num ts" data-v="${exact}">${context.ts(value)}</td>`;
      return html`<td class="num" data-v="${exact}" title="${formatCount(exact)} ns">${context.dur(value)}</td>`;
    case 'bytes':
      return html`<td class="num" data-v="${exact}" title="${formatCount(exact)} bytes">${formatBytes(value)}</td>`;
    case 'address':
      return html`<td class="num mono">${exact}</td>`;
    case 'count':
      return html`<td class="num" data-v="${exact}">${formatCount(exact)}</td>`;
    default:
      if (isNumeric(column)) return html`<td class="num">${exact}</td>`;
      return exact.length > WRAP_FROM ? html`<td class="w">${exact}</td>` : html`<td>${exact}</td>`;
  }
}
