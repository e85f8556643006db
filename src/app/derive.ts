import { buildModel } from '../model/build.js';
import { createEventViews } from '../store/event-views.js';
import type { Store } from '../store/store.js';
import { type Watch, watching } from './watch.js';

/** Everything that follows from the base tables: typed relations per event, derived tables, links. */
export async function deriveAll(store: Store, onStep?: (step: string) => void): Promise<void> {
  onStep?.('events');
  await createEventViews(store);
  await buildModel(store, onStep);
}

/** `deriveAll`, watched step by step. */
export async function deriveWatched(store: Store, name: string, watch: Watch | undefined): Promise<void> {
  let current: string | undefined;
  await watching(watch, { phase: 'derive', name, step: () => current }, () =>
    deriveAll(store, (step) => {
      current = step;
    }),
  );
}
