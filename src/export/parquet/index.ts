/** One Parquet file of one table, written by the database: ns as INT64, zstd. A folder is a dataset, see app/export. */
import { identifier } from '../../base/sql-text.js';
import type { ExportFormat } from '../format.js';

const parquet: ExportFormat = {
  id: 'parquet',
  use: 'a table with types, for DuckDB, Spark, Trino, pandas',
  takes: 'table',
  text: false,
  counts: 'row',
  async write({ source }) {
    const { sql, values, columns } = await source.table();
    const cells = columns.map(({ name, type }) => `${cell(identifier(name), type)} AS ${identifier(name)}`);
    return source.copy(`SELECT ${cells.join(', ')} FROM (${sql}\n)`, values, 'FORMAT parquet, COMPRESSION zstd');
  },
};

export default parquet;

/** Parquet has no 128-bit integer; DuckDB would make it a DOUBLE, which is not exact. */
const cell = (column: string, type: string): string => (/^U?HUGEINT$/.test(type) ? `${column}::VARCHAR` : column);
