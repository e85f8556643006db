/** Stacks of two captures as one flame graph: width is how often in both, colour which side has the larger share. */
import type { TopLevelSpec } from 'vega-lite';
import { FLAME_WIDTH, flameLayers } from './flame-layers.js';
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

const SAME = 0.1;
const MUCH = 0.5;

function fillOf(lean: number): string {
  if (lean > MUCH) return ROLES.more2;
  if (lean > SAME) return ROLES.more1;
  if (lean < -MUCH) return ROLES.less2;
  return lean < -SAME ? ROLES.less1 : ROLES.same;
}

function wordsOf({ name, lean }: DiffRect): string {
  if (lean > SAME) return `${name}: a larger share of the head`;
  return lean < -SAME ? `${name}: a smaller share of the head` : `${name}: about the same share of both`;
}

export function flameDiffChart(stacks: readonly DiffStack[]): TopLevelSpec {
  const boxes = diffRects(stacks).map((rect) => ({ ...rect, fill: fillOf(rect.lean), words: wordsOf(rect) }));
  return flameLayers(boxes, FLAME_WIDTH);
}
