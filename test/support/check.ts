import { CATALOGUE } from '../../src/app/check/check-capture.js';
import { judgeStore } from '../../src/app/check/run-check.js';
import { loadRules, type RuleSet } from '../../src/check/rules/load-rules.js';
import type { CaptureVerdict, RuleVerdict } from '../../src/check/verdict.js';
import type { Store } from '../../src/store/store.js';
import { storeOfTexts } from './store-of.js';

/** Rules files in memory; the first is the one that is asked for. */
export function rulesOf(
  files: string | Readonly<Record<string, string>>,
  options: { readonly vars?: Readonly<Record<string, string>>; readonly tags?: readonly string[] } = {},
): Promise<RuleSet> {
  const texts = typeof files === 'string' ? { 'rules.yaml': files } : files;
  const io = {
    read: async (path: string): Promise<string> => {
      const text = texts[path];
      if (text === undefined) throw new Error(`${path}: no such rules file`);
      return text;
    },
    resolve: (_from: string, include: string) => include,
    shown: (path: string) => path,
  };
  const { vars = {}, tags = [] } = options;
  return loadRules(Object.keys(texts)[0] ?? '', io, CATALOGUE, { vars, tags });
}

/** Making a store takes longer than all rules on it, and rules change nothing: one per text. */
const stores = new Map<string, Promise<Store>>();

/** The verdict on one trace text. */
async function judge(trace: string, rules: string): Promise<CaptureVerdict> {
  const store = stores.get(trace) ?? storeOfTexts(trace);
  stores.set(trace, store);
  const [verdict] = await judgeStore(await store, 'trace', await rulesOf(rules));
  if (verdict === undefined) throw new Error('no capture');
  return verdict;
}

/** The verdict on one rule: what stands under `assert`, more keys of the rule, and keys of the file before it. */
export async function judgeOne(trace: string, assert: string, more = '', before = ''): Promise<RuleVerdict> {
  const text = `${before}rules:\n  - name: one\n    assert: ${assert}\n${more.replace(/^(?=.)/gm, '    ')}\n`;
  const { rules } = await judge(trace, text);
  const [rule] = rules;
  if (rule === undefined) throw new Error('no verdict');
  return rule;
}

/** Records as a whole trace whose header agrees with them. */
export function traceOf(records: string, lost = 0): string {
  const lines = records.split('\n').filter((line) => line.trim() !== '');
  const count = lines.filter((line) => !line.startsWith(' =>')).length;
  return `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${count}/${count + lost}   #P:2\n#\n${lines.join('\n')}\n`;
}

/** A trace without the records of one event; the header agrees again. */
export function without(trace: string, event: RegExp): string {
  const records = trace.split('\n').filter((line) => !line.startsWith('#') && !event.test(line));
  return traceOf(records.join('\n'));
}
