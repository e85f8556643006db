/**
 * Newline-delimited JSON: one object a row, keys are the column names. The database writes it. Integers beyond 2^53 are strings,
 * as in every JSON of ours; numbers that JSON cannot say are null.
 */
import { identifier } from '../../base/sql-text.js';
import type { ExportFormat } from '../format.js';

const ndjson: ExportFormat = {
  id: 'ndjson',
  use: 'a table, one JSON object a line',
  takes: 'table',
  text: true,
  counts: 'row',
  async write({ source }) {
    const { sql, values, columns } = await source.table();
    const cells = columns.map(({ name, type }) => `${cell(identifier(name), type)} AS ${identifier(name)}`);
    return source.copy(`SELECT ${cells.join(', ')} FROM (${sql}\n)`, values, 'FORMAT json');
  },
};

export default ndjson;

function cell(column: string, type: string): string {
  if (/^U?(?:BIG|HUGE)INT$/.test(type))
    return `CASE WHEN ${column} BETWEEN -9007199254740991 AND 9007199254740991 THEN to_json(${column}) ELSE to_json(${column}::VARCHAR) END`;
  return /^(?:FLOAT|DOUBLE)$/.test(type) ? `CASE WHEN isfinite(${column}) THEN ${column} END` : column;
}
