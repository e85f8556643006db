/**
 * ftrail as a library: a trace into a store, questions to it, answers as plain rows.
 *
 *   const store = await Store.create();
 *   await importTrace(store, { name: 'trace', chunks: createReadStream('trace') });
 *   await deriveAll(store);
 *   const rows = await store.rows('SELECT name, count(*) AS n FROM event GROUP BY name');
 */
export type { Analysis, Param } from './analyses/analysis.js';
export { ANALYSES as analyses } from './analyses/registry.js';
export { missingEvents, type ParamValues, type ReadRows, type RunOptions, runAnalysis } from './analyses/run.js';
export { type CaptureInfo, captureInfo, eventNames } from './app/capture-info.js';
export { type OpenDatasetOptions, openDataset } from './app/dataset/open-dataset.js';
export { type WriteDatasetOptions, type WrittenCapture, writeDataset } from './app/dataset/write-dataset.js';
export { deriveAll } from './app/derive.js';
export { explain, type Selector } from './app/explain/index.js';
export { type ImportedCapture, type ImportOptions, importFiles } from './app/import-files.js';
export { type Imported, importTrace, type TraceInput } from './app/import-trace.js';
export { type Capture, type OpenCaptureOptions, openCapture } from './app/open-capture.js';
export type { Watch, Work } from './app/watch.js';
export { type ErrorKind, FtrailError } from './base/errors.js';
export { lockedQuery, type QueryColumn, type QueryResult } from './store/locked-query.js';
export { type OpenOptions, type Parameters, Store } from './store/store.js';
export type * from './trace/result.js';
