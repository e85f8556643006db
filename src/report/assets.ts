/** Style sheet and client of the page. The client is bundled by the build; run from source it is taken from dist. */
import { existsSync, readFileSync } from 'node:fs';
import { chartCss, tokenCss } from './style/tokens.js';

export interface ReportAssets {
  readonly css: string;
  readonly client: string;
}

/** In this order: later sheets may overrule earlier ones. */
const SHEETS = ['page', 'findings', 'facts', 'charts', 'timeline', 'chain', 'tables', 'tools', 'phone', 'print'];
const CLIENT_PLACES = ['./client.js', '../../dist/report/client.js'];

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export function readAssets(): ReportAssets {
  const place = CLIENT_PLACES.find((path) => existsSync(new URL(path, import.meta.url)));
  return { css: readCss(), client: place === undefined ? '' : read(place) };
}

export const readCss = (): string =>
  minify([tokenCss(), chartCss(), ...SHEETS.map((name) => read(`./style/${name}.css`))].join('\n'));

const minify = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/\n+/g, '\n')
    .trim();
