/** What of a timeline does not change with the view: lanes, base of time, scales. */
import type { CellValue } from '../../trace/result.js';
import { type Lane, orderLanes } from './lanes.js';
import { earliest, relativeTime } from './relative-time.js';
import { buildTimeScale, type ScaleMode, type TimeScale } from './time-scale.js';
import type { TimelineData } from './timeline-data.js';

export interface TimelineModel {
  readonly data: TimelineData;
  /** Times are held relative to this one. */
  readonly base: bigint;
  readonly lanes: readonly Lane[];
  scale(mode: ScaleMode): TimeScale;
}

export function timelineModel(data: TimelineData): TimelineModel {
  const base = earliest([...allMoments(data), ...data.marks.map((mark) => mark.ts)]);
  const times = [...allMoments(data)].map((ts) => relativeTime(ts, base)).filter((ts) => ts !== null);
  const scales = new Map<ScaleMode, TimeScale>();
  return {
    data,
    base,
    lanes: orderLanes(data.tasks, base),
    scale(mode) {
      const scale = scales.get(mode) ?? buildTimeScale(times, mode);
      scales.set(mode, scale);
      return scale;
    },
  };
}

/** The moments that get room of their own: ends of arrows and of lives, not every syscall. */
function* allMoments({ tasks, links }: TimelineData): Generator<CellValue> {
  for (const task of tasks) {
    yield* [task.start_ts, task.end_ts, task.fork_ts, task.exec_ts, task.exit_ts, task.reaped_ts];
  }
  for (const link of links) yield* [link.from_ts, link.to_ts];
}
