/** One lane per task life, children under their parent. */

import { relativeTime } from './relative-time.js';
import type { TimelineTask } from './timeline-data.js';

export interface Lane {
  readonly task: TimelineTask;
  /** Index into the tasks of the input. */
  readonly index: number;
  /** 0 for a task whose parent the capture does not show. */
  readonly depth: number;
}

/** Tree order: roots by first sight, each followed by its children. A parent that is not among the tasks makes a root. */
export function orderLanes(tasks: readonly TimelineTask[], base: bigint): Lane[] {
  const children = new Map<number | null, number[]>();
  const known = new Set(tasks.map((task) => task.task_id));
  tasks.forEach((task, index) => {
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
      lanes.push({ task, index: next.index, depth: next.depth });
      push(task.task_id, next.depth + 1);
    }
  };
  push(null, 0);
  drain();
  // Parents that form a ring cannot come from a kernel, but a damaged trace must not lose lanes.
  tasks.forEach((_task, index) => {
    if (placed.has(index)) return;
    stack.push({ index, depth: 0 });
    drain();
  });
  return lanes;
}
