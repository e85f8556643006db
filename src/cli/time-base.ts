import type { NamedCapture } from '../app/captures.js';
import type { Store } from '../store/store.js';
import type { TimeBase } from './row-filter.js';

/** What moments on the command line are measured against, for the captures that are asked about. */
export async function timeBase(store: Store, captures: readonly NamedCapture[]): Promise<TimeBase> {
  const ids = new Set<unknown>(captures.map(({ id }) => id));
  const rows = (await store.rows('SELECT capture_id, first_ts, time_unit FROM capture')).filter((row) =>
    ids.has(row.capture_id),
  );
  const ticking = rows.filter((row) => row.time_unit === 'tick').length;
  return {
    firstTs: rows.length > 1 ? 'each' : (rows[0]?.first_ts ?? null),
    ticks: ticking > 0,
    mixed: ticking > 0 && ticking < rows.length,
  };
}
