/** What the check needs of a capture; src/app joins it with a store. */
import type { CellValue, Column, Row } from '../trace/result.js';

export interface QueryRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
}

/** An analysis as SQL text with its parameters filled in. */
export interface AnalysisText {
  readonly sql: string;
  readonly columns: readonly Column[];
  /** Alternatives of event names, as in src/analyses/analysis.ts. */
  readonly needs: readonly (readonly string[])[];
}

export interface CheckCapture {
  /** As the user named it, for commands that show more. */
  readonly argument: string;
  /** The same, and which capture of a store with several. */
  readonly name: string;
  /** `mixed`: several captures, and their clocks differ. */
  readonly timeUnit: string;
  /** How many captures are told of as one; compared by label there may be several. */
  readonly captures: number;
  readonly lastTs: CellValue;
  readonly lines: number;
  readonly events: number;
  readonly issues: number;
  /** Events known to be missing; null when some are and nobody counted. */
  readonly lostEvents: number | null;
  /** Whether the kernel's own count of what it wrote is in the capture. */
  readonly counted: boolean;
  /** Stretches of which the capture shows nothing or not all. */
  readonly gaps: number;
  readonly eventNames: ReadonlySet<string>;
  /** Our own SQL with values as $name. */
  rows(sql: string, parameters?: Readonly<Record<string, CellValue>>): Promise<Row[]>;
  /** SQL with words of a rules file in it: one SELECT that reads the store and nothing else. A usage error for its faults. */
  query(sql: string): Promise<QueryRows>;
  /** Relations that the SQL reads, `schema.name` where it says the schema. */
  relationsOf(sql: string): Promise<readonly string[]>;
  /** Whether the text is one SQL expression. */
  isExpression(sql: string): Promise<boolean>;
  analysis(id: string, params: ReadonlyMap<string, string>): AnalysisText;
}

export const isLossy = (capture: CheckCapture): boolean =>
  capture.lostEvents === null || capture.lostEvents > 0 || capture.gaps > 0;
