import { buildModel, MODEL_STEPS } from '../model/build.js';
import { createEventViews } from '../store/event-views.js';
import type { Store } from '../store/store.js';
import { type OnStep, type Watch, watchingSteps } from './watch.js';

/** Everything that follows from the base tables: typed relations per event, derived tables, links. */
export async function deriveAll(store: Store, onStep?: OnStep): Promise<void> {
  await onStep?.({ name: 'events', done: 0, total: 1 + MODEL_STEPS });
  await createEventViews(store);
  await buildModel(store, (name, done, total) => onStep?.({ name, done: done + 1, total: total + 1 }));
}

/** `deriveAll`, watched step by step. */
export async function deriveWatched(store: Store, name: string, watch: Watch | undefined): Promise<void> {
  await watchingSteps(watch, { phase: 'derive', name }, (onStep) => deriveAll(store, onStep));
}
