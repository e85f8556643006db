/** One rule on one capture: are its events there? -> the answer -> does it count? */
import { FtrailError, usageError } from '../../base/errors.js';
import { type CheckCapture, isLossy } from '../capture.js';
import type { Rule } from '../rules/load-rules.js';
import type { Assertion } from '../rules/rule-shape.js';
import type { Outcome, RuleVerdict } from '../verdict.js';
import { judgeAbsent } from './absent.js';
import { answerOfAnalysis, answerOfSql } from './answer.js';
import { commandLine } from './command-line.js';
import { judgeAlways, judgeEventually, judgeNever, termOf } from './events.js';
import { judgeLatency, latencyNeeds, latencySource } from './latency.js';
import { judgeIssues, judgeLoss } from './loss.js';
import { type Events, missingOf, missingOfSql, missingText } from './needs.js';
import { judgeProcess } from './process.js';
import { judgeRows } from './rows.js';
import { judgeSequence } from './sequence.js';
import { notApplicable, plural } from './words.js';

export async function judgeRule(capture: CheckCapture, rule: Rule, enabled: readonly string[]): Promise<RuleVerdict> {
  const { assert } = rule;
  if (assert === undefined) throw new Error(`${rule.name}: a rule that compares has no answer on one capture`);
  const events: Events = { names: capture.eventNames, enabled };
  const outcome = await inPlace(rule, () => judgeAssertion(capture, rule, assert, events));
  return verdictOf(rule, assert.kind, weighLoss(capture, rule, outcome), capture.argument);
}

export function verdictOf(rule: Rule, kind: string, outcome: Outcome, argument: string): RuleVerdict {
  const allowed = outcome.status === 'not-applicable' && rule.allow_missing === true;
  return {
    name: rule.name,
    kind,
    status: outcome.status,
    severity: rule.severity,
    fails: outcome.status !== 'passed' && rule.severity === 'error' && !allowed,
    expected: outcome.expected,
    found: outcome.found,
    evidence: outcome.evidence,
    more: commandLine(outcome.more, argument),
    description: rule.description ?? null,
    tags: rule.tags ?? [],
    file: rule.place.file,
    line: rule.place.line,
  };
}

/** A fault of the rule's SQL says which rule it is. */
export async function inPlace<T>(rule: Rule, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FtrailError) || error.kind !== 'usage') throw error;
    const { file, line } = rule.place;
    throw usageError(`${file}:${line}: rule "${rule.name}": ${error.message}`, error.hint);
  }
}

/** What is missing may be what the rule forbids: then its absence from the capture proves nothing. */
function weighLoss(capture: CheckCapture, rule: Rule, outcome: Outcome): Outcome {
  if (!outcome.absence || outcome.status === 'not-applicable' || !isLossy(capture) || rule.allow_loss === true) {
    return outcome;
  }
  const lost =
    capture.lostEvents === null
      ? 'an unknown number of events'
      : capture.lostEvents > 0
        ? plural(capture.lostEvents, 'event')
        : 'events';
  if (outcome.status === 'failed') return outcome;
  const found = `${outcome.found}, but the capture lost ${lost}: what is not in it may have happened (allow_loss: true lets it pass)`;
  return { ...outcome, status: 'not-applicable', found };
}

async function judgeAssertion(
  capture: CheckCapture,
  rule: Rule,
  assertion: Assertion,
  events: Events,
): Promise<Outcome> {
  for (const fragment of fragmentsOf(assertion)) {
    if (!(await capture.isExpression(fragment))) throw usageError(`${fragment.trim()}: is no SQL condition`);
  }
  const own = missingOf([rule.needs ?? []], events);
  const missing = own.length > 0 ? own : await missingOfAssertion(capture, assertion, events);
  if (missing.length > 0) return notApplicable({ expected: rule.name, found: missingText(missing, events) });
  switch (assertion.kind) {
    case 'analysis':
      return await judgeRows(capture, assertion.of, answerOfAnalysis(capture, assertion.of));
    case 'sql':
      return await judgeRows(capture, assertion.of, await answerOfSql(capture, assertion.of.sql));
    case 'never':
      return await judgeNever(capture, assertion.of, events);
    case 'eventually':
      return await judgeEventually(capture, assertion.of, events);
    case 'always':
      return await judgeAlways(capture, assertion.of, events);
    case 'sequence':
      return await judgeSequence(capture, assertion.of, events);
    case 'absent':
      return await judgeAbsent(capture, assertion.of, events);
    case 'process':
      return await judgeProcess(capture, assertion.of, events);
    case 'latency':
      return await judgeLatency(capture, assertion.of);
    case 'lost_events':
      return judgeLoss(capture, assertion.of.lost_events);
    case 'issues':
      return judgeIssues(capture, assertion.of.issues);
  }
}

/** Pieces of SQL that stand inside a statement of ours. */
function fragmentsOf({ kind, of }: Assertion): string[] {
  const terms =
    kind === 'never'
      ? [of.never]
      : kind === 'eventually'
        ? [of.eventually]
        : kind === 'always'
          ? [of.always]
          : kind === 'sequence'
            ? of.sequence
            : kind === 'absent'
              ? [of.absent, of.after, ...(of.until === undefined ? [] : [of.until])]
              : [];
  const wheres = terms.map((term) => (typeof term === 'string' ? undefined : term.where));
  const more = kind === 'always' ? [of.holds] : kind === 'analysis' ? [of.where] : [];
  return [...wheres, ...more].filter((each) => each !== undefined);
}

async function missingOfAssertion(
  capture: CheckCapture,
  { kind, of }: Assertion,
  events: Events,
): Promise<readonly string[]> {
  switch (kind) {
    case 'analysis':
      return missingOf(capture.analysis(of.analysis, of.params ?? new Map()).needs, events);
    case 'sql':
      return await missingOfSql(of.sql, capture, events);
    case 'never':
      return missingOf([[termOf(of.never).event]], events);
    case 'eventually':
      return missingOf([[termOf(of.eventually).event]], events);
    case 'always':
      return missingOf([[termOf(of.always).event]], events);
    case 'sequence':
      return missingOf([of.sequence.map(({ event }) => event)], events);
    case 'absent': {
      const until = of.until === undefined ? [] : [termOf(of.until).event];
      return missingOf([[of.after.event, termOf(of.absent).event, ...until]], events);
    }
    case 'latency':
      return missingOf(latencyNeeds(latencySource(of.latency)), events);
    case 'process':
    case 'lost_events':
    case 'issues':
      return [];
  }
}
