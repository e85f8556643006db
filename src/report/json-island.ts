/**
 * Data inside the page: JSON in a script element that is never run. `<` cannot appear, so no text of a trace can end the
 * element; U+2028 and U+2029 are line ends to some parsers.
 */
import { type Html, trusted } from './html.js';

/** Also the characters that reorder or hide text: whoever reads the page's source should see them. */
const UNSAFE = /[<>&\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escapeUnit = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

export const islandJson = (value: unknown): string => JSON.stringify(value).replace(UNSAFE, escapeUnit);

export const jsonIsland = (id: string, value: unknown): Html =>
  trusted(`<script type="application/json" id="${id}">${islandJson(value)}</script>`);
