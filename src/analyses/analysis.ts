import type { Column, Finding, Row } from '../trace/result.js';

/** A parameter of an analysis: a command line option and a named SQL parameter ($name). */
export interface Param {
  readonly name: string;
  /** One letter, as a second way to write the option. */
  readonly short?: string;
  /**
   * `signal`: any way to write one; the statement gets its full name. `duration`: 100ms; the statement gets ns.
   * `time`: a moment of the trace's clock; the statement gets ns or ticks since its zero.
   */
  readonly type: 'integer' | 'text' | 'signal' | 'duration' | 'time';
  /** The only values that there are. */
  readonly words?: readonly string[];
  readonly doc: string;
  readonly required?: boolean;
}

/**
 * One question, one folder. `sql` is a single statement over the store: capture_id, then the columns declared below, in that order,
 * cast to their declared types and totally ordered, capture by capture. A contract test prepares it on an empty store and compares.
 * A store may hold many captures, and pids and names mean nothing across them: whatever is grouped, ranked or joined by anything
 * but an id of the store is so for each capture_id on its own.
 */
export interface Analysis {
  /** kebab-case noun; equals the folder and the subcommand. */
  readonly id: string;
  readonly title: string;
  /** The question it answers, one plain sentence. */
  readonly question: string;
  /** Alternatives of event names: the answer needs every event of at least one inner list. Names may end in `*`. */
  readonly needs: readonly (readonly string[])[];
  /** Commands that make the next capture answer a question that no event alone answers. */
  readonly toRecord?: readonly string[];
  readonly params: readonly Param[];
  readonly columns: readonly Column[];
  readonly sql: string;
  /** What the rows sum over, for an answer whose rows do not tell tasks, CPUs or times apart. */
  readonly parts?: PartsOf;
  /** Sentences with numbers, each resting on line numbers of the rows. */
  findings?(rows: readonly Row[]): Finding[];
}

/** A second statement beside the answer's own, with columns of the same names; `$origin` and `$stretch` say how finely to cut time. */
export interface PartsOf {
  /** Columns that name the row of the answer. */
  readonly keys: readonly string[];
  /** `pid` (or columns ending so), `cpu`, `ts`. */
  readonly facets: readonly string[];
  /** Columns of the answer that are sums over its parts. */
  readonly measures: readonly string[];
  /** Takes what the answer's statement takes of `scopeParams`, and `$origin`, `$stretch`. */
  readonly sql: string;
}

export const defineAnalysis = (analysis: Analysis): Analysis => analysis;
