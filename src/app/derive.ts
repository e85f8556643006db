import { buildModel } from '../model/build.js';
import { createEventViews } from '../store/event-views.js';
import type { Store } from '../store/store.js';

/** Everything that follows from the base tables: typed relations per event, derived tables, links. */
export async function deriveAll(store: Store, onStep?: (step: string) => void): Promise<void> {
  onStep?.('events');
  await createEventViews(store);
  await buildModel(store, onStep);
}
