/** What a check says: plain data, JSON-safe; the keys of the JSON output are these. */
export type Status = 'passed' | 'failed' | 'not-applicable';

export interface Evidence {
  /** Line of the trace; null where the statement rests on none. */
  readonly line_no: number | null;
  readonly text: string;
}

/** The answer to one assertion. */
export interface Outcome {
  readonly status: Status;
  readonly expected: string;
  readonly found: string;
  readonly evidence: readonly Evidence[];
  /** Arguments of the ftrail command that shows more, the capture as the word CAPTURE; empty where there is none. */
  readonly more: readonly string[];
  /** The pass rests on something not being there. */
  readonly absence: boolean;
}

export interface RuleVerdict {
  readonly name: string;
  readonly kind: string;
  readonly status: Status;
  readonly severity: 'error' | 'warn';
  /** Whether it fails the run: failed or not-applicable, of severity error, and not allowed. */
  readonly fails: boolean;
  readonly expected: string;
  readonly found: string;
  readonly evidence: readonly Evidence[];
  /** A command line; empty where there is none. */
  readonly more: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  /** Where the rule stands. */
  readonly file: string;
  readonly line: number;
}

export interface CaptureVerdict {
  readonly capture: string;
  readonly verdict: 'passed' | 'failed';
  readonly counts: Counts;
  readonly rules: readonly RuleVerdict[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly not_applicable: number;
  readonly warned: number;
}

export interface Verdict {
  readonly verdict: 'passed' | 'failed';
  readonly counts: Counts;
  readonly captures: readonly CaptureVerdict[];
}

/** `warned`: of failed and not-applicable, those that do not fail the run. */
function countsOf(rules: readonly RuleVerdict[]): Counts {
  const of = (status: Status): number => rules.filter((rule) => rule.status === status).length;
  return {
    passed: of('passed'),
    failed: of('failed'),
    not_applicable: of('not-applicable'),
    warned: rules.filter((rule) => rule.status !== 'passed' && !rule.fails).length,
  };
}

export function captureVerdict(capture: string, rules: readonly RuleVerdict[]): CaptureVerdict {
  return { capture, verdict: rules.some((rule) => rule.fails) ? 'failed' : 'passed', counts: countsOf(rules), rules };
}

export function wholeVerdict(captures: readonly CaptureVerdict[]): Verdict {
  return {
    verdict: captures.some((each) => each.verdict === 'failed') ? 'failed' : 'passed',
    counts: countsOf(captures.flatMap((each) => each.rules)),
    captures,
  };
}
