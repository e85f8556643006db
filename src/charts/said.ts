/**
 * What a mark of a chart stands for, in words. vega writes them as the mark's label; render-svg.ts turns that into data-t,
 * which the page's client shows under the pointer and compares with the filter.
 */
import { visible } from '../base/visible.js';

/** Tells our words from the descriptions that vega-lite makes up. */
const OURS = 'ft:';

export const said = (text: string): { readonly say: string } => ({ say: OURS + visible(text) });

/** The channel that carries the words; a spec that has it sets SPEAKING as its config. */
export const SAYING = { field: 'say', type: 'nominal' } as const;
export const SPEAKING = { aria: true } as const;

export const ownWords = (label: string): string | null => (label.startsWith(OURS) ? label.slice(OURS.length) : null);
