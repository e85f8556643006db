/** Arrows of the causal links and their words. */
import { type Arrow, type ArrowRole, BAR, CHAR, type Label, type PlacedLane, type Plot } from './shapes.js';
import type { TimelineLink } from './timeline-data.js';
import type { Projection } from './view.js';

function arrowRole(link: TimelineLink): ArrowRole {
  if (link.kind === 'fork' || link.kind === 'exec') return 'create';
  if (link.kind === 'reap') return 'reap';
  if (link.kind === 'notify_parent' || link.label === 'SIGCHLD') return 'notify';
  if (link.kind === 'terminate') return link.label === 'exits' ? 'other' : 'signal';
  return link.kind === 'send' || link.kind === 'deliver' ? 'signal' : 'other';
}

export function placeArrow(
  link: TimelineLink,
  index: number,
  lanes: ReadonlyMap<number, PlacedLane>,
  at: Projection,
): Arrow | null {
  const from = lanes.get(link.from_task_id);
  const to = lanes.get(link.to_task_id);
  const x = at.x(link.from_ts);
  const x2 = at.x(link.to_ts);
  if (from === undefined || to === undefined || x === null || x2 === null) return null;
  if (!at.shows(Math.min(x, x2), Math.max(x, x2))) return null;
  const inferred = link.confidence === 'inferred';
  const common = { of: 'link', index, role: arrowRole(link), inferred, x, x2, quiet: false, count: 1 } as const;
  if (from === to) {
    const y = from.y - BAR / 2 - 1;
    return { ...common, y, y2: y, bend: Math.min(18, 5 + Math.abs(x2 - x) / 6) };
  }
  const down = to.y > from.y ? 1 : -1;
  return { ...common, y: from.y + (down * BAR) / 2, y2: to.y - down * (BAR / 2 + 3), bend: 0 };
}

/** From this many arrows on, births, exits and reaps step back behind signals. */
const BUSY = 45;
const EVERYDAY = new Set<ArrowRole>(['create', 'notify', 'reap', 'other']);

/** From this many arrows on, those that lie within a few px of each other are drawn as one. */
const CROWD = 160;
const BUCKET = 7;
/** px; in a crowd an arrow from a lane to itself that is shorter would only be a blot. */
const SHORT = 6;

/** A crowd of arrows made readable: everyday ones fainter, and same lanes, same look, same place -> one, with a count. */
export function gatherArrows(arrows: readonly Arrow[]): Arrow[] {
  if (arrows.length <= BUSY) return [...arrows];
  const faint = arrows.map((arrow) => (EVERYDAY.has(arrow.role) ? { ...arrow, quiet: true } : arrow));
  if (arrows.length <= CROWD) return faint;
  return joinNear(faint.filter((arrow) => arrow.bend === 0 || Math.abs(arrow.x2 - arrow.x) >= SHORT));
}

function joinNear(arrows: readonly Arrow[]): Arrow[] {
  const groups = new Map<string, Arrow>();
  for (const arrow of arrows) {
    const key = [arrow.role, arrow.inferred, arrow.y, arrow.y2, Math.round(arrow.x2 / BUCKET)].join();
    const group = groups.get(key);
    groups.set(key, group === undefined ? arrow : { ...group, count: group.count + 1 });
  }
  return [...groups.values()];
}

/** Longest word beside an arrow; the rest is in the table and the tooltip. */
const MAX_WORD = 18;

/** Words for as many arrows as have room, those between lanes first. A word never covers another. */
export function placeLabels(
  arrows: readonly Arrow[],
  links: readonly TimelineLink[],
  plot: Plot,
  roomy: boolean,
): Label[] {
  const labels: Label[] = [];
  const taken: Box[] = [];
  const ordered = arrows.toSorted((a, b) => Number(a.bend > 0) - Number(b.bend > 0));
  for (const arrow of ordered) {
    const link = links[arrow.index];
    if (link === undefined || link.kind === 'notify_parent' || (arrow.bend > 0 && !roomy)) continue;
    if (arrow.quiet) continue;
    const word = link.label ?? link.kind.replaceAll('_', ' ');
    const short = word.length > MAX_WORD ? `${word.slice(0, MAX_WORD - 1)}…` : word;
    const text = arrow.count > 1 ? `${short} ×${arrow.count}` : short;
    const spot = candidates(arrow, text.length * CHAR).find((point) => isFree(boxOf(point, text), taken, plot));
    if (spot === undefined) continue;
    taken.push(boxOf(spot, text));
    labels.push({ of: 'link', index: arrow.index, role: arrow.role, text, ...spot });
  }
  return labels;
}

interface Point {
  readonly x: number;
  readonly y: number;
}
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Places for a word, best first: beside the middle of the arrow, then nearer to its ends. */
function candidates(arrow: Arrow, width: number): Point[] {
  if (arrow.bend > 0) return [{ x: (arrow.x + arrow.x2) / 2, y: arrow.y - arrow.bend - 4 }];
  const along = (share: number, side: number): Point => {
    const x = arrow.x + (arrow.x2 - arrow.x) * share;
    return { x: x + side * (width / 2 + 7), y: arrow.y + (arrow.y2 - arrow.y) * share };
  };
  const rising = arrow.x2 - arrow.x > 0 === arrow.y2 - arrow.y < 0;
  const sides = rising ? [-1, 1] : [1, -1];
  return [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((share) => sides.map((side) => along(share, side)));
}

const boxOf = ({ x, y }: Point, text: string): Box => {
  const half = (text.length * CHAR) / 2 + 3;
  return { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
};

const isFree = (box: Box, taken: readonly Box[], plot: Plot): boolean =>
  box.left >= plot.left - 6 &&
  box.right <= plot.right + 12 &&
  !taken.some(
    (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
  );
