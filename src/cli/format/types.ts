/** Rows -> text on stdout, in one of four formats; the rows are the same in all of them. */
import type { Column, Row } from '../../trace/result.js';
import type { Out } from '../io.js';

/** What is needed of a capture to print times: how precise its clock is. */
export interface Clock {
  readonly unit: 'us' | 'ns' | 'tick' | 'none';
}

/** What a printer needs to know of a column. */
export type OutColumn = Pick<Column, 'name' | 'type' | 'unit' | 'least'>;

export interface Look {
  readonly clock: Clock;
  readonly color: boolean;
  /** Width of the terminal; undefined for a file or a pipe, where nothing is cut. */
  readonly width: number | undefined;
  /** Hears the columns that found no room, after the table. */
  readonly leftOut?: ((names: readonly string[]) => void) | undefined;
}

export type Batches = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

/** Prints all rows; returns how many there were. */
export type Printer = (out: Out, columns: readonly OutColumn[], batches: Batches, look: Look) => Promise<number>;
