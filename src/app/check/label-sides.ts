/** `diff --by build`: the captures of one store as two sides, by what a label says of them. */
import type { AnalysedCapture } from '../../analyses/run.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import type { CheckCapture } from '../../check/capture.js';
import type { Store } from '../../store/store.js';
import { analysedCaptures } from '../captures.js';
import { joinedCaptures } from './check-capture.js';

/** `by`: a label, where its captures have two values, the base first; or `label=base,head`. `wanted` as --capture says it. */
export async function labelSides(
  store: Store,
  argument: string,
  by: string,
  wanted?: string,
): Promise<[CheckCapture, CheckCapture]> {
  const at = by.indexOf('=');
  const key = at < 0 ? by : by.slice(0, at);
  const captures = new Map((await analysedCaptures(store, wanted)).map((capture) => [capture.id, capture]));
  const sides = new Map<string, AnalysedCapture[]>();
  const rows = await store.rows(
    'SELECT capture_id, value FROM capture_label WHERE key = $key ORDER BY capture_id, value',
    { key },
  );
  for (const { capture_id, value } of rows) {
    const capture = captures.get(capture_id as AnalysedCapture['id']);
    if (capture !== undefined) sides.set(String(value), [...(sides.get(String(value)) ?? []), capture]);
  }
  const [base, head] = at < 0 ? onlyTwo(key, [...sides.keys()]) : named(by, by.slice(at + 1), [...sides.keys()]);
  const side = (value: string): Promise<CheckCapture> =>
    joinedCaptures(store, argument, `${argument}: ${key}=${value}`, sides.get(value) ?? []);
  return [await side(base), await side(head)];
}

const MOST_NAMED = 10;
const list = (values: readonly string[]): string =>
  `${values.slice(0, MOST_NAMED).map(visible).join(', ')}${values.length > MOST_NAMED ? ' ...' : ''}`;

function onlyTwo(key: string, values: readonly string[]): [string, string] {
  const [base, head, more] = values;
  if (base === undefined)
    throw usageError(`--by ${visible(key)}: no capture has this label`, 'import sets it with --label key=value');
  if (head === undefined)
    throw usageError(`--by ${visible(key)}: all captures with it say ${visible(base)}`, 'two values make two sides');
  if (more !== undefined) {
    throw usageError(
      `--by ${visible(key)}: has ${values.length} values: ${list(values)}`,
      `say which is base and which is head: --by ${visible(`${key}=${base},${head}`)}`,
    );
  }
  return [base, head];
}

/** A value may hold commas: the split is the one that gives two known values. */
function named(by: string, text: string, values: readonly string[]): [string, string] {
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
    const [base, head] = [text.slice(0, at), text.slice(at + 1)];
    if (values.includes(base) && values.includes(head) && base !== head) return [base, head];
  }
  throw usageError(
    `--by ${visible(by)}: does not name two values of the label`,
    values.length === 0 ? 'no capture has it; import sets it with --label key=value' : `there are ${list(values)}`,
  );
}
