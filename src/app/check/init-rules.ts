/** A first rules file from a good capture: the proposals that pass on it. */
import { usageError } from '../../base/errors.js';
import { judgeRule } from '../../check/evaluate/judge.js';
import { firstRules } from '../../check/init/first-rules.js';
import type { Store } from '../../store/store.js';
import { singleCapture } from './check-capture.js';
import { rulesOfText } from './run-check.js';

const HEAD = `# yaml-language-server: $schema=node_modules/ftrail/dist/check/rules.schema.json
# What one good capture showed. Keep what must always hold, loosen what may vary, delete the rest.
# Events that the recording always enables: then that they do not occur means that they did not happen.
# enabled: [signal_*, sched_process_*]
rules:
`;

export async function initRules(store: Store, argument: string, wanted?: string): Promise<string> {
  const capture = await singleCapture(store, argument, wanted);
  const kept: string[] = [];
  const names = new Set<string>();
  for (const proposal of await firstRules(capture)) {
    const { rules } = await rulesOfText(`rules:\n${proposal}`, 'proposal');
    for (const rule of rules) {
      if (names.has(rule.name)) continue;
      const { status } = await judgeRule(capture, rule, []);
      if (status !== 'passed') continue;
      names.add(rule.name);
      kept.push(proposal);
    }
  }
  if (kept.length === 0)
    throw usageError(`${argument}: shows nothing that a first rule could say`, 'ftrail info tells what is in it');
  return `${HEAD}${kept.join('')}`;
}
