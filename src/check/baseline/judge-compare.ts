/** Runs of the head against runs of the baseline, key by key. */
import { formatBytes, formatDur } from '../../base/format-time.js';
import { failed, notApplicable, passed, plural, SHOWN } from '../evaluate/words.js';
import { formatQuantity, type Quantity } from '../rules/quantity.js';
import type { Compare } from '../rules/rule-shape.js';
import type { Evidence, Outcome } from '../verdict.js';
import type { Runs } from './baseline-file.js';
import { keysOf, type Unit } from './collect.js';
import { median, noiseBetween } from './noise.js';

interface Moved {
  readonly key: string;
  readonly text: string;
  /** How far beyond what is allowed, for the order. */
  readonly excess: number;
}

export function judgeCompare(compare: Compare, base: Runs, head: Runs, unit: Unit): Outcome {
  const expected = expectedText(compare);
  const { metric } = compare;
  const keys = (runs: Runs): Set<string> => new Set(runs.flatMap((run) => [...run.keys()]));
  const [baseKeys, headKeys] = [keys(base), keys(head)];
  const strict = metric === undefined ? 'fail' : 'allow';
  const gone = (compare.gone_keys ?? strict) === 'fail' ? [...baseKeys].filter((key) => !headKeys.has(key)) : [];
  const fresh = (compare.new_keys ?? strict) === 'fail' ? [...headKeys].filter((key) => !baseKeys.has(key)) : [];
  const common = [...headKeys].filter((key) => baseKeys.has(key)).sort();
  const moved: Moved[] = [];
  let inNoise = 0;
  if (metric !== undefined) {
    for (const key of common) {
      const judged = judgeKey(key, compare, valuesOf(base, key), valuesOf(head, key), unit);
      if (judged === 'noise') inNoise += 1;
      else if (judged !== undefined) moved.push(judged);
    }
  }
  moved.sort((a, b) => b.excess - a.excess || (a.key < b.key ? -1 : 1));
  const texts = [
    ...moved.map(({ text }) => text),
    ...fresh.sort().map((key) => `${key}: only in the head (${inRuns(head, key)})`),
    ...gone.sort().map((key) => `${key}: only in the baseline (${inRuns(base, key)})`),
  ];
  const evidence = texts.slice(0, SHOWN).map((text): Evidence => ({ line_no: null, text }));
  const quiet = inNoise === 0 ? '' : `, ${plural(inNoise, 'change')} within the noise`;
  if (texts.length > 0) {
    const rest = texts.length > 1 ? ` and ${plural(texts.length - 1, 'other')}` : '';
    return failed({ expected, found: `${texts[0]}${rest}${quiet}`, evidence });
  }
  if (baseKeys.size === 0 && headKeys.size === 0)
    return passed({ expected, found: 'neither side has any', absence: true });
  if (metric !== undefined && common.length === 0) return notApplicable({ expected, found: 'no key is on both sides' });
  return passed({
    expected,
    found: `${plural(metric === undefined ? headKeys.size : common.length, 'key')} as before${quiet}`,
    absence: metric === undefined,
  });
}

const valuesOf = (runs: Runs, key: string): number[] =>
  runs.flatMap((run) => {
    const value = run.get(key);
    return value === undefined ? [] : [value];
  });

const inRuns = (runs: Runs, key: string): string => `${valuesOf(runs, key).length} of ${plural(runs.length, 'run')}`;

function judgeKey(
  key: string,
  { metric, max_increase, max_decrease, ignore_below }: Compare,
  base: readonly number[],
  head: readonly number[],
  unit: Unit,
): Moved | 'noise' | undefined {
  const [before, after] = [median(base), median(head)];
  const change = after - before;
  const limit = change > 0 ? max_increase : max_decrease;
  if (limit === undefined || change === 0) return undefined;
  const allowed = limit.dimension === 'percent' ? (Math.abs(before) * limit.value) / 100 : limit.value;
  const size = Math.abs(change);
  if (size <= allowed || (ignore_below !== undefined && size < ignore_below.value)) return undefined;
  const noise = noiseBetween(base, head);
  if (noise !== null && size <= noise) return 'noise';
  const show = (value: number): string => shown(value, unit);
  const share = before === 0 ? '' : `${change > 0 ? '+' : '-'}${((100 * size) / Math.abs(before)).toFixed(1)} %, `;
  const apart =
    noise === null ? 'one run a side, so the noise is not known' : `runs of one side differ by up to ${show(noise)}`;
  const bound = `${change > 0 ? '+' : '-'}${formatQuantity(limit)}`;
  return {
    key,
    text: `${key}: ${metric ?? ''} ${show(after)}, was ${show(before)} (${share}allowed ${bound}; ${apart})`,
    excess: allowed === 0 ? size : size / allowed,
  };
}

function shown(value: number, unit: Unit): string {
  if (unit === 'ns') return formatDur(Math.round(value));
  if (unit === 'bytes') return formatBytes(value);
  return String(Number(value.toPrecision(6)));
}

function expectedText(compare: Compare): string {
  const { metric, max_increase, max_decrease, ignore_below } = compare;
  const key = keysOf(compare).join(', ');
  if (metric === undefined) return `the same ${key} as in the baseline`;
  const bound = (limit: Quantity | undefined, word: string): string[] =>
    limit === undefined ? [] : [`at most ${formatQuantity(limit)} ${word} the baseline`];
  const bounds = [...bound(max_increase, 'above'), ...bound(max_decrease, 'below')].join(' and ');
  const from = ignore_below === undefined ? '' : ` (changes from ${formatQuantity(ignore_below)})`;
  return `${metric} by ${key} ${bounds === '' ? 'as in the baseline' : bounds}${from}`;
}
