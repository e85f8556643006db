/** The timeline as a vega-lite spec: rectangles, arrows, glyphs and text at the places the layout gave them. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../../base/visible.js';
import { ROLES } from '../theme.js';
import type { Arrow, TimelineLayout } from './shapes.js';

type Datum = Record<string, string | number>;
type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** A channel whose values are used as they are: no scale, no legend. */
const own = (field: string) => ({ field, type: 'nominal', scale: null, legend: null }) as const;
const ownNumber = (field: string) => ({ field, type: 'quantitative', scale: null, legend: null }) as const;

export function timelineSpec(layout: TimelineLayout): TopLevelSpec {
  const { plot } = layout;
  const laneRows = layout.lanes.filter((_lane, row) => row % 2 === 0);
  const layers: Layer[] = [
    rects(laneRows.map((lane) => ({ x: 0, x2: layout.width, y: lane.top, y2: lane.bottom, fill: ROLES.lane }))),
    rules(layout.ticks.map((tick) => upright(tick.x, plot.top - 6, plot.bottom, ROLES.grid))),
    words(
      layout.ticks.map((tick) => ({ x: tick.labelX, y: 10, text: tick.label, fill: ROLES.ink })),
      { fontSize: 10.5 },
    ),
    words(
      layout.ticks.flatMap(({ step }) =>
        step === null ? [] : [{ x: step.x, y: 28, text: step.text, fill: ROLES.muted }],
      ),
      { fontSize: 10.5 },
    ),
    rules(
      layout.folds.flatMap((fold) => [fold.x, fold.x2].map((x) => upright(x, plot.top, plot.bottom, ROLES.axis))),
      { strokeDash: [2, 4] },
    ),
    rects(layout.bars.map(({ x, x2, y, y2, role }) => ({ x, x2, y, y2, fill: ROLES[role] }))),
    words(
      layout.lanes.map((lane) => ({
        x: lane.labelX,
        y: lane.labelY,
        text: lane.label,
        fill: ROLES.ink,
        limit: lane.labelWidth,
      })),
      { align: 'left', fontSize: 12.5, limit: { expr: 'datum.limit' } },
    ),
    ...[false, true].map((inferred) =>
      arrowLines(
        layout.arrows.filter((arrow) => arrow.inferred === inferred),
        inferred,
      ),
    ),
    arrowHeads(layout.arrows),
    glyphs(layout),
    words(
      layout.labels.map(({ x, y, text, role }) => ({ x, y, text: visible(text), fill: ROLES[role] })),
      { fontWeight: 600 },
    ),
  ];
  const scale = (size: number) => ({ scale: { domain: [0, size], range: [0, size], nice: false, zero: false } });
  return {
    width: layout.width,
    height: layout.height,
    padding: 0,
    autosize: 'none',
    encoding: {
      x: { field: 'x', type: 'quantitative', axis: null, ...scale(layout.width) },
      y: { field: 'y', type: 'quantitative', axis: null, ...scale(layout.height) },
    },
    layer: layers.filter((layer) => (layer as { data: { values: unknown[] } }).data.values.length > 0),
  };
}

const upright = (x: number, y: number, y2: number, stroke: string): Datum => ({ x, x2: x, y, y2, stroke });

const rects = (values: Datum[]): Layer => ({
  data: { values },
  mark: { type: 'rect' },
  encoding: { x2: { field: 'x2' }, y2: { field: 'y2' }, fill: own('fill') },
});

const rules = (values: Datum[], extra: object = {}): Layer => ({
  data: { values },
  mark: { type: 'rule', ...extra },
  encoding: { x2: { field: 'x2' }, y2: { field: 'y2' }, stroke: own('stroke') },
});

const words = (values: Datum[], extra: object): Layer => ({
  data: { values },
  mark: { type: 'text', baseline: 'middle', align: 'center', fontSize: 11, ...extra },
  encoding: { text: { field: 'text', type: 'nominal' }, fill: own('fill') },
});

function arrowLines(arrows: readonly Arrow[], inferred: boolean): Layer {
  const values = arrows.flatMap((arrow) =>
    bendPoints(arrow).map((point, order) => ({
      ...point,
      order,
      opacity: arrow.quiet ? 0.45 : 1,
      arrow: arrow.index,
      stroke: ROLES[arrow.role],
    })),
  );
  return {
    data: { values },
    mark: { type: 'line', interpolate: 'monotone', strokeWidth: 1.6, ...(inferred ? { strokeDash: [4, 3] } : {}) },
    encoding: {
      order: { field: 'order', type: 'quantitative' },
      detail: { field: 'arrow', type: 'nominal' },
      stroke: own('stroke'),
      opacity: ownNumber('opacity'),
    },
  };
}

function bendPoints(arrow: Arrow): { x: number; y: number }[] {
  const start = { x: arrow.x, y: arrow.y };
  const end = { x: arrow.x2, y: arrow.y2 };
  return arrow.bend === 0 ? [start, end] : [start, { x: (arrow.x + arrow.x2) / 2, y: arrow.y - arrow.bend }, end];
}

const arrowHeads = (arrows: readonly Arrow[]): Layer => ({
  data: {
    values: arrows.map((arrow) => ({
      x: arrow.x2,
      y: arrow.y2,
      angle: headAngle(arrow),
      fill: ROLES[arrow.role],
    })),
  },
  mark: { type: 'point', shape: 'triangle', size: 42, filled: true, opacity: 1 },
  encoding: { angle: ownNumber('angle'), fill: own('fill') },
});

/** Degrees clockwise from up, as vega turns symbols. */
function headAngle(arrow: Arrow): number {
  if (arrow.bend > 0) return 150;
  return (Math.atan2(arrow.x2 - arrow.x, arrow.y - arrow.y2) * 180) / Math.PI;
}

const GLYPHS = {
  exec: { shape: 'diamond', fill: ROLES.create, size: 100, angle: 0 },
  death: { shape: 'cross', fill: ROLES.signal, size: 120, angle: 45 },
  exit: { shape: 'square', fill: ROLES.muted, size: 60, angle: 0 },
  point: { shape: 'circle', fill: ROLES.accent, size: 26, angle: 0 },
  drop: { shape: 'triangle-down', fill: ROLES.signal, size: 50, angle: 0 },
  before: { shape: 'triangle-left', fill: ROLES.life, size: 60, angle: 0 },
  after: { shape: 'triangle-right', fill: ROLES.life, size: 60, angle: 0 },
} as const;

const glyphs = (layout: TimelineLayout): Layer => ({
  data: { values: layout.glyphs.map((glyph) => ({ x: glyph.x, y: glyph.y, ...GLYPHS[glyph.shape] })) },
  mark: { type: 'point', filled: true, opacity: 1 },
  encoding: { shape: own('shape'), fill: own('fill'), size: ownNumber('size'), angle: ownNumber('angle') },
});
