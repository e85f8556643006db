/** The tasks, links and marks that the report's timeline draws, cut to what a page can hold. */

import { readFileSync } from 'node:fs';
import type { CaptureId } from '../../analyses/run.js';
import { formatCount } from '../../base/format-time.js';
import type { TimelineLink, TimelineMark, TimelineTask } from '../../charts/timeline/timeline-data.js';
import type { ReportTimeline } from '../../report/report-input.js';
import type { Store } from '../../store/store.js';
import type { Row } from '../../trace/result.js';

/** Small captures stay whole; of large ones a page of a few megabytes can hold this much. */
const MAX_TASKS = 1200;
const MAX_LINKS = 5000;
const MAX_MARKS = 2500;
const MAX_RUNS = 4000;

const sql = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

export async function reportTimeline(
  store: Store,
  capture: CaptureId,
  events: ReadonlySet<string>,
): Promise<ReportTimeline> {
  const all = await store.rows(sql('timeline-tasks'), { capture });
  // Tasks that only passed by (kernel threads in a wakeup, say) have no part in any story.
  const acting = all.filter((row) => row.acts === true);
  const candidates = (acting.length > 0 ? acting : all).map(
    ({ acts: _acts, ...task }) => task as unknown as TimelineTask,
  );
  const tasks = withParents(candidates.slice(0, MAX_TASKS), candidates);
  const ids = tasks.map((task) => task.task_id).join(',');
  const of = (name: string, limit: number): Promise<Row[]> =>
    store.rows(sql(name), { capture, tasks: ids, limit: limit + 1 });
  const links = (await of('timeline-links', MAX_LINKS)) as unknown as TimelineLink[];
  const marks = (await of('timeline-marks', MAX_MARKS)) as unknown as TimelineMark[];
  const switches = events.has('sched_switch') ? await of('timeline-runs', MAX_RUNS) : [];
  const runs = switches as unknown as TimelineMark[];
  return {
    tasks: tasks.toSorted((a, b) => a.task_id - b.task_id),
    links: links.slice(0, MAX_LINKS).toSorted((a, b) => a.from_line - b.from_line || a.to_line - b.to_line),
    marks: [...marks.slice(0, MAX_MARKS), ...runs.slice(0, MAX_RUNS)].toSorted((a, b) => a.line_no - b.line_no),
    clipped: clipText(
      all.length,
      tasks.length,
      links.length > MAX_LINKS,
      marks.length > MAX_MARKS,
      runs.length > MAX_RUNS,
    ),
  };
}

/** A life without its parent's lane would hang in the air: parents of chosen tasks are shown too. */
function withParents(chosen: readonly TimelineTask[], all: readonly TimelineTask[]): TimelineTask[] {
  const byId = new Map(all.map((task) => [task.task_id, task]));
  const kept = new Map(chosen.map((task) => [task.task_id, task]));
  for (const task of chosen) {
    const parent = task.parent_task_id === null ? undefined : byId.get(task.parent_task_id);
    if (parent !== undefined) kept.set(parent.task_id, parent);
  }
  return [...kept.values()];
}

function clipText(tasks: number, shown: number, linksCut: boolean, marksCut: boolean, runsCut: boolean): string | null {
  const parts: string[] = [];
  if (shown < tasks) {
    parts.push(
      `The timeline shows ${formatCount(shown)} of ${formatCount(tasks)} tasks: those that were killed or never reaped, and those with most links. ftrail tasks lists all.`,
    );
  }
  if (linksCut) parts.push(`It draws the first ${formatCount(MAX_LINKS)} links, ends and kills before all others.`);
  if (marksCut) parts.push('Of the system calls it draws the longest.');
  if (runsCut) parts.push('Of the times on a CPU it draws the longest.');
  return parts.length === 0 ? null : parts.join(' ');
}
