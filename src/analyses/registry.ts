import type { Analysis } from './analysis.js';

/** Every analysis, in the order of the report and of the help. Adding one is one folder and one line here. */
export const ANALYSES: readonly Analysis[] = [];
