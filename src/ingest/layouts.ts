import type { Layout } from './layout.js';
import { bareLayout } from './layout-bare.js';
import { defaultLayout } from './layout-default.js';
import { graphLayout } from './layout-graph.js';
import { latencyLayout } from './layout-latency.js';
import { hexLayout, rawLayout } from './layout-raw.js';
import { stapLayout } from './layout-stap.js';
import { verboseLayout } from './layout-verbose.js';

/** Every layout with columns, the most common first: of two that fit equally many lines the earlier one is taken. */
export const LAYOUTS: readonly Layout[] = [
  defaultLayout,
  latencyLayout,
  verboseLayout,
  rawLayout,
  hexLayout,
  graphLayout,
  stapLayout,
];

/** The one without columns, for a section in which no line has any. */
export const BARE = bareLayout;
