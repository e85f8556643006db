import type { Store } from '../store/store.js';
import type { TimeBase } from './row-filter.js';

/** What moments on the command line are measured against. */
export async function timeBase(store: Store): Promise<TimeBase> {
  const [row] = await store.rows("SELECT min(first_ts) AS first_ts, bool_or(time_unit = 'tick') AS ticks FROM capture");
  return { firstTs: row?.first_ts ?? null, ticks: row?.ticks === true };
}
