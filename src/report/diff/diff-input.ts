/** What the page of a comparison shows, as plain data. */
import type { DiffStack } from '../../charts/flame-diff.js';

export interface DiffTable {
  readonly id: string;
  readonly title: string;
  /** Words above the columns. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that there are; more than are shown. */
  readonly total: number;
  /** Why there is nothing to compare; null when there is. */
  readonly reason: string | null;
}

export interface DiffPageInput {
  readonly toolVersion: string;
  readonly title: string;
  readonly base: string;
  readonly head: string;
  /** What matters most first. */
  readonly findings: readonly string[];
  readonly notes: readonly string[];
  readonly tables: readonly DiffTable[];
  readonly stacks: readonly DiffStack[];
}
