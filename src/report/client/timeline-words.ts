/** A timeline item in words: for the tooltip and for the panel under the drawing. */
import type { ClockFormat } from '../../base/format-time.js';
import type { ItemRef } from '../../charts/timeline/shapes.js';
import type { TimelineData, TimelineTask } from '../../charts/timeline/timeline-data.js';
import type { CellValue } from '../../trace/result.js';

export interface ItemWords {
  readonly title: string;
  readonly details: readonly string[];
  readonly lines: readonly number[];
}

const NOTHING: ItemWords = { title: '', details: [], lines: [] };

export const taskName = (task: TimelineTask | undefined): string =>
  task === undefined ? '?' : `${task.comm ?? '?'} ${task.pid}`;

export type Teller = (ref: ItemRef) => ItemWords;

export function teller({ tasks, links, marks }: TimelineData, clock: ClockFormat): Teller {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const name = (id: number): string => taskName(byId.get(id));
  const time = (ts: CellValue): string => (ts === null || typeof ts === 'boolean' ? '–' : clock.ts(ts));
  const since = (from: CellValue, to: CellValue): string =>
    from === null || to === null ? '' : `, ${clock.dur(String(BigInt(String(to)) - BigInt(String(from))))}`;

  return (ref) => {
    if (ref.of === 'link') return linkWords(ref.index);
    return ref.of === 'mark' ? markWords(ref.index) : taskWords(ref.index);
  };

  function linkWords(index: number): ItemWords {
    const link = links[index];
    if (link === undefined) return NOTHING;
    const [from, to] = [name(link.from_task_id), name(link.to_task_id)];
    const when = `${time(link.from_ts)} to ${time(link.to_ts)}${since(link.from_ts, link.to_ts)}; ${link.confidence}`;
    return {
      title: `${link.label ?? link.kind.replaceAll('_', ' ')}: ${from === to ? from : `${from} → ${to}`}`,
      details: [when, link.evidence],
      lines: [...new Set([link.from_line, link.to_line])],
    };
  }

  function markWords(index: number): ItemWords {
    const mark = marks[index];
    if (mark === undefined) return NOTHING;
    const lasted = mark.dur === null ? '' : `, ${clock.dur(String(mark.dur))}`;
    return { title: mark.text, details: [`${name(mark.task_id)} at ${time(mark.ts)}${lasted}`], lines: [mark.line_no] };
  }

  function taskWords(index: number): ItemWords {
    const task = tasks[index];
    if (task === undefined) return NOTHING;
    const details = [
      task.fork_ts === null ? `first seen at ${time(task.start_ts)}` : `forked at ${time(task.fork_ts)}`,
    ];
    if (task.parent_task_id !== null) details.unshift(`child of ${name(task.parent_task_id)}`);
    if (task.exec_ts !== null) details.push(`exec at ${time(task.exec_ts)}`);
    details.push(
      `${ENDS[task.death] ?? task.death}${cause(task)}${task.exit_ts === null ? '' : ` at ${time(task.exit_ts)}`}`,
    );
    if (task.zombie_dur !== null) details.push(`zombie for ${clock.dur(String(task.zombie_dur))}`);
    return { title: taskName(task), details: [details.join('; ')], lines: [] };
  }
}

const ENDS: Readonly<Record<string, string>> = {
  exited: 'exited',
  killed: 'was killed',
  dumped: 'was killed and dumped core',
  alive: 'alive when the capture ends',
  unknown: 'end not shown',
};

function cause(task: TimelineTask): string {
  if (task.exit_signal !== null) return ` by signal ${task.exit_signal}`;
  return task.exit_code === null ? '' : ` with ${task.exit_code}`;
}
