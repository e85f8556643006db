import type { Layout } from './layout.js';
import { defaultLayout } from './layout-default.js';

/** Every layout, the most common first. */
export const LAYOUTS: readonly Layout[] = [defaultLayout];
