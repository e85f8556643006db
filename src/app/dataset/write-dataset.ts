/**
 * Captures of a store into a dataset. Many writers may be at it at once: every file has a name of its own, is written under another
 * and renamed when it is whole, and the row in `capture`, which makes the capture be there, comes last.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CaptureId } from '../../analyses/run.js';
import { FtrailError, inputError, usageError } from '../../base/errors.js';
import { literal } from '../../base/sql-text.js';
import { visible } from '../../base/visible.js';
import {
  allFilesOf,
  fileName,
  MARK,
  type Partition,
  partitionPath,
  whyNoPartition,
} from '../../export/dataset/layout.js';
import { captureStatement, isWritten, statements } from '../../export/dataset/relations.js';
import type { ColumnType } from '../../export/dataset/types.js';
import { SCHEMA_VERSION } from '../../store/schema-version.js';
import type { Store } from '../../store/store.js';
import { chosenCaptures, type NamedCapture, namedCaptures } from '../captures.js';
import { writeError } from '../target.js';
import { keepTrack, removeTemporary } from '../temporaries.js';

export interface WriteDatasetOptions {
  /** Absolute path of a folder that is there; the store was opened so that it may write into it. */
  readonly folder: string;
  /** As --capture says it. */
  readonly capture?: string | undefined;
  /** In place of the label `host`. */
  readonly host?: string | undefined;
  /** YYYY-MM-DD, in place of the label `capture_date`. */
  readonly date?: string | undefined;
}

export interface WrittenCapture {
  readonly name: string;
  readonly captureId: string;
  /** False: the dataset had it already. */
  readonly added: boolean;
}

/** Errors: input (a capture has no checksum), usage (a host or date that is none), output. */
export async function writeDataset(store: Store, options: WriteDatasetOptions): Promise<WrittenCapture[]> {
  const catalogue = await catalogueOf(store);
  const chosen = await chosenCaptures(store, await namedCaptures(store), options.capture);
  const written: WrittenCapture[] = [];
  for (const capture of chosen) {
    const partition = await partitionOf(store, capture, options);
    const added = !(await isThere(store, options.folder, partition.captureId));
    if (added) await writeCapture(store, capture.id, partition, { folder: options.folder, catalogue });
    written.push({ name: capture.name, captureId: partition.captureId, added });
  }
  return written;
}

/** So many digits of the sha256 are the id. */
const ID_DIGITS = 32;

async function partitionOf(store: Store, { id, name }: NamedCapture, options: WriteDatasetOptions): Promise<Partition> {
  const [row] = await store.rows('SELECT sha256 FROM capture WHERE capture_id = $id', { id });
  const sha256 = String(row?.sha256 ?? '');
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw inputError(`${visible(name)}: has no sha256 to tell it by`, 'import the trace again');
  const labels = new Map(
    (await store.rows('SELECT key, value FROM capture_label WHERE capture_id = $id', { id })).map((label) => [
      label.key,
      String(label.value),
    ]),
  );
  const host = options.host ?? labels.get('host') ?? null;
  const date = options.date ?? labels.get('capture_date') ?? null;
  const why = host === null ? undefined : whyNoPartition(host);
  if (why !== undefined) throw usageError(`host ${visible(host ?? '')}: ${why}`);
  if (date !== null && !isDate(date))
    throw usageError(`capture_date ${visible(date)}: is no date`, 'write it as 2026-11-21');
  return { captureId: sha256.slice(0, ID_DIGITS), host, captureDate: date };
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Wherever it is: the same capture may have come from another host, or with another date. */
async function isThere(store: Store, folder: string, captureId: string): Promise<boolean> {
  const files = allFilesOf(folder, MARK)
    .replace('capture_id=*', `capture_id=${captureId}`)
    .replace('/v*.', `/v${SCHEMA_VERSION}-*.`);
  const [row] = await store.rows(`SELECT count(*) AS n FROM glob(${literal(files)})`);
  return Number(row?.n) > 0;
}

interface Place {
  readonly folder: string;
  readonly catalogue: ReadonlyMap<string, readonly ColumnType[]>;
}

async function writeCapture(
  store: Store,
  id: CaptureId,
  partition: Partition,
  { folder, catalogue }: Place,
): Promise<void> {
  const exportId = randomBytes(12).toString('hex');
  // A hidden folder beside the relations: readers see a file when it is whole, and in its place.
  const staging = keepTrack(join(folder, `.${exportId}.ftrail-tmp`));
  const files: { temporary: string; path: string }[] = [];
  const write = async (relation: string, sql: string, values: Record<string, string | number>): Promise<void> => {
    const temporary = join(staging, relation);
    const rows = await store.copy(sql, values, { path: temporary, format: 'FORMAT parquet, COMPRESSION zstd' });
    const path = join(folder, relation, partitionPath(partition), fileName(SCHEMA_VERSION, exportId));
    if (rows > 0) files.push({ temporary, path });
  };
  const placed: string[] = [];
  try {
    mkdirSync(staging);
    for (const [relation, sql] of statements(catalogue))
      await write(relation, `SELECT *, ${literal(exportId)} AS export_id FROM (${sql})`, { capture: id });
    await write(MARK, captureStatement(catalogue.get('capture') ?? []), {
      capture: id,
      export_id: exportId,
      schema_version: SCHEMA_VERSION,
    });
    // Together: a disk writes many files out as fast as one.
    await Promise.all(files.map(({ temporary }) => flush(temporary)));
    for (const { temporary, path } of files) {
      mkdirSync(dirname(path), { recursive: true });
      renameSync(temporary, path);
      placed.push(path);
    }
  } catch (cause) {
    for (const path of placed) rmSync(path, { force: true });
    if ((cause as NodeJS.ErrnoException).code === undefined || cause instanceof FtrailError) throw cause;
    throw writeError(folder, cause);
  } finally {
    removeTemporary(staging);
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Columns of all tables of the store, and of the views that are written. */
async function catalogueOf(store: Store): Promise<Map<string, ColumnType[]>> {
  const rows = await store.rows(
    `SELECT table_name, table_type, column_name, data_type FROM information_schema.columns JOIN information_schema.tables USING (table_catalog, table_schema, table_name)
     WHERE table_schema = 'main' AND table_catalog = current_database() ORDER BY table_name, ordinal_position`,
  );
  const found = new Map<string, ColumnType[]>();
  for (const { table_name, table_type, column_name, data_type } of rows) {
    const name = String(table_name);
    if (!isWritten(name, table_type === 'VIEW')) continue;
    found.set(name, [...(found.get(name) ?? []), { name: String(column_name), type: String(data_type) }]);
  }
  return found;
}
