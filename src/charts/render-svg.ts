/**
 * vega-lite spec -> SVG markup, without a browser: what the page shows needs no script, no eval and prints. Colours
 * become classes, so that one drawing serves light and dark; style attributes, which the page's policy forbids, must
 * not appear.
 */
import type * as Vega from 'vega';
import type * as VegaLite from 'vega-lite';
import type { TopLevelSpec } from 'vega-lite';
import { ownWords } from './said.js';
import { CONFIG, ROLES } from './theme.js';

export interface RenderedChart {
  readonly svg: string;
  readonly warnings: readonly string[];
}

const CLASS_OF: ReadonlyMap<string, string> = new Map(Object.entries(ROLES).map(([role, colour]) => [colour, role]));

interface Drawing {
  readonly vega: typeof Vega;
  readonly compile: typeof VegaLite.compile;
}

/** Loads what draws, ahead of the first chart: it takes a while, and nothing else of a program needs it. */
export async function loadCharts(): Promise<Drawing> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  return { vega, compile };
}

/** Compiles and draws. The drawing depends on the spec alone. */
export async function renderSvg(spec: TopLevelSpec, describe: string): Promise<RenderedChart> {
  const { vega, compile } = await loadCharts();
  const warnings: string[] = [];
  const logger = collectWarnings(warnings);
  const compiled = compile({ ...spec, config: { ...CONFIG, ...spec.config } }, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
  try {
    return { svg: toPageSvg(await view.toSVG(), describe), warnings };
  } finally {
    view.finalize();
  }
}

function collectWarnings(into: string[]): Vega.LoggerInterface {
  const collect = (...args: readonly unknown[]): Vega.LoggerInterface => {
    into.push(args.join(' '));
    return logger;
  };
  const ignore = (): Vega.LoggerInterface => logger;
  const logger = { level: ignore, error: collect, warn: collect, info: ignore, debug: ignore } as Vega.LoggerInterface;
  return logger;
}

const EMPTY_FRAME =
  /<path class="(?:background|foreground)" aria-hidden="true" d="[^"]*"(?: pointer-events="none")?(?: display="none"| opacity="[\d.]+")*\/>/g;
const TAG = /<([a-z]+)((?: [a-z][a-z0-9:-]*="[^"]*")*)(\/?)>/gi;
const ATTRIBUTE = / ([a-z][a-z0-9:-]*)="([^"]*)"/gi;
const LONG_NUMBER = /\d+\.\d{3,}/g;

/** Size by viewBox, role classes for colours, no aria noise inside: the figure has one description. */
function toPageSvg(svg: string, describe: string): string {
  const body = svg
    .replace(EMPTY_FRAME, '')
    .replace(
      TAG,
      (_tag, name: string, attributes: string, end: string) => `<${name}${cleanAttributes(attributes)}${end}>`,
    );
  return body.replace(/^<svg[^>]*viewBox="([\d .-]+)"[^>]*>/, (_open, box: string) => {
    const [, , width, height] = box.split(' ');
    return `<svg class="chart" role="img" aria-label="${escapeAttribute(describe)}" viewBox="${box}" width="${width}" height="${height}">`;
  });
}

const DROPPED = /^(?:role|aria-.*|xmlns.*|version|class|pointer-events)$/;

function cleanAttributes(attributes: string): string {
  let kept = '';
  const classes: string[] = [];
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (name === 'viewBox' || name === 'width' || name === 'height') kept += ` ${name}="${value}"`;
    else if (name === 'xlink:href') kept += ` href="${value}"`;
    else if (name === 'fill' || name === 'stroke') {
      const role = CLASS_OF.get(value);
      if (role === undefined) kept += ` ${name}="${value}"`;
      else classes.push(`${name === 'fill' ? 'f' : 's'}-${role}`);
    } else if (name === 'style') throw new Error(`A chart drew a style attribute, which the page forbids: ${value}`);
    // Ids would clash between charts, and vega numbers them by a counter of the process.
    else if (name === 'id') throw new Error(`A chart drew something with an id (rounded corners, a clip): ${value}`);
    else if (name === 'aria-label') {
      const own = ownWords(value);
      if (own !== null) kept += `${own.mark === '' ? '' : ` data-m="${own.mark}"`} data-t="${own.words}"`;
    } else if (name === 'font-family' || (name === 'opacity' && value === '1') || DROPPED.test(name)) continue;
    else if (name === 'href') kept += ` href="${value}"`;
    else kept += ` ${name}="${value.replace(LONG_NUMBER, shorten)}"`;
  }
  return classes.length > 0 ? ` class="${classes.join(' ')}"${kept}` : kept;
}

/** A hundredth of a pixel is enough, and shorter. */
const shorten = (digits: string): string => String(Math.round(Number(digits) * 100) / 100);

const escapeAttribute = (value: string): string =>
  value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
