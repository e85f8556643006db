/**
 * Markup that is safe by construction. `html` escapes every interpolated string: markup characters as entities, control
 * bytes and characters that reorder or hide text as visible escapes. Only a value of class Html passes unchanged, and
 * only this file and render-svg make one from a plain string.
 */
import { visible } from '../base/visible.js';

export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** Hostile text as the value of an attribute: visible escapes, entities. */
export const attr = (text: string): Html => new Html(escapeMarkup(visible(text)));

/** Hostile text as content: what is not printable becomes a marked escape, so that `\x1b` typed by a user differs from ESC. */
export function text(value: string): Html {
  if (visible(value) === value) return new Html(escapeMarkup(value));
  let markup = '';
  let plain = '';
  for (const char of value) {
    const shown = visible(char);
    if (shown === char) {
      plain += char;
      continue;
    }
    markup += `${escapeMarkup(plain)}<span class="esc">${escapeMarkup(shown)}</span>`;
    plain = '';
  }
  return new Html(markup + escapeMarkup(plain));
}

function render(value: HtmlValue, inTag: boolean): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return (inTag ? attr(value) : text(value)).markup;
  return value.map((item) => render(item, inTag)).join('');
}

/** Tagged template: literals are ours, values are not. Inside a tag a value is written as attribute text (always quote it). */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = '';
  literals.forEach((literal, index) => {
    markup += literal;
    if (index < values.length) markup += render(values[index], isInsideTag(markup));
  });
  return new Html(markup);
}

/** True when the last `<` of the markup so far has not been closed: the next value stands in an attribute. */
function isInsideTag(markup: string): boolean {
  return markup.lastIndexOf('<') > markup.lastIndexOf('>');
}

export const join = (items: readonly HtmlValue[], separator = ''): Html =>
  new Html(items.map((item) => render(item, false)).join(separator));

/** Markup that this project made itself (compiled charts, style sheets). Never pass text of a trace. */
export const trusted = (markup: string): Html => new Html(markup);

/** A line end of ours; one inside interpolated text would be shown as `\n`. */
export const NEWLINE = new Html('\n');
