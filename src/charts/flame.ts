/** Stacks as a flame graph: the outermost frame at the bottom, width is how often. */
import type { TopLevelSpec } from 'vega-lite';
import { formatCount } from '../base/format-time.js';
import { FLAME_WIDTH, flameLayers } from './flame-layers.js';
import type { MarkRows } from './mark-rows.js';
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

/** The stacks that stand on each frame, in the order of `flameRects`. */
export function flameMarks(stacks: readonly FoldedStack[]): MarkRows {
  const order = stacks.map((_stack, index) => index);
  order.sort((a, b) => compareFrames(stacks[a]!.frames, stacks[b]!.frames) || a - b);
  const place = new Map<number, number>();
  let at = 0;
  for (const [index, stack] of order.entries()) {
    if (!place.has(at)) place.set(at, index);
    at += stacks[stack]!.count;
  }
  place.set(at, order.length);
  const rects = flameRects(stacks);
  return {
    order,
    from: rects.map(({ from }) => place.get(from) ?? 0),
    to: rects.map(({ to }) => place.get(to) ?? 0),
  };
}

function compareFrames(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left, right] = [a[index] ?? '', b[index] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

const SHADES = [ROLES.level1, ROLES.level2] as const;

const share = ({ from, to }: FlameRect, total: number): string =>
  `${((100 * (to - from)) / Math.max(total, 1)).toFixed(1)} %`;

export function flameChart(stacks: readonly FoldedStack[]): TopLevelSpec {
  const rects = flameRects(stacks);
  const total = rects.reduce((most, rect) => Math.max(most, rect.to), 0);
  const boxes = rects.map((rect) => ({
    ...rect,
    fill: SHADES[rect.depth % 2] ?? ROLES.level1,
    words: `${rect.name}: ${formatCount(rect.to - rect.from)} of ${formatCount(total)} (${share(rect, total)})`,
  }));
  return flameLayers(boxes, FLAME_WIDTH / Math.max(total, 1));
}
