/** The parts of ftrail that a measurement runs: handed in, so that it works on the sources and on a build alike. */
import type { Analysis } from '../../src/analyses/analysis.js';
import type { runAnalysis } from '../../src/analyses/run.js';
import type { eventNames } from '../../src/app/capture-info.js';
import type { explain } from '../../src/app/explain/index.js';
import type { importTrace } from '../../src/app/import-trace.js';
import type { buildModel } from '../../src/model/build.js';
import type { createEventViews } from '../../src/store/event-views.js';
import type { Store } from '../../src/store/store.js';

export interface Engine {
  readonly Store: typeof Store;
  readonly importTrace: typeof importTrace;
  readonly createEventViews: typeof createEventViews;
  readonly buildModel: typeof buildModel;
  readonly explain: typeof explain;
  readonly analyses: readonly Analysis[];
  readonly runAnalysis: typeof runAnalysis;
  readonly eventNames: typeof eventNames;
}
