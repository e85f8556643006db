/** One lane per task life, children under their parent; of a crowd, one lane for the like. */

import { relativeTime } from './relative-time.js';
import type { TimelineTask } from './timeline-data.js';

export interface Lane {
  readonly task: TimelineTask;
  /** Index into the tasks of the input. */
  readonly index: number;
  /** Indexes of all lives on the lane: one, or many that are alike. */
  readonly members: readonly number[];
  /** What the lane is called when it holds many; null: the task's own name. */
  readonly crowd: string | null;
  /** 0 for a task whose parent the capture does not show. */
  readonly depth: number;
}

/** Tree order: roots by first sight, each followed by its children. A parent that is not among the tasks makes a root. */
export function orderLanes(
  tasks: readonly TimelineTask[],
  base: bigint,
  shown: readonly number[] = tasks.map((_task, index) => index),
): Lane[] {
  const children = new Map<number | null, number[]>();
  const known = new Set(shown.map((index) => tasks[index]?.task_id));
  shown.forEach((index) => {
    const task = tasks[index];
    if (task === undefined) return;
    const parent = task.parent_task_id !== null && known.has(task.parent_task_id) ? task.parent_task_id : null;
    const key = parent === task.task_id ? null : parent;
    const list = children.get(key);
    if (list === undefined) children.set(key, [index]);
    else list.push(index);
  });
  const startOf = (index: number): number => relativeTime(tasks[index]?.start_ts ?? null, base) ?? 0;
  const lanes: Lane[] = [];
  const placed = new Set<number>();
  const stack: { index: number; depth: number }[] = [];
  const push = (key: number | null, depth: number): void => {
    const list = (children.get(key) ?? []).toSorted((a, b) => startOf(b) - startOf(a) || b - a);
    for (const index of list) stack.push({ index, depth });
  };
  const drain = (): void => {
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const task = tasks[next.index];
      if (task === undefined || placed.has(next.index)) continue;
      placed.add(next.index);
      lanes.push({ task, index: next.index, depth: next.depth, members: [next.index], crowd: null });
      push(task.task_id, next.depth + 1);
    }
  };
  push(null, 0);
  drain();
  // Parents that form a ring cannot come from a kernel, but a damaged trace must not lose lanes.
  shown.forEach((index) => {
    if (placed.has(index)) return;
    stack.push({ index, depth: 0 });
    drain();
  });
  return lanes;
}

/** More lanes than this are too many to be read; the like then share one until the view holds few. */
const MOST_LANES = 60;
/** Fewer of a kind keep their own lanes. */
const CROWD = 3;

/** ns since the base. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Lanes for a window. Few tasks have their lanes always, so that a drawing does not change under the reader. Of many, those
 * alive in the window have lanes of their own when they are few; else children of one parent with one name share a lane.
 */
export function lanesFor(tasks: readonly TimelineTask[], base: bigint, span: Span): Lane[] {
  if (tasks.length <= MOST_LANES) return orderLanes(tasks, base);
  const alive = withAncestors(
    tasks,
    tasks.flatMap((task, index) => (overlaps(task, base, span) ? [index] : [])),
  );
  if (alive.length <= MOST_LANES) return orderLanes(tasks, base, alive);
  const byName = gather(tasks, base, alive, (task) => `${task.parent_task_id} ${task.comm}`);
  return byName.length <= MOST_LANES ? byName : gather(tasks, base, alive, (task) => String(task.parent_task_id));
}

function overlaps(task: TimelineTask, base: bigint, { from, to }: Span): boolean {
  const start = relativeTime(task.fork_ts, base) ?? relativeTime(task.start_ts, base);
  const end = relativeTime(task.reaped_ts, base) ?? relativeTime(task.exit_ts, base) ?? relativeTime(task.end_ts, base);
  return (start === null || start <= to) && (end === null || end >= from);
}

function withAncestors(tasks: readonly TimelineTask[], chosen: readonly number[]): number[] {
  const indexOf = new Map(tasks.map((task, index) => [task.task_id, index]));
  const kept = new Set(chosen);
  for (const index of kept) {
    const parent = tasks[index]?.parent_task_id ?? null;
    const above = parent === null ? undefined : indexOf.get(parent);
    // A set that grows while it is walked: ancestors of ancestors follow.
    if (above !== undefined) kept.add(above);
  }
  return [...kept].sort((a, b) => a - b);
}

function gather(
  tasks: readonly TimelineTask[],
  base: bigint,
  shown: readonly number[],
  kindOf: (task: TimelineTask) => string,
): Lane[] {
  const parents = new Set(shown.map((index) => tasks[index]?.parent_task_id));
  const crowds = new Map<string, number[]>();
  for (const index of shown) {
    const task = tasks[index];
    if (task === undefined || parents.has(task.task_id)) continue;
    const kind = kindOf(task);
    const crowd = crowds.get(kind);
    if (crowd === undefined) crowds.set(kind, [index]);
    else crowd.push(index);
  }
  const large = [...crowds.values()].filter((crowd) => crowd.length >= CROWD);
  const crowdOf = new Map(large.map((crowd) => [crowd[0], crowd]));
  const hidden = new Set(large.flatMap((crowd) => crowd.slice(1)));
  const lanes = orderLanes(
    tasks,
    base,
    shown.filter((index) => !hidden.has(index)),
  );
  return lanes.map((lane) => {
    const members = crowdOf.get(lane.index);
    return members === undefined ? lane : { ...lane, members, crowd: crowdName(tasks, members) };
  });
}

/** The number first: names are cut at the end. */
function crowdName(tasks: readonly TimelineTask[], members: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const index of members) {
    const name = tasks[index]?.comm ?? '?';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  return `${members.length} × ${names.length > 2 ? `${names[0]} …` : names.join(', ')}`;
}
