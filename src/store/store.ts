/**
 * A store is one DuckDB file (or memory). Only this folder talks to DuckDB; everything else asks for plain rows.
 */
import { readFileSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { FtrailError, inputError } from '../base/errors.js';
import { literal } from '../base/sql-text.js';
import type { Row } from '../trace/result.js';
import { plainRow } from './plain.js';
import { SCHEMA_VERSION } from './schema-version.js';
import { duckdbConfig, type Resources, threadsOf } from './settings.js';
import { vocabularySql } from './vocabulary.js';

export type Parameters = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface OpenOptions extends Resources {
  /** Read-only is the default; only an import writes. */
  readonly writable?: boolean;
  /** Name of the store in messages, where the file is a copy under another name. */
  readonly shownAs?: string;
}

const MEMORY = ':memory:';
const READ_ONLY = { access_mode: 'READ_ONLY' };

export class Store {
  readonly connection: DuckDBConnection;
  /** How many threads may work for this store at once. */
  readonly threads: number;
  private readonly instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, threads: number) {
    this.threads = threads;
    this.instance = instance;
    this.connection = connection;
  }

  /** A new store with an empty schema; `path` must not exist, or be left out for a store in memory. */
  static async create(path: string = MEMORY, resources: Resources = {}): Promise<Store> {
    const store = await Store.connect(path, resources);
    await store.run(vocabularySql());
    await store.run(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
    await store.run(`INSERT INTO meta VALUES ('schema_version', '${SCHEMA_VERSION}')`);
    return store;
  }

  /** Opens an existing store; an input error when it is none, or of another schema version. */
  static async open(path: string, options: OpenOptions = {}): Promise<Store> {
    const store = await Store.connect(path, options, options.writable === true ? {} : READ_ONLY);
    const name = options.shownAs ?? path;
    let version: unknown;
    try {
      version = (await store.rows("SELECT value FROM meta WHERE key = 'schema_version'"))[0]?.value;
    } catch {
      store.close();
      throw inputError(`${name}: a DuckDB file, but no ftrail store`);
    }
    if (version !== SCHEMA_VERSION) {
      store.close();
      throw inputError(
        `${name}: store of schema version ${String(version)}, this ftrail reads ${SCHEMA_VERSION}`,
        'import the trace again',
      );
    }
    return store;
  }

  /** Whether a DuckDB file is a store, of this schema version or another. */
  static async isStore(path: string): Promise<boolean> {
    let store: Store | undefined;
    try {
      store = await Store.connect(path, {}, READ_ONLY);
      return (await store.rows("FROM meta WHERE key = 'schema_version'")).length > 0;
    } catch {
      return false;
    } finally {
      store?.close();
    }
  }

  private static async connect(
    path: string,
    resources: Resources,
    access: Readonly<Record<string, string>> = {},
  ): Promise<Store> {
    try {
      const { writes = [], folder } = resources;
      const allowed = [
        ...(writes.length === 0 ? [] : [`SET allowed_paths = [${writes.map(literal).join(', ')}]`]),
        ...(folder === undefined ? [] : [`SET allowed_directories = [${literal(folder)}]`]),
      ];
      const { enable_external_access, ...config } = duckdbConfig(resources);
      const closed: Record<string, string> =
        allowed.length === 0 && enable_external_access !== undefined ? { enable_external_access } : {};
      const instance = await DuckDBInstance.create(path, { ...config, ...closed, ...access });
      const connection = await instance.connect();
      // Paths can be allowed only before everything else is forbidden, and not in the options of an instance.
      if (allowed.length > 0) await connection.run([...allowed, 'SET enable_external_access = false'].join('; '));
      return new Store(instance, connection, threadsOf(resources));
    } catch (cause) {
      const text = cause instanceof Error ? (cause.message.split('\n')[0] as string) : String(cause);
      throw new FtrailError('input', `${path}: cannot be opened as a store (${text})`, { cause });
    }
  }

  /** Runs statements for their effect. */
  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** Rows as plain values: see plain.ts for what becomes of 64-bit integers. */
  async rows(sql: string, parameters: Parameters = {}): Promise<Row[]> {
    const result = await this.connection.runAndReadAll(sql, parameters as Record<string, DuckDBValue>);
    const names = result.deduplicatedColumnNames();
    return result.getRows().map((values) => plainRow(names, values));
  }

  /**
   * Columns of a large answer, chunk by chunk in the order of the statement. Values as DuckDB gives them: 64-bit integers are
   * bigint.
   */
  async *chunks(sql: string, parameters: Parameters = {}): AsyncGenerator<readonly (readonly DuckDBValue[])[]> {
    const result = await this.connection.stream(sql, parameters as Record<string, DuckDBValue>);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk.getColumns();
    }
  }

  /** Names and types of the columns of a statement; it is not run. */
  async columns(sql: string, parameters: Parameters = {}): Promise<{ name: string; type: string }[]> {
    const rows = await this.rows(`DESCRIBE ${sql}`, parameters);
    return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  }

  /** Has the database write the rows of a statement into a file that `writes` named; how many. `format`: options of COPY. */
  async copy(sql: string, parameters: Parameters, file: { path: string; format: string }): Promise<number> {
    const to = `TO ${literal(file.path)} (${file.format}, USE_TMP_FILE false)`;
    const [row] = await this.rows(`COPY (${sql}\n) ${to}`, parameters);
    return Number(Object.values(row ?? {})[0]);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
