/** The captures of a store: what people call them, what events they have, and which one an option means. */
import type { AnalysedCapture, CaptureId } from '../analyses/run.js';
import { inputError } from '../base/errors.js';
import { visible } from '../base/visible.js';
import type { Store } from '../store/store.js';

const NAMES = 'SELECT capture_id, to_json(list(name)) AS names FROM shown_name GROUP BY capture_id';

export interface NamedCapture {
  readonly id: CaptureId;
  /** Unique in the store: where two captures have one name, their ids follow it. */
  readonly name: string;
}

/** All captures, in their order; of several with one name each has its id behind it. */
export async function namedCaptures(store: Store): Promise<NamedCapture[]> {
  const rows = await store.rows(
    `SELECT capture_id, CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN name || ' (' || capture_id || ')' ELSE name END AS shown
     FROM capture ORDER BY capture_id`,
  );
  return rows.map(({ capture_id, shown }) => ({ id: capture_id as CaptureId, name: String(shown) }));
}

/** The captures that an analysis is asked about: all, or the one that is wanted. */
export async function analysedCaptures(store: Store, wanted?: string): Promise<AnalysedCapture[]> {
  const all = await namedCaptures(store);
  const chosen = await chosenCaptures(store, all, wanted);
  const names = new Map(
    (await store.rows(NAMES)).map((row) => [
      row.capture_id as CaptureId,
      new Set(JSON.parse(String(row.names)) as string[]),
    ]),
  );
  const alone = all.length < 2;
  return chosen.map(({ id, name }) => ({ id, name, alone, events: names.get(id) ?? new Set() }));
}

/** `wanted`: as --capture says it, an id, a name, or a label `key=value` of any number of captures. */
export async function chosenCaptures(
  store: Store,
  all: readonly NamedCapture[],
  wanted: string | undefined,
): Promise<readonly NamedCapture[]> {
  if (wanted === undefined) return all;
  const at = wanted.indexOf('=');
  if (at > 0 && !all.some(({ name }) => name === wanted)) {
    const rows = await store.rows('SELECT DISTINCT capture_id FROM capture_label WHERE key = $key AND value = $value', {
      key: wanted.slice(0, at),
      value: wanted.slice(at + 1),
    });
    const ids = new Set(rows.map((row) => row.capture_id as CaptureId));
    if (ids.size > 0) return all.filter(({ id }) => ids.has(id));
  }
  return [chooseCapture(all, wanted)];
}

const MOST_NAMED = 10;

/** `wanted`: the id of a capture, or its name. An input error when it is none, or the name of several. */
function chooseCapture(all: readonly NamedCapture[], wanted: string): NamedCapture {
  const found = all.find(({ id, name }) => String(id) === wanted || name === wanted);
  if (found !== undefined) return found;
  const several = all.filter(({ id, name }) => name === `${wanted} (${String(id)})`);
  const names = (several.length > 0 ? several : all).map(({ name }) => visible(name));
  const shown = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
  throw inputError(
    several.length > 0
      ? `--capture ${visible(wanted)}: is the name of ${several.length} captures`
      : `--capture ${visible(wanted)}: no such capture`,
    several.length > 0 ? `one of ${shown}` : `there ${names.length === 1 ? 'is' : 'are'} ${shown}`,
  );
}
