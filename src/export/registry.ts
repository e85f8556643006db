import csv from './csv/index.js';
import folded from './folded/index.js';
import type { ExportFormat } from './format.js';
import graphviz from './graphviz/index.js';
import mermaid from './mermaid/index.js';
import ndjson from './ndjson/index.js';
import parquet from './parquet/index.js';
import perfetto from './perfetto/index.js';

/** Every export format, in the order of the help. Adding one is one folder and one line here. */
export const EXPORTS: readonly ExportFormat[] = [perfetto, folded, csv, ndjson, parquet, graphviz, mermaid];
