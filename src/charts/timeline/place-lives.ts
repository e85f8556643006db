/** Life bars, zombie time, exec and death of each lane, and the marks on it. */
import { BAR, type Bar, type Glyph, type PlacedLane } from './shapes.js';
import type { TimelineMark, TimelineTask } from './timeline-data.js';
import type { IndexedMark } from './timeline-model.js';
import type { Projection } from './view.js';

export interface Lives {
  readonly bars: Bar[];
  readonly glyphs: Glyph[];
}

/** All lives of a lane. Many on one lane: what would lie on each other becomes one bar with a count. */
export function placeLives(lane: PlacedLane, tasks: readonly TimelineTask[], at: Projection, into: Lives): void {
  if (lane.members.length === 1) {
    placeLife(lane.task, lane.index, lane.y, at, into);
    return;
  }
  const all: Lives = { bars: [], glyphs: [] };
  for (const index of lane.members) placeLife(tasks[index]!, index, lane.y, at, all);
  for (const role of ROLES_IN_ORDER) into.bars.push(...joinBars(all.bars.filter((bar) => bar.role === role)));
  for (const shape of ['exit', 'exec', 'death'] as const)
    into.glyphs.push(...thinOut(all.glyphs.filter((glyph) => glyph.shape === shape)));
}

const ROLES_IN_ORDER = ['life', 'young', 'zombie'] as const;

/** px; bars that are nearer are drawn as one. */
const JOIN = 1.5;

function joinBars(bars: readonly Bar[]): Bar[] {
  const joined: Bar[] = [];
  for (const bar of bars.toSorted((a, b) => a.x - b.x)) {
    const last = joined.at(-1);
    if (last === undefined || bar.x - last.x2 >= JOIN) joined.push(bar);
    else joined[joined.length - 1] = { ...last, x2: Math.max(last.x2, bar.x2), count: last.count + bar.count };
  }
  return joined;
}

/** px; nearer glyphs would only make a blot. */
const GLYPH_STEP = 5;

function thinOut(glyphs: readonly Glyph[]): Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of glyphs.toSorted((a, b) => a.x - b.x))
    if (glyph.x - (kept.at(-1)?.x ?? Number.NEGATIVE_INFINITY) >= GLYPH_STEP) kept.push(glyph);
  return kept;
}

function placeLife(task: TimelineTask, index: number, y: number, at: Projection, into: Lives): void {
  const { plot } = at;
  const start = at.x(task.fork_ts) ?? at.x(task.start_ts) ?? plot.left;
  const end = at.x(task.exit_ts) ?? at.x(task.end_ts) ?? plot.right;
  const exec = at.x(task.exec_ts);
  const bar = (role: Bar['role'], x: number, x2: number): void => {
    if (!at.shows(x, x2)) return;
    const from = Math.min(Math.max(x, plot.left), plot.right - 1);
    const to = Math.min(Math.max(x2, from + 1), plot.right);
    into.bars.push({ of: 'task', index, role, count: 1, x: from, x2: to, y: y - BAR / 2, y2: y + BAR / 2 });
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
    glyph(task.death === 'killed' || task.death === 'dumped' ? 'death' : 'exit', end);
  } else if (at.shows(end, end)) into.glyphs.push({ of: 'task', index, shape: 'after', x: end + 6, y });
  if (task.fork_ts === null && at.shows(start, start)) {
    into.glyphs.push({ of: 'task', index, shape: 'before', x: start - 6, y });
  }
}

/** Marks of one lane in order of time; spans that would lie on each other become one bar with a count. */
export function placeMarks(marks: readonly IndexedMark[], lane: PlacedLane, at: Projection, into: Lives): void {
  const open = new Map<Bar['role'], Bar>();
  const flush = (role: Bar['role']): void => {
    const bar = open.get(role);
    if (bar !== undefined) into.bars.push(bar);
    open.delete(role);
  };
  for (const { mark, index } of marks) {
    const x = at.x(mark.ts);
    if (x === null) continue;
    const x2 = mark.dur === null ? x : (at.x(mark.ts, Number(mark.dur)) ?? x);
    if (!at.shows(x, x2)) continue;
    if (mark.dur === null) {
      const shape = mark.kind === 'drop' ? 'drop' : 'point';
      const glyph: Glyph = { of: 'mark', index, shape, x, y: lane.y + BAR / 2 + 5 };
      const last = into.glyphs.at(-1);
      if (last?.shape !== shape || last.y !== glyph.y || x - last.x > 2) into.glyphs.push(glyph);
      continue;
    }
    const bar = spanBar(mark, index, lane, Math.max(x, at.plot.left), Math.min(x2, at.plot.right));
    const before = open.get(bar.role);
    if (before !== undefined && bar.x - before.x2 < 1) {
      open.set(bar.role, { ...before, x2: Math.max(before.x2, bar.x2), count: before.count + 1 });
      continue;
    }
    flush(bar.role);
    open.set(bar.role, bar);
  }
  for (const role of [...open.keys()]) flush(role);
}

function spanBar(mark: TimelineMark, index: number, lane: PlacedLane, x: number, x2: number): Bar {
  const run = mark.kind === 'run';
  const y = run ? lane.y - BAR / 2 : lane.y + BAR / 2 + 3;
  return {
    of: 'mark',
    index,
    role: run ? 'run' : 'span',
    count: 1,
    x,
    x2: Math.max(x2, x + 1.5),
    y,
    y2: y + (run ? BAR : 4),
  };
}
