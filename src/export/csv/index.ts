/**
 * CSV (RFC 4180 with \n): a header line, NULL as nothing, an empty text as "". The database writes it. A text that a spreadsheet
 * would run as a formula gets a leading apostrophe, as `--format csv` does it.
 */
import { identifier } from '../../base/sql-text.js';
import type { ExportFormat } from '../format.js';

const csv: ExportFormat = {
  id: 'csv',
  use: 'a table for spreadsheets',
  takes: 'table',
  text: true,
  counts: 'row',
  async write({ source }) {
    const { sql, values, columns } = await source.table();
    const cells = columns.map(({ name, type }) => `${cell(identifier(name), type)} AS ${identifier(name)}`);
    return source.copy(`SELECT ${cells.join(', ')} FROM (${sql}\n)`, values, 'FORMAT csv, HEADER true');
  },
};

export default csv;

/** OWASP's list of what begins a formula. Numbers stay numbers, also negative ones. */
const FORMULA = '^[=+\\-@\\t\\r]';
const SAFE = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIMESTAMP.*)$/;

function cell(column: string, type: string): string {
  if (SAFE.test(type)) return column;
  const text = `${column}::VARCHAR`;
  return `CASE WHEN regexp_matches(${text}, '${FORMULA}') THEN '''' || ${text} ELSE ${text} END`;
}
