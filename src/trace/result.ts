/**
 * Result vocabulary: what an analysis returns and what report, check, export and the terminal consume.
 * Plain data, JSON-safe: integers beyond 2^53 are strings, absent values are null.
 */
export type CellValue = string | number | boolean | null;
export type Row = Readonly<Record<string, CellValue>>;

export type Confidence = 'exact' | 'inferred';

/** A column of an answer. Durations and times are nanoseconds unless the unit says otherwise. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number' | 'boolean';
  readonly unit?: 'ns' | 'bytes' | 'line' | 'address' | 'count';
  readonly label: string;
  readonly doc: string;
  /** Words that a person reads: on a terminal they keep this many characters, and other columns make room. */
  readonly least?: number;
}

/** A statement about the capture. It never says more than the lines it names show. */
export interface Finding {
  readonly severity: 'info' | 'warn' | 'bad';
  readonly text: string;
  readonly lines: readonly number[];
  readonly confidence: Confidence;
  /** Only where the answer speaks of several captures: the one whose lines these are. */
  readonly capture?: string;
}

/** What stands where an expected link is missing, and why. */
export interface Gap {
  readonly text: string;
  readonly reason: 'not_enabled' | 'lost' | 'before_start' | 'after_end' | 'not_shown';
}

export type ResultStatus = 'ok' | 'empty' | 'not-applicable' | 'failed';

export interface NotAnswered {
  readonly capture: string;
  readonly missing: readonly string[];
}

export interface AnalysisResult {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly status: ResultStatus;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Rows that the full answer has; rows.length may be smaller when a limit was given. */
  readonly totalRows: number;
  readonly findings: readonly Finding[];
  /** Event names to enable so that the question can be answered; only for not-applicable. */
  readonly missing: readonly string[];
  /** Commands that record what the question needs, where no event name says it. */
  readonly toRecord?: readonly string[];
  /** Of several captures those that lack the events; the rows tell nothing about them. */
  readonly notAnswered?: readonly NotAnswered[];
  readonly error?: string;
  /** What the rows are made of, where they sum over tasks, CPUs or times. */
  readonly parts?: Parts;
}

/** What the rows of an answer are sums of, fine enough to ask how much of a row belongs to one task, CPU or time. */
export interface Parts {
  /** Columns of the answer that are sums of its parts. */
  readonly measures: readonly string[];
  /** What parts are told apart by: columns of pids, `cpu`, `ts`. */
  readonly facets: readonly string[];
  /** True: a part is what one task did on one CPU at one time. False: each part is told apart by the one thing that `by` names. */
  readonly joint: boolean;
  /** A part's ts is the begin of a stretch of so many ns (or ticks); 1 for the very moment. */
  readonly stretch: number;
  /** `row`: index of the answer's row; `by`; the facets; the measures. */
  readonly rows: readonly Row[];
}

/** One step of a causal chain, in time order. */
export interface Step {
  readonly ts: CellValue;
  readonly event_id: number;
  readonly line_no: number;
  readonly pid: number;
  readonly comm: string;
  readonly kind: string;
  readonly text: string;
  readonly confidence: Confidence;
}

/** One life that a pid or a name could mean. */
export interface Choice {
  readonly task_id: number;
  readonly pid: number;
  /** Which life of the pid, 1 is the first, and how many it has. */
  readonly life: number;
  readonly lives: number;
  /** Only where the store holds several captures. */
  readonly capture?: string;
  readonly comm: string | null;
  /** Line where the life begins. */
  readonly line_no: number | null;
  readonly death: string;
}

/** The answer of `why`: verdict, steps and gaps are a contract (DESIGN, command line). */
export interface Chain {
  readonly verdict: string;
  readonly steps: readonly Step[];
  readonly gaps: readonly Gap[];
  /** Only where the question could mean several lives: all of them, the one that is told first. */
  readonly choices?: readonly Choice[];
}
