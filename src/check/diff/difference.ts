/** What `diff` says: plain data; the keys are those of its JSON. */
export interface Side {
  readonly capture: string;
  /** How many captures this side is made of, where it is more than one: counts are their sum. */
  readonly captures?: number;
  readonly events: number;
  readonly lost_events: number | null;
  /** Events are missing, counted or not. */
  readonly lossy: boolean;
}

export interface Item {
  readonly key: string;
  readonly count: number;
  /** First line of the trace that shows it. */
  readonly line_no: number | null;
}

export interface Changed {
  readonly key: string;
  readonly base: number;
  readonly head: number;
  /** The difference in units of what chance would do (Poisson). */
  readonly weight: number;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** Events that one side lacks, so that the sides cannot be compared; empty when they can. */
  readonly missing: readonly string[];
  readonly new: readonly Item[];
  readonly gone: readonly Item[];
  readonly changed: readonly Changed[];
}

export interface Durations {
  readonly n: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export interface Moved {
  readonly kind: string;
  readonly key: string;
  readonly base: Durations;
  readonly head: Durations;
  /** How far the distribution moved: the mean distance of its quantiles, ns; negative when it became faster. */
  readonly shift: number;
  /** As far as two samples of the same thing lie apart by chance, ns. */
  readonly noise: number;
  /** shift times calls: the time that it costs in the head, ns. */
  readonly cost: number;
}

export interface StackCount {
  /** Outermost first; the first is the event. */
  readonly frames: readonly string[];
  readonly base: number;
  readonly head: number;
}

export interface Difference {
  readonly base: Side;
  readonly head: Side;
  /** What matters most first. */
  readonly findings: readonly string[];
  readonly sections: readonly Section[];
  readonly durations: readonly Moved[];
  readonly notes: readonly string[];
}
