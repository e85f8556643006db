import csv from './csv/index.js';
import type { ExportFormat } from './format.js';
import ndjson from './ndjson/index.js';
import parquet from './parquet/index.js';

/** Every export format, in the order of the help. Adding one is one folder and one line here. */
export const EXPORTS: readonly ExportFormat[] = [csv, ndjson, parquet];
