/** The key to the timeline: only what this drawing holds. */
import type { TimelineLayout } from '../../charts/timeline/shapes.js';
import { type Html, html, trusted } from '../html.js';

const bar = (role: string): string => `<rect class="f-${role}" x="1" y="2" width="28" height="8"/>`;
const arrow = (role: string, dash = ''): string =>
  `<path class="s-${role}" d="M1 6h28m-5-4 5 4-5 4" fill="none" stroke-width="1.6"${dash}/>`;

const swatch = (drawing: string, word: string): Html =>
  html`<li><svg width="30" height="12" aria-hidden="true">${trusted(drawing)}</svg>${word}</li>`;

export function timelineLegend({ bars, arrows, glyphs }: TimelineLayout): Html {
  const has = {
    bar: new Set<string>(bars.map(({ role }) => role)),
    arrow: new Set<string>(arrows.map(({ role }) => role)),
    glyph: new Set<string>(glyphs.map(({ shape }) => shape)),
    inferred: arrows.some(({ inferred }) => inferred),
  };
  const items: readonly (readonly [boolean, string, string])[] = [
    [has.bar.has('life'), bar('life'), has.bar.has('run') ? 'alive' : 'alive, running or asleep'],
    [has.bar.has('run'), bar('run'), 'on a CPU'],
    [has.bar.has('young'), bar('young'), 'before its exec'],
    [has.bar.has('zombie'), bar('zombie'), 'zombie'],
    [has.bar.has('span'), '<rect class="f-span" x="1" y="4" width="28" height="4"/>', 'system call, probed call'],
    [has.glyph.has('exec'), '<path class="f-create" d="M15 0l6 6-6 6-6-6z"/>', 'exec'],
    [has.glyph.has('death'), '<path class="s-signal" d="M10 1l10 10m0-10L10 11" stroke-width="3"/>', 'killed'],
    [has.glyph.has('exit'), '<path class="f-muted" d="M11 2h8v8h-8z"/>', 'exited'],
    [has.glyph.has('point'), '<circle class="f-accent" cx="15" cy="6" r="3"/>', 'open, map'],
    [has.glyph.has('drop'), '<path class="f-signal" d="M10 2h10l-5 9z"/>', 'packet dropped'],
    [has.arrow.has('create'), arrow('create'), 'fork, exec'],
    [has.arrow.has('signal'), arrow('signal'), 'signal'],
    [has.arrow.has('notify'), arrow('notify'), 'SIGCHLD'],
    [has.arrow.has('reap'), arrow('reap'), 'reap'],
    [has.inferred, arrow('other', ' stroke-dasharray="4 3"'), 'dashed: inferred'],
  ];
  return html`<ul class="legend">${items.filter(([present]) => present).map(([, drawing, word]) => swatch(drawing, word))}</ul>`;
}
