/** Puts a laid out timeline on the screen. The same layout was drawn by vega-lite when the report was written. */
import type { Arrow, Glyph, ItemRef, TimelineLayout } from '../../charts/timeline/shapes.js';
import { svgEl } from './dom.js';

const GLYPHS: Record<Glyph['shape'], { readonly path: string; readonly look: string }> = {
  exec: { path: 'M0-6 6 0 0 6-6 0z', look: 'f-create' },
  death: { path: 'M-5-5 5 5M5-5-5 5', look: 's-signal death' },
  exit: { path: 'M-4-4h8v8h-8z', look: 'f-muted' },
  point: { path: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0', look: 'f-accent' },
  drop: { path: 'M-5-4 5-4 0 5z', look: 'f-signal' },
  before: { path: 'M3-5-4 0 3 5z', look: 'f-life' },
  after: { path: 'M-3-5 4 0-3 5z', look: 'f-life' },
};

/** Shapes carry what they stand for, so that a pointer or a key finds the item. */
const ref = ({ of, index, count = 1 }: ItemRef & { readonly count?: number }) => ({
  'data-of': of,
  'data-i': index,
  'data-n': count > 1 ? count : null,
});

export function drawTimeline(svg: SVGSVGElement, layout: TimelineLayout): void {
  const { plot, width, height } = layout;
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const clip = svgEl('clipPath', { id: 'tl-clip' });
  clip.append(svgEl('rect', { x: plot.left - 13, y: 0, width: plot.right - plot.left + 26, height }));
  const inside = svgEl('g', { 'clip-path': 'url(#tl-clip)' });
  inside.append(
    ...layout.folds.flatMap((fold) => [fold.x, fold.x2].map((x) => upright(x, plot.top, plot.bottom, 's-axis fold'))),
    ...layout.bars.map((bar) =>
      svgEl('rect', {
        ...ref(bar),
        class: `f-${bar.role} bar-${bar.role}`,
        x: bar.x,
        y: bar.y,
        width: bar.x2 - bar.x,
        height: bar.y2 - bar.y,
        rx: bar.role === 'span' ? 0 : 2,
      }),
    ),
    ...layout.arrows.map(drawArrow),
    ...layout.glyphs.map((glyph) =>
      svgEl('path', {
        ...ref(glyph),
        class: `glyph ${GLYPHS[glyph.shape].look}`,
        d: GLYPHS[glyph.shape].path,
        transform: `translate(${glyph.x},${glyph.y})`,
      }),
    ),
    ...layout.labels.map((label) =>
      svgEl('text', { ...ref(label), class: `word f-${label.role}`, x: label.x, y: label.y }, label.text),
    ),
  );
  svg.replaceChildren(svgEl('defs', {}, clip), ...drawFrame(layout), inside);
}

function drawFrame({ lanes, ticks, plot, width }: TimelineLayout): SVGElement[] {
  return [
    ...lanes.map((lane, row) =>
      svgEl('rect', {
        class: row % 2 === 0 ? 'f-lane' : 'f-none',
        x: 0,
        y: lane.top,
        width,
        height: lane.bottom - lane.top,
      }),
    ),
    ...ticks.map((tick) => upright(tick.x, plot.top - 6, plot.bottom, 's-grid')),
    ...ticks.map((tick) => svgEl('text', { class: 'tick f-ink', x: tick.labelX, y: 14 }, tick.label)),
    ...ticks.flatMap(({ step }) =>
      step === null ? [] : [svgEl('text', { class: 'tick f-muted', x: step.x, y: 32 }, step.text)],
    ),
    ...lanes.map((lane) => {
      const room = Math.max(4, Math.floor(lane.labelWidth / 7));
      const text = lane.label.length > room ? `${lane.label.slice(0, room - 1)}…` : lane.label;
      const item = lane.crowd === null ? { 'data-of': 'task', 'data-i': lane.index } : {};
      return svgEl('text', { class: 'lane f-ink', ...item, x: lane.labelX, y: lane.labelY }, text);
    }),
  ];
}

const upright = (x: number, y1: number, y2: number, look: string): SVGElement =>
  svgEl('line', { class: look, x1: x, x2: x, y1, y2 });

function drawArrow(arrow: Arrow): SVGElement {
  const { x, y, x2, y2, bend } = arrow;
  const path =
    bend === 0 ? `M${x},${y}L${x2},${y2}` : `M${x},${y}C${x},${y - bend * 1.3} ${x2},${y - bend * 1.3} ${x2},${y2}`;
  const angle = bend > 0 ? 105 : (Math.atan2(y2 - y, x2 - x) * 180) / Math.PI;
  const group = svgEl('g', {
    ...ref(arrow),
    class: `arrow${arrow.inferred ? ' inferred' : ''}${arrow.quiet ? ' quiet' : ''}`,
  });
  group.append(
    // A wide, unseen line under the drawn one: a pointer need not be exact.
    svgEl('path', { class: 'reach', d: path }),
    svgEl('path', {
      class: `line s-${arrow.role}`,
      d: path,
      'stroke-width': Math.min(1.7 + Math.log2(arrow.count) / 2, 5),
    }),
    svgEl('path', {
      class: `head f-${arrow.role}`,
      d: 'M1 0-7-3.6-7 3.6z',
      transform: `translate(${x2},${y2}) rotate(${angle})`,
    }),
  );
  return group;
}

/** Marks what belongs to the picked story; everything else steps back. */
export function lightUp(
  svg: SVGSVGElement,
  picked: ReadonlySet<string>,
  chosen: string,
  kept: ReadonlySet<string> | null,
): void {
  svg.classList.toggle('has-pick', picked.size > 0);
  for (const shape of svg.querySelectorAll<SVGElement>('[data-of]')) {
    const key = `${shape.dataset.of} ${shape.dataset.i}`;
    shape.classList.toggle('on', picked.has(key));
    shape.classList.toggle('chosen', key === chosen);
    // A shape that stands for many is kept: one of the others may pass.
    shape.classList.toggle('off', kept !== null && !kept.has(key) && shape.dataset.n === undefined);
  }
}
