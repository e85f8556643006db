/** Which tasks, links and marks of the timeline pass the filters. A task also does when something on its lane does. */
import type { TimelineData, TimelineTask } from '../../charts/timeline/timeline-data.js';
import type { CellValue } from '../../trace/result.js';
import { type Filter, isIdle, matches } from './filter-match.js';
import { type Teller, taskName } from './timeline-words.js';

/** Keys as `link 3`; null when there is no filter. `unit`: ticks of the trace's clock in what a reader types as 1. */
export function matchingItems(
  { tasks, links, marks }: TimelineData,
  tell: Teller,
  filter: Filter,
  unit: number,
): Set<string> | null {
  if (isIdle(filter)) return null;
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const found = new Set<string>();
  const within = new Set<number>();
  const test = (
    key: string,
    text: string,
    ids: readonly number[],
    span: readonly [CellValue, CellValue],
    cpu?: string,
  ): void => {
    const pids = ids.map((id) => String(byId.get(id)?.pid ?? ''));
    if (!isInSpan(span, filter, unit)) return;
    if (
      !matches(
        { text: text.toLowerCase(), pids, signals: null, cpus: cpu === undefined ? null : [cpu], times: null },
        filter,
      )
    )
      return;
    found.add(key);
    for (const id of ids) within.add(id);
  };
  const words = (of: 'link' | 'mark', index: number): string => {
    const { title, details } = tell({ of, index });
    return [title, ...details].join(' ');
  };
  links.forEach((link, index) => {
    const names = [link.from_task_id, link.to_task_id].map((id) => taskName(byId.get(id))).join(' ');
    const text = `${words('link', index)} ${names}`;
    test(`link ${index}`, text, [link.from_task_id, link.to_task_id], [link.from_ts, link.to_ts]);
  });
  marks.forEach((mark, index) => {
    const end =
      mark.dur === null || mark.ts === null ? mark.ts : String(BigInt(String(mark.ts)) + BigInt(String(mark.dur)));
    test(`mark ${index}`, words('mark', index), [mark.task_id], [mark.ts, end], /^on CPU (\d+)$/.exec(mark.text)?.[1]);
  });
  tasks.forEach((task, index) => {
    const { title, details } = tell({ of: 'task', index });
    test(`task ${index}`, [title, ...details].join(' '), [task.task_id], lifeOf(task));
    if (within.has(task.task_id)) found.add(`task ${index}`);
  });
  return found;
}

const lifeOf = (task: TimelineTask): readonly [CellValue, CellValue] => [
  task.fork_ts ?? task.start_ts,
  task.reaped_ts ?? task.exit_ts ?? task.end_ts,
];

/** What is not known to lie outside is kept. */
function isInSpan([start, end]: readonly [CellValue, CellValue], { from, to }: Filter, unit: number): boolean {
  if (to !== null && start !== null && Number(start) / unit > to) return false;
  return from === null || end === null || Number(end) / unit >= from;
}
