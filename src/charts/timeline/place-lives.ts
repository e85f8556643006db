/** Life bars, zombie time, exec and death of each lane, and the marks on it. */
import { BAR, type Bar, type Glyph, type PlacedLane } from './shapes.js';
import type { TimelineMark } from './timeline-data.js';
import type { Projection } from './view.js';

export interface Lives {
  readonly bars: Bar[];
  readonly glyphs: Glyph[];
}

export function placeLife({ task, index, y }: PlacedLane, at: Projection, into: Lives): void {
  const { plot } = at;
  const start = at.x(task.fork_ts) ?? at.x(task.start_ts) ?? plot.left;
  const end = at.x(task.exit_ts) ?? at.x(task.end_ts) ?? plot.right;
  const exec = at.x(task.exec_ts);
  const bar = (role: Bar['role'], x: number, x2: number): void => {
    if (!at.shows(x, x2)) return;
    const from = Math.min(Math.max(x, plot.left), plot.right - 1);
    const to = Math.min(Math.max(x2, from + 1), plot.right);
    into.bars.push({ of: 'task', index, role, x: from, x2: to, y: y - BAR / 2, y2: y + BAR / 2 });
  };
  const glyph = (shape: Glyph['shape'], x: number): void => {
    if (at.shows(x, x)) into.glyphs.push({ of: 'task', index, shape, x, y });
  };

  if (exec !== null && exec > start && exec < end) {
    bar('young', start, exec);
    bar('life', exec, end);
  } else bar('life', start, end);
  if (exec !== null) glyph('exec', exec);
  if (task.exit_ts !== null) {
    const reaped = at.x(task.reaped_ts);
    if (reaped !== null && reaped > end) bar('zombie', end, reaped);
    glyph('death', end);
  } else if (at.shows(end, end)) into.glyphs.push({ of: 'task', index, shape: 'after', x: end + 6, y });
  if (task.fork_ts === null && at.shows(start, start)) {
    into.glyphs.push({ of: 'task', index, shape: 'before', x: start - 6, y });
  }
}

export function placeMark(mark: TimelineMark, index: number, lane: PlacedLane, at: Projection, into: Lives): void {
  const x = at.x(mark.ts);
  if (x === null) return;
  const x2 = mark.dur === null ? x : (at.x(mark.ts, Number(mark.dur)) ?? x);
  if (!at.shows(x, x2)) return;
  if (mark.dur === null) {
    into.glyphs.push({ of: 'mark', index, shape: 'point', x, y: lane.y + BAR / 2 + 5 });
    return;
  }
  const from = Math.min(Math.max(x, at.plot.left), at.plot.right - 1.5);
  const to = Math.min(Math.max(x2, from + 1.5), at.plot.right);
  into.bars.push({
    of: 'mark',
    index,
    role: 'span',
    x: from,
    x2: to,
    y: lane.y + BAR / 2 + 3,
    y2: lane.y + BAR / 2 + 7,
  });
}
