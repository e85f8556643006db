import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readParam } from '../../analyses/params.js';
import { ANALYSES } from '../../analyses/registry.js';
import { chosenCaptures, namedCaptures } from '../../app/captures.js';
import { answer, relation } from '../../app/export/choose-table.js';
import { runExport } from '../../app/export/run-export.js';
import { openTarget } from '../../app/target.js';
import { keepTrack, removeTemporary, temporaryPath } from '../../app/temporaries.js';
import { usageError } from '../../base/errors.js';
import { formatCount } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import type { ExportFormat, Scope, Table } from '../../export/format.js';
import { EXPORTS } from '../../export/registry.js';
import type { Store } from '../../store/store.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { FilterOptions } from '../options.js';
import { absolute, rowFilter } from '../row-filter.js';
import { say, withCapture } from '../session.js';
import { timeBase } from '../time-base.js';
import { exportDataset } from './export-dataset.js';

export interface ExportOptions extends FilterOptions {
  readonly to: string;
  readonly output: string;
  readonly table?: string;
  readonly analysis?: string;
  readonly param?: Readonly<Record<string, string>>;
  readonly event?: string;
  readonly line?: number;
  readonly life?: number;
  readonly effects?: boolean;
  readonly host?: string;
  readonly date?: string;
}

const STDOUT = '-';

export async function runExportCommand(io: Io, argument: string, options: ExportOptions): Promise<void> {
  const format = EXPORTS.find(({ id }) => id === options.to);
  if (format === undefined) throw usageError(`--to: there is no format '${options.to}'`);
  if (goesToDataset(format, options)) {
    await exportDataset(io, argument, options);
    return;
  }
  checkOptions(format, options);
  const count = await (options.output === STDOUT ? toStdout : toFile)(io, argument, options, format);
  if (options.format === 'json' && options.output !== STDOUT) {
    await emit(io.stdout, `${safeJson({ export: options.output, to: format.id, count }, 2)}\n`);
  } else {
    const where = options.output === STDOUT ? 'stdout' : visible(options.output);
    say(io, options, `written: ${where} (${formatCount(count)} ${format.counts}${count === 1 ? '' : 's'})`);
  }
}

/** Options by the kind of format that takes them. */
const TAKEN: Readonly<Record<ExportFormat['takes'], readonly string[]>> = {
  table: ['table', 'analysis', 'param', 'limit', 'pid', 'comm', 'since', 'until'],
  chain: ['pid', 'comm', 'line', 'life', 'effects'],
  capture: ['pid', 'since', 'until'],
};
const ALL = [...new Set(Object.values(TAKEN).flat()), 'event'];

/** An option that does nothing would mislead. */
function checkOptions(format: ExportFormat, options: ExportOptions): void {
  const taken = [...TAKEN[format.takes], ...(format.events === true ? ['event'] : [])];
  const idle = ALL.find(
    (name) => (options as unknown as Record<string, unknown>)[name] !== undefined && !taken.includes(name),
  );
  if (idle !== undefined)
    throw usageError(
      `--${idle}: ${format.id} does not take it`,
      `it takes ${taken.map((name) => `--${name}`).join(', ')}`,
    );
  if (options.table !== undefined && options.analysis !== undefined)
    throw usageError('--table and --analysis exclude one another');
  if (options.param !== undefined && options.analysis === undefined)
    throw usageError('--param belongs to an analysis', 'name it with --analysis');
  if (options.output === STDOUT && !format.text) throw usageError(`-o -: ${format.id} is no text`, 'name a file');
  if (isFolder(options.output)) throw usageError(`-o ${options.output}: is a folder`, 'name a file');
  if (options.host !== undefined || options.date !== undefined)
    throw usageError('--host, --date: belong to a dataset', 'name a folder: --to parquet -o dataset/');
}

/** A folder takes whole captures; a table or an answer is one file. */
const goesToDataset = (format: ExportFormat, { output, table, analysis }: ExportOptions): boolean =>
  format.id === 'parquet' && table === undefined && analysis === undefined && isFolder(output);

function isFolder(path: string): boolean {
  return path.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function toFile(io: Io, argument: string, options: ExportOptions, format: ExportFormat): Promise<number> {
  const target = openTarget(options.output);
  try {
    const count = await write(io, argument, options, { format, path: resolve(target.temporary) });
    target.commit();
    return count;
  } finally {
    target.close();
  }
}

/** By way of a file, so that a failure in the middle prints nothing. */
async function toStdout(io: Io, argument: string, options: ExportOptions, format: ExportFormat): Promise<number> {
  const path = keepTrack(temporaryPath());
  try {
    const count = await write(io, argument, options, { format, path });
    for await (const text of createReadStream(path, 'utf8')) await emit(io.stdout, text as string);
    return count;
  } finally {
    removeTemporary(path);
  }
}

interface Into {
  readonly format: ExportFormat;
  readonly path: string;
}

const write = (io: Io, argument: string, options: ExportOptions, { format, path }: Into): Promise<number> =>
  withCapture(io, argument, { ...options, writes: [path] }, async ({ store }) => {
    if (format.takes === 'capture') await onlyOne(store, argument, format);
    return runExport(store, {
      format,
      path,
      table: () => chosenTable(store, options),
      chain: options,
      event: options.event,
      scope: await scopeOf(store, options),
    });
  });

/** A picture of a whole capture has one clock and one set of tasks. */
async function onlyOne(store: Store, argument: string, { id }: ExportFormat): Promise<void> {
  const { length } = await namedCaptures(store);
  if (length > 1)
    throw usageError(`${argument}: holds ${length} captures, and ${id} shows one`, 'name the trace file itself');
}

async function scopeOf(store: Store, { pid, since, until, capture }: ExportOptions): Promise<Scope> {
  const time = await timeBase(store, await chosenCaptures(store, await namedCaptures(store), capture));
  return {
    pid: pid ?? null,
    since: since === undefined ? null : absolute(since, time),
    until: until === undefined ? null : absolute(until, time),
  };
}

async function chosenTable(store: Store, options: ExportOptions): Promise<Table> {
  const { analysis, limit, capture } = options;
  const table =
    analysis === undefined
      ? await relation(store, options.table ?? 'event', capture)
      : await answer(store, analysis, params(analysis, options.param ?? {}), capture);
  const time = await timeBase(store, await chosenCaptures(store, await namedCaptures(store), capture));
  const where = rowFilter(analysis ?? options.table ?? 'event', table.columns, options, time);
  return {
    sql: `SELECT * FROM (${table.sql}\n)${where === undefined ? '' : ` WHERE ${where.sql}`}${limit === undefined ? '' : ` LIMIT ${limit}`}`,
    values: { ...table.values, ...where?.values },
    columns: table.columns,
  };
}

function params(id: string, given: Readonly<Record<string, string>>): Record<string, string | number> {
  const known = ANALYSES.find((analysis) => analysis.id === id)?.params ?? [];
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const param = known.find((candidate) => candidate.name === name.replaceAll('-', '_'));
      if (param !== undefined) return [param.name, readParam(param, text)];
      const names = known.map((candidate) => candidate.name);
      throw usageError(
        `--param ${name}: ${id} has no such option`,
        names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`,
      );
    }),
  );
}
