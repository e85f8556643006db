/** Rows of side files and labels, by appender. */
import { readFileSync } from 'node:fs';
import type { DuckDBAppender } from '@duckdb/node-api';
import type { Kallsym, KernelLogLine, ProcMap } from '../trace/side-file.js';
import type { Store } from './store.js';

const NAME_FRAMES = readFileSync(new URL('./name-frames.sql', import.meta.url), 'utf8');

export const writeProcMaps = (store: Store, captureId: number, pid: number, rows: readonly ProcMap[]): Promise<void> =>
  append(store, 'proc_map', rows, (to, row) => {
    to.appendInteger(captureId);
    to.appendInteger(pid);
    to.appendBigInt(BigInt(row.lineNo));
    to.appendUBigInt(row.start);
    to.appendUBigInt(row.end);
    to.appendVarchar(row.perms);
    to.appendUBigInt(row.offset);
    to.appendVarchar(row.dev);
    to.appendUBigInt(row.inode);
    optionalText(to, row.path);
  });

/** Writes the symbols, and names the frames of the capture's stacks that they name. */
export async function writeKallsyms(store: Store, captureId: number, rows: readonly Kallsym[]): Promise<void> {
  await append(store, 'kallsym', rows, (to, row) => {
    to.appendInteger(captureId);
    to.appendUBigInt(row.address);
    to.appendVarchar(row.type);
    to.appendVarchar(row.symbol);
    optionalText(to, row.module);
  });
  await store.run(`SET VARIABLE capture_id = ${captureId}`);
  await store.run(NAME_FRAMES);
}

export const writeKernelLog = (store: Store, captureId: number, rows: readonly KernelLogLine[]): Promise<void> =>
  append(store, 'kernel_log', rows, (to, row) => {
    to.appendInteger(captureId);
    to.appendBigInt(BigInt(row.lineNo));
    if (row.ts === null) to.appendNull();
    else to.appendBigInt(row.ts);
    optionalText(to, row.level);
    optionalText(to, row.caller);
    to.appendVarchar(row.text);
  });

export const writeLabels = (store: Store, captureId: number, labels: Readonly<Record<string, string>>): Promise<void> =>
  append(store, 'capture_label', Object.entries(labels), (to, [key, value]) => {
    to.appendInteger(captureId);
    to.appendVarchar(key);
    to.appendVarchar(value);
  });

async function append<T>(
  store: Store,
  table: string,
  rows: readonly T[],
  write: (to: DuckDBAppender, row: T) => void,
): Promise<void> {
  const appender = await store.connection.createAppender(table);
  for (const row of rows) {
    write(appender, row);
    appender.endRow();
  }
  appender.closeSync();
}

function optionalText(to: DuckDBAppender, value: string | null): void {
  if (value === null) to.appendNull();
  else to.appendVarchar(value);
}
