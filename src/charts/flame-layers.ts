/** What every flame graph draws: a rectangle for each frame, outermost at the bottom, with as much of its name as there is room for. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface FlameBox {
  readonly depth: number;
  /** From the left, in any unit. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly fill: string;
  /** In words, for who does not see it. */
  readonly words: string;
}

export const FLAME_WIDTH = 960;
/** px; what is narrower is left out. */
const LEAST = 0.2;
const ROW = 18;

/** `scale`: px of one unit of the boxes. */
export function flameLayers(boxes: readonly FlameBox[], scale: number): TopLevelSpec {
  const depth = boxes.reduce((most, box) => Math.max(most, box.depth), 0) + 1;
  const values = boxes.flatMap((box, mark) => {
    if ((box.to - box.from) * scale < LEAST) return [];
    const room = Math.floor(((box.to - box.from) * scale - 6) / 6.2);
    const name = visible(box.name);
    const text = room < 3 ? '' : name.length > room ? `${name.slice(0, room - 1)}…` : name;
    const y = (depth - 1 - box.depth) * ROW;
    return [
      {
        x: box.from * scale,
        x2: box.to * scale,
        y,
        y2: y + ROW - 1,
        middle: y + ROW / 2,
        text,
        fill: box.fill,
        ...said(box.words, mark),
      },
    ];
  });
  const axis = (size: number) => {
    const scale = { domain: [0, size], range: [0, size], nice: false, zero: false };
    return { type: 'quantitative' as const, axis: null, scale };
  };
  return {
    config: SPEAKING,
    width: FLAME_WIDTH,
    height: depth * ROW,
    data: { values },
    layer: [
      {
        mark: { type: 'rect', stroke: ROLES.onlevel, strokeWidth: 0.5 },
        encoding: {
          x: { field: 'x', ...axis(FLAME_WIDTH) },
          x2: { field: 'x2' },
          y: { field: 'y', ...axis(depth * ROW) },
          y2: { field: 'y2' },
          fill: { field: 'fill', type: 'nominal', scale: null, legend: null },
          description: SAYING,
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 4, fill: ROLES.ink },
        encoding: {
          x: { field: 'x', ...axis(FLAME_WIDTH) },
          y: { field: 'middle', ...axis(depth * ROW) },
          text: { field: 'text', type: 'nominal' },
        },
      },
    ],
  };
}
