/** Captures and rules -> one verdict. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runs } from '../../check/baseline/baseline-file.js';
import { type Collected, collect, type Unit } from '../../check/baseline/collect.js';
import { judgeCompare } from '../../check/baseline/judge-compare.js';
import { type CheckCapture, isLossy } from '../../check/capture.js';
import { judgeRule, verdictOf } from '../../check/evaluate/judge.js';
import { missingText } from '../../check/evaluate/needs.js';
import { notApplicable } from '../../check/evaluate/words.js';
import { type LoadOptions, loadRules, type Rule, type RuleFiles, type RuleSet } from '../../check/rules/load-rules.js';
import { type CaptureVerdict, captureVerdict, type RuleVerdict } from '../../check/verdict.js';
import type { Store } from '../../store/store.js';
import { CATALOGUE, checkCaptures } from './check-capture.js';
import { RULE_FILES } from './rule-files.js';

const DEFAULT_RULES = fileURLToPath(new URL('../../check/baseline/default-rules.yaml', import.meta.url));
const SHIPPED: RuleFiles = { ...RULE_FILES, shown: (path) => (path === DEFAULT_RULES ? 'built-in-rules.yaml' : path) };

export interface RulesWanted extends LoadOptions {
  /** Undefined: no file, only what is compared when nobody says what. */
  readonly path: string | undefined;
  /** There is a baseline, so something must be compared. */
  readonly compares: boolean;
}

export async function readRules({ path, compares, ...options }: RulesWanted): Promise<RuleSet> {
  const own = path === undefined ? undefined : await loadRules(resolve(path), RULE_FILES, CATALOGUE, options);
  if (own !== undefined && (!compares || own.rules.some((rule) => rule.compare !== undefined))) return own;
  const shipped = await loadRules(DEFAULT_RULES, SHIPPED, CATALOGUE, { vars: {}, tags: [] });
  return own === undefined ? shipped : { ...own, rules: [...own.rules, ...shipped.rules] };
}

/** Rules given as text; `shown` stands for the file in messages. */
export const rulesOfText = (text: string, shown: string): Promise<RuleSet> =>
  loadRules(
    shown,
    { read: async () => text, resolve: (_from, include) => resolve(include), shown: (path) => path },
    CATALOGUE,
    { vars: {}, tags: [] },
  );

/** What the rules that compare saw in the captures of one side. */
export interface Side {
  /** By the name of the rule. */
  readonly runs: Map<string, ReadonlyMap<string, number>[]>;
  readonly units: Map<string, Unit>;
  /** By the name of the rule: events that a capture lacks. */
  readonly missing: Map<string, readonly string[]>;
  /** Names of the captures as the user gave them, one per run. */
  readonly names: string[];
  lossy: boolean;
}

export const emptySide = (): Side => ({
  runs: new Map(),
  units: new Map(),
  missing: new Map(),
  names: [],
  lossy: false,
});

/** A verdict per capture of the store, where there are rules for a capture alone; what its captures show to the rules that compare goes into `side`. */
export async function judgeStore(
  store: Store,
  argument: string,
  rules: RuleSet,
  side: Side = emptySide(),
  wanted?: string,
): Promise<CaptureVerdict[]> {
  const verdicts: CaptureVerdict[] = [];
  for (const capture of await checkCaptures(store, argument, wanted)) {
    const judged: RuleVerdict[] = [];
    for (const rule of rules.rules) {
      if (rule.assert !== undefined) judged.push(await judgeRule(capture, rule, rules.enabled));
    }
    await collectAll(capture, rules, side);
    if (judged.length > 0) verdicts.push(captureVerdict(capture.name, judged));
  }
  return verdicts;
}

/** Captures of a baseline: nothing is judged. */
export async function collectStore(store: Store, argument: string, rules: RuleSet, side: Side): Promise<void> {
  for (const capture of await checkCaptures(store, argument)) await collectAll(capture, rules, side);
}

async function collectAll(capture: CheckCapture, rules: RuleSet, side: Side): Promise<void> {
  side.names.push(capture.argument);
  side.lossy ||= isLossy(capture);
  for (const rule of rules.rules) {
    if (rule.compare !== undefined) add(side, rule.name, await collect(capture, rule, rules.enabled));
  }
}

function add(side: Side, name: string, { values, unit, missing }: Collected): void {
  if (missing.length > 0) side.missing.set(name, missing);
  const runs = side.runs.get(name) ?? [];
  runs.push(values);
  side.runs.set(name, runs);
  side.units.set(name, unit ?? side.units.get(name) ?? null);
}

/** The runs of a baseline, by the name of the rule; undefined where it does not know the rule. */
export interface BaselineRuns {
  readonly name: string;
  readonly missing: ReadonlyMap<string, readonly string[]>;
  readonly lossy: boolean;
  /** Captures of which it was made; empty for a file. */
  readonly captures: readonly string[];
  runs(rule: string): Runs | undefined;
}

/** One verdict for all captures together: the head against the baseline. */
export function judgeBaseline(rules: RuleSet, head: Side, base: BaselineRuns | undefined): CaptureVerdict | undefined {
  const comparing = rules.rules.filter((rule) => rule.compare !== undefined);
  if (comparing.length === 0) return undefined;
  const name = base === undefined ? 'the baseline' : `against ${base.name}`;
  return captureVerdict(
    name,
    comparing.map((rule) => verdictOf(rule, 'compare', outcomeOf(rule, head, base), name)),
  );
}

function outcomeOf(rule: Rule, head: Side, base: BaselineRuns | undefined): ReturnType<typeof judgeCompare> {
  const { compare } = rule;
  const expected = 'as in the baseline';
  if (compare === undefined || base === undefined) {
    return notApplicable({ expected, found: 'there is no baseline: name it with --baseline' });
  }
  const missing = head.missing.get(rule.name) ?? base.missing.get(rule.name);
  if (missing !== undefined) return notApplicable({ expected, found: missingText(missing, { names: new Set() }) });
  const runs = base.runs(rule.name);
  if (runs === undefined) {
    return notApplicable({ expected, found: `${base.name} does not know this rule: --update-baseline writes it` });
  }
  const outcome = judgeCompare(compare, runs, head.runs.get(rule.name) ?? [], head.units.get(rule.name) ?? null);
  if (outcome.status === 'failed') return { ...outcome, more: moreOf(compare, head, base) };
  const unsure =
    outcome.absence && outcome.status === 'passed' && (head.lossy || base.lossy) && rule.allow_loss !== true;
  if (!unsure) return outcome;
  const found = `${outcome.found}, but a capture lost events: what is not in it may have happened (allow_loss: true lets it pass)`;
  return { ...outcome, status: 'not-applicable', found };
}

/** Two captures are best compared whole; of more, the first of the head is shown. */
function moreOf(compare: NonNullable<Rule['compare']>, head: Side, base: BaselineRuns): string[] {
  const [capture = '', another] = head.names;
  const [before, more] = base.captures;
  if (before !== undefined && more === undefined && another === undefined) return ['diff', before, capture];
  return compare.analysis === undefined ? ['query', capture, compare.sql ?? ''] : [compare.analysis, capture];
}
