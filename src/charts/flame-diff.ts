/** Stacks of two captures as one flame graph: width is how often in both, colour which side has the larger share. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../base/visible.js';
import { ROLES } from './theme.js';

export interface DiffStack {
  /** Outermost first. */
  readonly frames: readonly string[];
  readonly base: number;
  readonly head: number;
}

export interface DiffRect {
  readonly depth: number;
  /** In parts of the whole width. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** Share of the head minus share of the base, of what both have here: -1 only base ... 1 only head. */
  readonly lean: number;
}

interface Node {
  base: number;
  head: number;
  readonly children: Map<string, Node>;
}

const node = (): Node => ({ base: 0, head: 0, children: new Map() });

/** Each side counts as a whole, so that a longer capture is not taken for a change. Siblings in the order of their names. */
export function diffRects(stacks: readonly DiffStack[]): DiffRect[] {
  const root = node();
  for (const { frames, base, head } of stacks) {
    let at = root;
    at.base += base;
    at.head += head;
    for (const frame of frames) {
      const next = at.children.get(frame) ?? node();
      at.children.set(frame, next);
      next.base += base;
      next.head += head;
      at = next;
    }
  }
  const share = ({ base, head }: Node): [base: number, head: number] => [
    root.base === 0 ? 0 : base / root.base,
    root.head === 0 ? 0 : head / root.head,
  ];
  const sides = (root.base > 0 ? 1 : 0) + (root.head > 0 ? 1 : 0);
  const rects: DiffRect[] = [];
  const place = (of: Node, depth: number, from: number): void => {
    let left = from;
    for (const [name, child] of [...of.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [base, head] = share(child);
      const width = (base + head) / Math.max(sides, 1);
      rects.push({ depth, from: left, to: left + width, name, lean: (head - base) / (head + base || 1) });
      place(child, depth + 1, left);
      left += width;
    }
  };
  place(root, 0, 0);
  return rects;
}

const WIDTH = 960;
const ROW = 18;
const SAME = 0.1;
const MUCH = 0.5;

function fillOf(lean: number): string {
  if (lean > MUCH) return ROLES.more2;
  if (lean > SAME) return ROLES.more1;
  if (lean < -MUCH) return ROLES.less2;
  return lean < -SAME ? ROLES.less1 : ROLES.same;
}

export function flameDiffChart(stacks: readonly DiffStack[]): TopLevelSpec {
  const rects = diffRects(stacks);
  const depth = rects.reduce((most, rect) => Math.max(most, rect.depth), 0) + 1;
  const values = rects
    .filter((rect) => (rect.to - rect.from) * WIDTH >= 0.5)
    .map((rect) => {
      const room = Math.floor(((rect.to - rect.from) * WIDTH - 6) / 6.2);
      const name = visible(rect.name);
      const y = (depth - 1 - rect.depth) * ROW;
      return {
        x: rect.from * WIDTH,
        x2: rect.to * WIDTH,
        y,
        y2: y + ROW - 1,
        middle: y + ROW / 2,
        text: room < 3 ? '' : name.length > room ? `${name.slice(0, room - 1)}…` : name,
        fill: fillOf(rect.lean),
      };
    });
  const axis = (size: number) => {
    const scale = { domain: [0, size], range: [0, size], nice: false, zero: false };
    return { type: 'quantitative' as const, axis: null, scale };
  };
  return {
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
