/** Which relations a dataset has, how a capture of a store is written into them, and how they read as a store again. */
import { identifier, literal } from '../../base/sql-text.js';
import { filesOf } from './layout.js';
import { type ColumnType, isCaptureId, none, read, written } from './types.js';

/** A table of the store, and what of it speaks of the capture `$capture`. */
interface Written {
  /** Folder of the dataset. */
  readonly relation: string;
  readonly table: string;
  /** Condition; by default its capture_id. */
  readonly where?: string;
  /** Joined for columns that make the file readable by itself. */
  readonly join?: string;
  readonly also?: readonly string[];
}

const RENAMED: Readonly<Record<string, string>> = { event_row: 'event', syscall_row: 'syscall', link_row: 'link' };

const OWN_EVENTS = 'SELECT event_id FROM event_row WHERE capture_id = $capture';
/** Tables without a capture_id: what of them the capture uses. */
const USED: Readonly<Record<string, string>> = {
  comm_dict: 'comm_id IN (SELECT comm_id FROM event_row WHERE capture_id = $capture)',
  flags_dict: 'flags_id IN (SELECT flags_id FROM event_row WHERE capture_id = $capture)',
  name_dict: 'of_capture_id = $capture',
  syscall_name: 'syscall_id IN (SELECT syscall_id FROM syscall_row WHERE capture_id = $capture)',
  stack_frame: `stack_id IN (SELECT stack_id FROM event_stack WHERE event_id IN (${OWN_EVENTS}))`,
};

/** Texts beside the numbers of the store: whoever reads the file alone needs them. */
const ALSO: Readonly<Record<string, Pick<Written, 'join' | 'also'>>> = {
  event_row: {
    join: 'JOIN event v USING (event_id) JOIN flags_dict f USING (flags_id) JOIN name_dict d USING (name_id)',
    also: [
      'v.ts',
      'v.cpu',
      'v.comm',
      'v.pid',
      'v.tgid',
      'v.flags',
      'f.irq_context',
      'v.name',
      'd.kind',
      'v.args',
      'v.stack_id',
    ],
  },
  syscall_row: {
    join: 'JOIN syscall v ON coalesce(v.enter_event_id, v.exit_event_id) = coalesce(t.enter_event_id, t.exit_event_id)',
    also: ['v.task_id', 'v.name', 'v.args', 'v.errno', 'v.dur', 'v.path', 'v.ts'],
  },
};

/** Views that are written as they are: answers that need none of our SQL, and what is dear to find out again. */
const VIEWS = ['verdict', 'mapping', 'shown_name'];
/** Made from another relation when read (event_stack from event), or not of captures. */
const LEFT_OUT = ['meta', 'event_stack', 'capture'];

export type Catalogue = ReadonlyMap<string, readonly ColumnType[]>;

/** Relation -> statement whose rows are its file for the capture `$capture`; `catalogue`: tables and views of the store. */
export function statements(catalogue: Catalogue): Map<string, string> {
  const found = new Map<string, string>();
  for (const [table, columns] of catalogue) {
    if (LEFT_OUT.includes(table)) continue;
    const own = columns.some(({ name }) => name === 'capture_id') ? 't.capture_id = $capture' : undefined;
    const where = USED[table] ?? own;
    if (where === undefined || (table !== 'event_row' && table === 'event')) continue;
    const { join = '', also = [] } = ALSO[table] ?? {};
    const taken = new Set(also.map((column) => column.slice(2)));
    const kept = columns
      .filter(({ name, type }) => !isCaptureId(name) && !taken.has(name) && !isNested(type))
      .map((column) => written(column, 't.'));
    found.set(
      RENAMED[table] ?? table,
      `SELECT ${[...kept, ...also].join(', ')} FROM ${identifier(table)} t ${join} WHERE ${where}${orderOf(columns)}`,
    );
  }
  return found;
}

