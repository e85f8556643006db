/** Captures and rules -> one verdict. */
import { resolve } from 'node:path';
import type { CheckCapture } from '../../check/capture.js';
import { judgeRule } from '../../check/evaluate/judge.js';
import { type LoadOptions, loadRules, type RuleSet } from '../../check/rules/load-rules.js';
import {
  type CaptureVerdict,
  captureVerdict,
  type RuleVerdict,
  type Verdict,
  wholeVerdict,
} from '../../check/verdict.js';
import type { Store } from '../../store/store.js';
import { CATALOGUE, checkCapture } from './check-capture.js';
import { RULE_FILES } from './rule-files.js';

export const readRules = (path: string, options: LoadOptions): Promise<RuleSet> =>
  loadRules(resolve(path), RULE_FILES, CATALOGUE, options);

/** `argument`: as the user named the capture; it names it in the verdict too. */
export async function judgeStore(store: Store, argument: string, rules: RuleSet): Promise<CaptureVerdict> {
  const capture: CheckCapture = await checkCapture(store, argument);
  const judged: RuleVerdict[] = [];
  for (const rule of rules.rules) {
    if (rule.assert !== undefined) judged.push(await judgeRule(capture, rule, rules.enabled));
  }
  return captureVerdict(argument, judged);
}

export const joinVerdicts = (captures: readonly CaptureVerdict[]): Verdict => wholeVerdict(captures);
