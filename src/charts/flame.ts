/** Stacks as a flame graph: the outermost frame at the bottom, width is how often. */
import type { TopLevelSpec } from 'vega-lite';
import { formatCount } from '../base/format-time.js';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface FoldedStack {
  /** Outermost first. */
  readonly frames: readonly string[];
  readonly count: number;
}

export interface FlameRect {
  readonly depth: number;
  /** In counts from the left. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Same frames beside each other become one; siblings stand in the order of their names, so that the picture is stable. */
export function flameRects(stacks: readonly FoldedStack[]): FlameRect[] {
  const sorted = stacks.toSorted((a, b) => compareFrames(a.frames, b.frames));
  const rects: FlameRect[] = [];
  const open: { name: string; from: number }[] = [];
  let at = 0;
  const close = (depth: number): void => {
    while (open.length > depth) {
      const frame = open.pop();
      if (frame !== undefined) rects.push({ depth: open.length, from: frame.from, to: at, name: frame.name });
    }
  };
  for (const { frames, count } of sorted) {
    let same = 0;
    while (same < open.length && open[same]?.name === frames[same]) same += 1;
    close(same);
    for (const name of frames.slice(same)) open.push({ name, from: at });
    at += count;
  }
  close(0);
  return rects;
}

function compareFrames(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left, right] = [a[index] ?? '', b[index] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

const WIDTH = 960;
/** px; what is narrower is left out. */
const LEAST = 0.2;
const ROW = 18;
const SHADES = [ROLES.level1, ROLES.level2] as const;

const share = ({ from, to }: FlameRect, total: number): string =>
  `${((100 * (to - from)) / Math.max(total, 1)).toFixed(1)} %`;

export function flameChart(stacks: readonly FoldedStack[]): TopLevelSpec {
  const rects = flameRects(stacks);
  const total = rects.reduce((most, rect) => Math.max(most, rect.to), 0);
  const depth = rects.reduce((most, rect) => Math.max(most, rect.depth), 0) + 1;
  const scale = WIDTH / Math.max(total, 1);
  const values = rects
    .filter((rect) => (rect.to - rect.from) * scale >= LEAST)
    .map((rect) => {
      const room = Math.floor(((rect.to - rect.from) * scale - 6) / 6.2);
      const name = visible(rect.name);
      const text = room < 3 ? '' : name.length > room ? `${name.slice(0, room - 1)}…` : name;
      const y = (depth - 1 - rect.depth) * ROW;
      return {
        x: rect.from * scale,
        x2: rect.to * scale,
        y,
        y2: y + ROW - 1,
        middle: y + ROW / 2,
        text,
        fill: SHADES[rect.depth % 2] ?? ROLES.level1,
        ...said(`${rect.name}: ${formatCount(rect.to - rect.from)} of ${formatCount(total)} (${share(rect, total)})`),
      };
    });
  const axis = (size: number) => {
    const scale = { domain: [0, size], range: [0, size], nice: false, zero: false };
    return { type: 'quantitative' as const, axis: null, scale };
  };
  return {
    config: SPEAKING,
    width: WIDTH,
    height: depth * ROW,
    data: { values },
    layer: [
      {
        mark: { type: 'rect', stroke: ROLES.onlevel, strokeWidth: 0.5 },
        encoding: {
          x: { field: 'x', ...axis(WIDTH) },
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
          x: { field: 'x', ...axis(WIDTH) },
          y: { field: 'middle', ...axis(depth * ROW) },
          text: { field: 'text', type: 'nominal' },
        },
      },
    ],
  };
}
