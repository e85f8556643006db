/** What every export format is. src/app hands in where the data comes from; a format says how it is written. */
import type { CellValue, Chain, Row } from '../trace/result.js';

export type Values = Readonly<Record<string, CellValue>>;

/** A statement whose rows are handed over, and the columns that it has, with the database's names of their types. */
export interface Table {
  readonly sql: string;
  readonly values: Values;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What a format asks of the capture. */
export interface Source {
  /** Plain rows, for what is small. */
  rows(sql: string, values?: Values): Promise<Row[]>;
  /** Statements for their effect: variables and temporary tables. */
  run(sql: string): Promise<void>;
  /** Columns in chunks, in the order of the statement, for what is large. 64-bit integers are bigint. */
  chunks(sql: string, values?: Values): AsyncIterable<readonly (readonly unknown[])[]>;
  /** Has the database itself write the rows into the file; how many. `format`: its options of COPY. */
  copy(sql: string, values: Values, format: string): Promise<number>;
  /** The table or analysis that was chosen. */
  table(): Promise<Table>;
  /** The chain behind the task or line that was chosen. */
  chain(): Promise<Chain>;
}

export interface ExportJob {
  readonly source: Source;
  /** The file to write; it becomes the result when everything is in it. */
  readonly path: string;
  /** Only stacks taken at this event. */
  readonly event?: string | undefined;
  /** What part of the capture is wanted, for a format that takes all of it. */
  readonly scope: Scope;
}

/** Times in ns of the trace's clock; null is no limit. */
export interface Scope {
  readonly pid: number | null;
  readonly since: string | null;
  readonly until: string | null;
}

export interface ExportFormat {
  /** As `--to` takes it. */
  readonly id: string;
  /** What it is for, in a few words. */
  readonly use: string;
  /** What the options choose: one table, one chain, or nothing, because the whole capture is written. */
  readonly takes: 'table' | 'chain' | 'capture';
  /** Whether it can be narrowed to one event name. */
  readonly events?: boolean;
  /** Text can go to stdout. */
  readonly text: boolean;
  /** What `write` counts, one of it. */
  readonly counts: string;
  /** Writes the file; how many of what `counts` says are in it. */
  write(job: ExportJob): Promise<number>;
}
