import { ANALYSES } from '../../src/analyses/registry.js';
import { type ParamValues, runAnalysis } from '../../src/analyses/run.js';
import { eventNames } from '../../src/app/capture-info.js';
import type { Store } from '../../src/store/store.js';
import type { AnalysisResult } from '../../src/trace/result.js';

/** What an analysis answers about a store. */
export async function answerOf(store: Store, id: string, params: ParamValues = {}): Promise<AnalysisResult> {
  const analysis = ANALYSES.find((candidate) => candidate.id === id);
  if (analysis === undefined) throw new Error(`no analysis ${id}`);
  return runAnalysis((sql, values) => store.rows(sql, values), analysis, params, await eventNames(store));
}
