import type { Format } from '../options.js';
import type { Printer } from './types.js';

/** The printer of a format, loaded when it is wanted. */
export async function printerFor(format: Format): Promise<Printer> {
  switch (format) {
    case 'table':
      return (await import('./table.js')).printTable;
    case 'json':
      return (await import('./json.js')).printJson;
    case 'ndjson':
      return (await import('./json.js')).printNdjson;
    case 'csv':
      return (await import('./csv.js')).printCsv;
  }
}
