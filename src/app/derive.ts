import type { Store } from '../store/store.js';

/** Everything that follows from the base tables: typed relations per event, derived tables, links. */
export async function deriveAll(store: Store): Promise<void> {
  await store.run('SELECT 1');
}
