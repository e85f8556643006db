/**
 * A dataset as a store: the tables are views over its Parquet files, and the store's own views stand on them. The database may read
 * this folder and nothing else; a link that leads out of it is not followed.
 */
import { realpathSync } from 'node:fs';
import { idText } from '../../analyses/run.js';
import { inputError } from '../../base/errors.js';
import { identifier, literal } from '../../base/sql-text.js';
import { allFilesOf, filesOf, MARK } from '../../export/dataset/layout.js';
import { type Dataset, openStatements, readFiles, readView } from '../../export/dataset/relations.js';
import type { ColumnType } from '../../export/dataset/types.js';
import { createKnownViews } from '../../store/event-views.js';
import { SCHEMA_VERSION } from '../../store/schema-version.js';
import type { Resources } from '../../store/settings.js';
import { Store } from '../../store/store.js';
import { chosenCaptures, namedCaptures } from '../captures.js';
import { deriveAll } from '../derive.js';

export interface OpenDatasetOptions extends Resources {
  /** As --capture says it: files of other captures are not read at all. */
  readonly capture?: string | undefined;
  readonly onRemark?: ((text: string) => void) | undefined;
}

/** Errors: input, when no capture in it can be read. */
export async function openDataset(argument: string, options: OpenDatasetOptions = {}): Promise<Store> {
  const folder = realpathSync(argument);
  const store = await Store.create(undefined, { ...options, folder });
  try {
    await deriveAll(store);
    await openCaptures(store, folder, argument, options);
    await stand(store, folder, options.capture);
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

async function openCaptures(
  store: Store,
  folder: string,
  argument: string,
  { onRemark }: OpenDatasetOptions,
): Promise<void> {
  const count = async (files: string): Promise<number> =>
    Number((await store.rows(`SELECT count(*) AS n FROM glob(${literal(files)})`))[0]?.n);
  const [own, all] = [await count(filesOf(folder, MARK, SCHEMA_VERSION)), await count(allFilesOf(folder, MARK))];
  if (own === 0) {
    throw inputError(
      all === 0 ? `${argument}: holds no capture` : `${argument}: its ${all} captures are of another schema version`,
      all === 0 ? 'ftrail export --to parquet -o FOLDER/ writes one into it' : 'export them again with this ftrail',
    );
  }
  if (all > own) onRemark?.(`${argument}: ${all - own} captures are of another schema version and left out`);
  for (const statement of openStatements(folder, SCHEMA_VERSION)) await store.run(statement);
}

/** Tables become views over the files, and the views over the tables are made again. */
async function stand(store: Store, folder: string, wanted: string | undefined): Promise<void> {
  const tables = await columnsOf(store);
  const views = await store.rows(
    `SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal AND schema_name IN ('main', 'ev') ORDER BY view_oid`,
  );
  for (const { schema_name, view_name } of views)
    await store.run(`DROP VIEW ${identifier(String(schema_name))}.${identifier(String(view_name))}`);
  for (const table of tables.keys()) await store.run(`DROP TABLE ${identifier(table)}`);
  const relations = await relationsOf(store, folder);
  const all: Omit<Dataset, 'only'> = { folder, schemaVersion: SCHEMA_VERSION, relations };
  const view = (table: string, only: string | null): Promise<void> =>
    store.run(readView({ ...all, only }, table, tables.get(table) ?? []));
  // Names and labels are those of all captures, whichever is asked about.
  await view('capture', null);
  await view('capture_label', null);
  const only =
    wanted === undefined
      ? null
      : (await chosenCaptures(store, await namedCaptures(store), wanted)).map(({ id }) => idText(id)).join(', ');
  for (const table of tables.keys()) if (table !== 'capture' && table !== 'capture_label') await view(table, only);
  for (const { view_name, sql } of views) {
    if (view_name === SHOWN && relations.has(SHOWN)) {
      await store.run(`CREATE VIEW ${SHOWN} AS SELECT p.capture_id, p.name FROM ${readFiles(filesOf(folder, SHOWN, SCHEMA_VERSION))} p
        JOIN member n ON n.capture_id = p.capture_id AND n.export_id = p.export_id${only === null ? '' : ` WHERE p.capture_id IN (${only})`}`);
    } else if (view_name === 'event' && relations.has('event')) await store.run(eventView(folder, only));
    else await store.run(String(sql));
  }
  await createKnownViews(store);
}

/** The files have the text of every line; the store's view would make it from the values. */
const eventView = (folder: string, only: string | null): string =>
  `CREATE VIEW event AS SELECT n.no * 4294967296 + p.event_id AS event_id, p.capture_id, p.line_no, p.ts, p.cpu, p.comm, p.pid, p.tgid, p.flags, p.name, p.args,
     n.no * 4294967296 + p.stack_id AS stack_id, p.capture_date, p.host
   FROM ${readFiles(filesOf(folder, 'event', SCHEMA_VERSION))} p JOIN member n ON n.capture_id = p.capture_id AND n.export_id = p.export_id
   ${only === null ? '' : `WHERE p.capture_id IN (${only})`}`;

/** Which events a capture shows is dear to find out, so the dataset has it. */
const SHOWN = 'shown_name';
const SESSION = ['meta', 'member', 'capture_file'];

async function columnsOf(store: Store): Promise<Map<string, ColumnType[]>> {
  const rows = await store.rows(
    `SELECT c.table_name, c.column_name, c.data_type FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid)
     WHERE t.schema_name = 'main' AND NOT t.internal AND NOT t.temporary AND c.table_name NOT IN (${SESSION.map(literal).join(', ')})
     ORDER BY c.table_oid, c.column_index`,
  );
  const tables = new Map<string, ColumnType[]>();
  for (const { table_name, column_name, data_type } of rows) {
    const columns = tables.get(String(table_name)) ?? [];
    tables.set(String(table_name), [...columns, { name: String(column_name), type: String(data_type) }]);
  }
  return tables;
}

/** Relations that have at least one file. */
async function relationsOf(store: Store, folder: string): Promise<Set<string>> {
  const files = filesOf(folder, '*', SCHEMA_VERSION);
  const rows = await store.rows(
    `SELECT DISTINCT split_part(substr(file, ${folder.length + 2}), '/', 1) AS relation FROM glob(${literal(files)})`,
  );
  return new Set(rows.map(({ relation }) => String(relation)));
}
