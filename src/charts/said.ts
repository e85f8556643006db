/**
 * What a mark of a chart stands for, in words, and its number. vega writes both as the mark's label; render-svg.ts turns that
 * into data-t and data-m, which the page's client shows under the pointer and fills by what passes the filter.
 */
import { visible } from '../base/visible.js';

/** Tells our words from the descriptions that vega-lite makes up. */
const OURS = /^ft(?<mark>\d*):(?<words>.*)$/s;

/** `mark`: which of the chart's marks it is (mark-rows.ts), where the page can tell which rows it stands for. */
export const said = (text: string, mark?: number): { readonly say: string } => ({
  say: `ft${mark ?? ''}:${visible(text)}`,
});

/** The channel that carries the words; a spec that has it sets SPEAKING as its config. */
export const SAYING = { field: 'say', type: 'nominal' } as const;
export const SPEAKING = { aria: true } as const;

/** Of a label of vega's; null when it is not ours. The words are markup already, as vega has escaped them. */
export function ownWords(label: string): { readonly words: string; readonly mark: string } | null {
  const { words, mark } = OURS.exec(label)?.groups ?? {};
  return words === undefined || mark === undefined ? null : { words, mark };
}
