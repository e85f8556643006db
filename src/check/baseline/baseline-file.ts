/**
 * A baseline as a small file to commit: per rule and key the values of the runs. Names sorted and a line per key, so that a
 * change of one number is a change of one line.
 */
import { inputError } from '../../base/errors.js';
import { safeJson } from '../../base/safe-json.js';

/** Per run what one rule saw: key -> value. */
export type Runs = readonly ReadonlyMap<string, number>[];

export interface Baseline {
  readonly runs: number;
  /** By the name of the rule. */
  readonly rules: ReadonlyMap<string, Runs>;
}

const VERSION = 1;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

export function baselineText({ runs, rules }: Baseline): string {
  const blocks = [...rules].sort(byName).map(([name, all]) => {
    const keys = [...new Set(all.flatMap((run) => [...run.keys()]))].map((key): [string, (number | null)[]] => [
      key,
      all.map((run) => run.get(key) ?? null),
    ]);
    const lines = keys.sort(byName).map(([key, values]) => `      ${safeJson(key)}: ${safeJson(values)}`);
    return `    ${safeJson(name)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n    `}}`;
  });
  return `{\n  "ftrail_baseline": ${VERSION},\n  "runs": ${runs},\n  "rules": {\n${blocks.join(',\n')}\n  }\n}\n`;
}

/** undefined when the text is no baseline at all (then it may be a capture). */
export function parseBaseline(text: string, name: string): Baseline | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw inputError(`${name}: is no valid JSON`, 'ftrail check --update-baseline writes a baseline');
  }
  const found = parsed as { ftrail_baseline?: unknown; runs?: unknown; rules?: unknown };
  if (found.ftrail_baseline !== VERSION || !isCount(found.runs) || !isRecord(found.rules)) {
    throw inputError(`${name}: is no baseline of this ftrail`, 'ftrail check --update-baseline writes one');
  }
  const runs = found.runs;
  const rules = new Map<string, Runs>();
  for (const [rule, keys] of Object.entries(found.rules)) {
    const all = Array.from({ length: runs }, () => new Map<string, number>());
    if (!isRecord(keys)) throw inputError(`${name}: rule ${rule} holds no values`);
    for (const [key, values] of Object.entries(keys)) {
      if (!Array.isArray(values) || values.length !== runs)
        throw inputError(`${name}: ${rule}: ${key} needs ${runs} values`);
      for (const [i, value] of values.entries()) {
        if (typeof value === 'number') all[i]?.set(key, value);
        else if (value !== null) throw inputError(`${name}: ${rule}: ${key} holds a value that is no number`);
      }
    }
    rules.set(rule, all);
  }
  return { runs, rules };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 10_000;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
