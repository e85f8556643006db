/**
 * Which layout a section of a file has. The header does not say it (options raw, hex, verbose and nocontext-info change the
 * lines only), so the lines do: of the first ones behind the header, the layout that fits most of them.
 */
import { frameStart } from './frame.js';
import { type Context, GRAPH, type Layout } from './layout.js';
import { graphLayout } from './layout-graph.js';
import { BARE, LAYOUTS } from './layouts.js';

/** So many bytes are looked at; the choice must not depend on how the input is cut into blocks. */
export const WINDOW = 1 << 16;
const LINES = 200;
const NEWLINE = 0x0a;
const HASH = 0x23;

export interface Choice {
  readonly layout: Layout;
  /** Most lines have lost the padding of their columns. */
  readonly loose: boolean;
}

type Lines = readonly (readonly [start: number, end: number])[];

/** null: no line has columns of any layout. */
export function chooseLayout(bytes: Buffer, lines: Lines, out: Context): Choice | null {
  let best: Choice | null = null;
  let most = 0;
  for (const layout of LAYOUTS) {
    // The graph layout takes lines of the others in between: they do not speak for it.
    const own = layout === graphLayout ? (): boolean => out.graph !== GRAPH.none : (): boolean => true;
    const strict = count(lines, (start, end) => layout.parse(bytes, start, end, out) && own());
    const loose = layout.loose;
    const any =
      loose === null || strict === lines.length
        ? strict
        : count(lines, (start, end) => layout.parse(bytes, start, end, out) || loose(bytes, start, end, out));
    if (any > most) {
      most = any;
      best = { layout, loose: strict * 2 < any };
    }
  }
  return best;
}

/** A section that has a header without column titles and lines that read as bodies: option nocontext-info. */
export function chooseBare(bytes: Buffer, lines: Lines, out: Context): Choice | null {
  const bodies = lines.filter(([start, end]) => frameStart(bytes, start, end) < 0);
  const fits = count(bodies, (start, end) => BARE.parse(bytes, start, end, out));
  return fits > 0 && fits * 2 > bodies.length ? { layout: BARE, loose: false } : null;
}

/** Starts and ends of the lines that are not empty and no header: of those that begin with # only the first may be a record. */
export function sampleLines(bytes: Buffer, from: number): Lines {
  const lines: (readonly [number, number])[] = [];
  const stop = Math.min(bytes.length, from + WINDOW);
  for (let at = from; at < stop && lines.length < LINES; ) {
    let end = bytes.indexOf(NEWLINE, at);
    if (end < 0 || end > stop) end = stop;
    if (end > at && (bytes[at] !== HASH || at === from)) lines.push([at, end]);
    at = end + 1;
  }
  return lines;
}

const count = (lines: Lines, fits: (start: number, end: number) => boolean): number =>
  lines.reduce((sum, [start, end]) => sum + (fits(start, end) ? 1 : 0), 0);