/** The row of the capture itself is written last: with it the capture is there. */
export const captureStatement = (columns: readonly ColumnType[]): string =>
  `SELECT ${columns
    .filter(({ name }) => !isCaptureId(name))
    .map((column) => written(column, 't.'))
    .join(', ')},
     $export_id::VARCHAR AS export_id, $schema_version::VARCHAR AS schema_version
   FROM capture t WHERE t.capture_id = $capture`;

export const isWritten = (name: string, isView: boolean): boolean => !isView || VIEWS.includes(name);

const isNested = (type: string): boolean => /\[\]$|^STRUCT|^MAP/.test(type) && type !== 'VARCHAR[]';

/** Rows of a file in the order of the trace: readers that keep statistics of row groups skip most of it. */
function orderOf(columns: readonly ColumnType[]): string {
  const by = columns.find(({ name }) => /^(?:enter_|from_|generate_|entry_)?event_id$/.test(name));
  return by === undefined ? '' : ` ORDER BY t.${identifier(by.name)}`;
}

/** Hive's names of the partitions, typed: a host called 12 stays a text. */
const TYPED = "hive_partitioning = true, hive_types = {'capture_date': DATE, 'host': VARCHAR, 'capture_id': VARCHAR}";

export const readFiles = (files: string): string => `read_parquet(${literal(files)}, ${TYPED})`;

export interface Dataset {
  /** Absolute path. */
  readonly folder: string;
  readonly schemaVersion: string;
  /** Relations that have files. */
  readonly relations: ReadonlySet<string>;
  /** Ids of the captures that are asked about, as SQL; null: all. */
  readonly only: string | null;
}

/** How a table of the store reads from the dataset. */
export function readView(dataset: Dataset, table: string, columns: readonly ColumnType[]): string {
  const { folder, schemaVersion, relations, only } = dataset;
  const create = `CREATE VIEW ${identifier(table)} AS SELECT`;
  const relation = table === 'event_stack' ? 'event' : (RENAMED[table] ?? table);
  const rows = table === 'capture' ? MEMBERS : `${readFiles(filesOf(folder, relation, schemaVersion))} p ${JOINED}`;
  // Partitions are columns of every relation, so that a condition on them leaves out files.
  if (!relations.has(relation))
    return `${create} ${[...columns.map(none), 'NULL::DATE AS capture_date', 'NULL::VARCHAR AS host'].join(', ')} WHERE false`;
  const selected = columns.map((column) =>
    table === 'event_row' ? (EVENT_ROW[column.name] ?? read(column)) : read(column),
  );
  const conditions = [
    ...(only === null || table === 'capture' ? [] : [`p.capture_id IN (${only})`]),
    ...(table === 'event_stack' ? ['p.stack_id IS NOT NULL'] : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `${create} ${[...selected, 'p.capture_date', 'p.host'].join(', ')} FROM ${rows}${where}`;
}

/** A file whose export no row of `capture` names is half of a capture, or the same once more. */
const JOINED = 'JOIN member n ON n.capture_id = p.capture_id AND n.export_id = p.export_id';
const MEMBERS = `capture_file p JOIN member n ON n.capture_id = p.capture_id AND n.export_id = p.export_id`;

const EVENT_ROW: Readonly<Record<string, string>> = {
  ts: 'coalesce(p.ts, -9223372036854775808) AS ts',
  cpu: 'coalesce(p.cpu, -1) AS cpu',
  pid: 'coalesce(p.pid, -1) AS pid',
  tgid: 'coalesce(p.tgid, -1) AS tgid',
};

/** What the captures are, and the number of each; once for a session. */
export const openStatements = (folder: string, schemaVersion: string): string[] => [
  // Sorted, because rows that come unsorted are gathered file by file, each with half a megabyte of its own.
  `CREATE TABLE capture_file AS SELECT * FROM ${readFiles(filesOf(folder, 'capture', schemaVersion))} ORDER BY capture_id`,
  // The same capture may have come twice, from two writers at once: the first counts.
  `CREATE TABLE member AS SELECT capture_id, export_id, row_number() OVER (ORDER BY capture_id)::BIGINT AS no FROM (
     SELECT capture_id, export_id FROM capture_file
     QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY imported_at, export_id) = 1)`,
];
