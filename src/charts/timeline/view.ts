/** From times to pixels for one window of the scale. */
import type { CellValue } from '../../trace/result.js';
import { relativeTime } from './relative-time.js';
import type { Plot } from './shapes.js';
import type { ScaleMode, TimeScale } from './time-scale.js';
import type { TimelineModel } from './timeline-model.js';

export interface TimelineView {
  readonly width: number;
  readonly mode: ScaleMode;
  /** Window of the scale, 0..1. */
  readonly from: number;
  readonly to: number;
}

export interface Projection {
  readonly plot: Plot;
  readonly scale: TimeScale;
  /** Position of the scale -> px. */
  place(unit: number): number;
  /** Time of the trace plus an offset in ns -> px; null when there is no time. */
  x(ts: CellValue, offset?: number): number | null;
  /** Whether something between two x would be seen. */
  shows(x: number, x2: number): boolean;
}

export function projection(model: TimelineModel, view: TimelineView, plot: Plot): Projection {
  const scale = model.scale(view.mode);
  const span = Math.max(view.to - view.from, 1e-12);
  const place = (unit: number): number => plot.left + ((unit - view.from) / span) * (plot.right - plot.left);
  return {
    plot,
    scale,
    place,
    x: (ts, offset = 0) => {
      const time = relativeTime(ts, model.base);
      return time === null ? null : place(scale.toUnit(time + offset));
    },
    shows: (x, x2) => x2 >= plot.left - 0.5 && x <= plot.right + 0.5,
  };
}
