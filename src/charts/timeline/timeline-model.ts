/** What of a timeline does not change with the view: base of time, scales, marks by task. */
import { type ClockFormat, clockFormat } from '../../base/format-time.js';
import type { CellValue } from '../../trace/result.js';
import { type Lane, lanesFor, type Span } from './lanes.js';
import { earliest, relativeTime } from './relative-time.js';
import { buildTimeScale, type ScaleMode, type TimeScale } from './time-scale.js';
import type { TimelineData, TimelineMark } from './timeline-data.js';

export interface IndexedMark {
  readonly mark: TimelineMark;
  /** Index into the marks of the input. */
  readonly index: number;
}

export interface TimelineModel {
  readonly data: TimelineData;
  /** Times are held relative to this one. */
  readonly base: bigint;
  /** Marks by task, in order of time. */
  readonly marks: ReadonlyMap<number, readonly IndexedMark[]>;
  readonly clock: ClockFormat;
  scale(mode: ScaleMode): TimeScale;
  lanes(span: Span): readonly Lane[];
}

export function timelineModel(data: TimelineData, timeUnit: string): TimelineModel {
  const base = earliest([...allMoments(data), ...data.marks.map((mark) => mark.ts)]);
  const times = [...allMoments(data)].map((ts) => relativeTime(ts, base)).filter((ts) => ts !== null);
  const scales = new Map<ScaleMode, TimeScale>();
  return {
    data,
    base,
    clock: clockFormat(timeUnit),
    lanes: (span) => lanesFor(data.tasks, base, span),
    marks: marksByTask(data.marks, base),
    scale(mode) {
      const scale = scales.get(mode) ?? buildTimeScale(times, mode);
      scales.set(mode, scale);
      return scale;
    },
  };
}

function marksByTask(marks: readonly TimelineMark[], base: bigint): Map<number, IndexedMark[]> {
  const byTask = new Map<number, IndexedMark[]>();
  marks.forEach((mark, index) => {
    const list = byTask.get(mark.task_id);
    if (list === undefined) byTask.set(mark.task_id, [{ mark, index }]);
    else list.push({ mark, index });
  });
  for (const [task, list] of byTask) byTask.set(task, marksInOrder(list, base));
  return byTask;
}

export function marksInOrder(list: readonly IndexedMark[], base: bigint): IndexedMark[] {
  const timeOf = ({ mark }: IndexedMark): number => relativeTime(mark.ts, base) ?? 0;
  return list.toSorted((a, b) => timeOf(a) - timeOf(b));
}

/** The moments that get room of their own: ends of arrows and of lives, not every syscall. */
function* allMoments({ tasks, links }: TimelineData): Generator<CellValue> {
  for (const task of tasks) {
    yield* [task.start_ts, task.end_ts, task.fork_ts, task.exec_ts, task.exit_ts, task.reaped_ts];
  }
  for (const link of links) yield* [link.from_ts, link.to_ts];
}
