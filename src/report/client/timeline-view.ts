/** The timeline as something to work with: window, scale, pick. What is chosen lives in the page's state. */

import type { ItemRef, TimelineLayout } from '../../charts/timeline/shapes.js';
import type { ScaleMode } from '../../charts/timeline/time-scale.js';
import type { TimelineData } from '../../charts/timeline/timeline-data.js';
import { layoutTimeline } from '../../charts/timeline/timeline-layout.js';
import { type TimelineModel, timelineModel } from '../../charts/timeline/timeline-model.js';
import { type Walk, walkFrom } from './causal-walk.js';
import { svgEl } from './dom.js';
import type { ViewState } from './state.js';
import { drawTimeline, lightUp } from './timeline-draw.js';

const SMALLEST = 1e-5;

export interface Window {
  readonly from: number;
  readonly to: number;
}

export class TimelineView {
  readonly svg = svgEl('svg', { class: 'chart live', role: 'img', 'aria-label': 'Timeline' });
  readonly model: TimelineModel;
  layout: TimelineLayout;
  private readonly data: TimelineData;
  private readonly state: ViewState;
  private readonly place: HTMLElement;
  /** Keys of the items that pass the filter; null when there is none. */
  private kept: ReadonlySet<string> | null = null;

  constructor(data: TimelineData, timeUnit: string, state: ViewState, place: HTMLElement) {
    this.data = data;
    this.state = state;
    this.place = place;
    this.model = timelineModel(data, timeUnit);
    this.layout = this.lay();
    this.draw();
  }

  get mode(): ScaleMode {
    return this.state.get('scale') === 'linear' ? 'linear' : 'even';
  }

  get window(): Window {
    const [from = 0, to = 1] = this.state.get('zoom').split('-').map(Number);
    return from >= 0 && to <= 1 && to - from >= SMALLEST / 2 ? { from, to } : { from: 0, to: 1 };
  }

  /** The picked item, or null. */
  get picked(): ItemRef | null {
    const match = /^(link|mark|task)(\d+)$/.exec(this.state.get('pick'));
    const [, of, index] = match ?? [];
    if (of === undefined) return null;
    const ref = { of: of as ItemRef['of'], index: Number(index) };
    const list = { link: this.data.links, mark: this.data.marks, task: this.data.tasks }[ref.of];
    return ref.index < list.length ? ref : null;
  }

  pick(ref: ItemRef | null): void {
    this.state.set({ pick: ref === null ? '' : `${ref.of}${ref.index}` });
  }

  /** Shows a window of the scale, kept inside it and not smaller than what can be told apart. */
  show({ from, to }: Window): void {
    const width = Math.min(Math.max(to - from, SMALLEST), 1);
    const start = Math.min(Math.max(from, 0), 1 - width);
    const whole = width > 0.9999;
    this.state.set({ zoom: whole ? '' : `${round(start)}-${round(start + width)}` });
  }

  zoom(factor: number, around?: number): void {
    const { from, to } = this.window;
    const center = around ?? (from + to) / 2;
    this.show({ from: center - (center - from) * factor, to: center + (to - center) * factor });
  }

  pan(share: number): void {
    const { from, to } = this.window;
    const step = (to - from) * share;
    const start = Math.min(Math.max(from + step, 0), 1 - (to - from));
    this.show({ from: start, to: start + (to - from) });
  }

  /** px inside the drawing -> position of the scale. */
  unitAt(x: number): number {
    const { plot } = this.layout;
    const { from, to } = this.window;
    return from + ((x - plot.left) / (plot.right - plot.left)) * (to - from);
  }

  /** Time of the trace at a position of the scale, in ns. */
  timeAt(unit: number): bigint {
    return this.model.base + BigInt(Math.round(this.model.scale(this.mode).toTime(unit)));
  }

  walk(link: number): Walk {
    return walkFrom(this.data.links, link);
  }

  /** Brings a link into the window, with room around it. */
  reveal(index: number): void {
    const link = this.data.links[index];
    if (link === undefined) return;
    const scale = this.model.scale(this.mode);
    const unit = (ts: unknown): number => scale.toUnit(Number(BigInt(String(ts)) - this.model.base));
    if (link.from_ts === null || link.to_ts === null) return;
    const [start, end] = [unit(link.from_ts), unit(link.to_ts)].sort((a, b) => a - b) as [number, number];
    const { from, to } = this.window;
    if (start >= from && end <= to) return;
    const width = Math.max(to - from, (end - start) * 1.5);
    const middle = (start + end) / 2;
    this.show({ from: middle - width / 2, to: middle + width / 2 });
  }

  redraw(): void {
    this.layout = this.lay();
    this.draw();
  }

  private lay(): TimelineLayout {
    const width = Math.max(300, this.place.clientWidth);
    return layoutTimeline(this.model, { width, mode: this.mode, ...this.window });
  }

  private draw(): void {
    drawTimeline(this.svg, this.layout);
    this.light();
  }

  /** Items that do not pass a filter step back. */
  keep(kept: ReadonlySet<string> | null): void {
    if (kept === null && this.kept === null) return;
    this.kept = kept;
    this.light();
  }

  light(): void {
    const ref = this.picked;
    const keys = new Set<string>();
    if (ref !== null) keys.add(`${ref.of} ${ref.index}`);
    if (ref?.of === 'link') {
      const { causes, effects } = this.walk(ref.index);
      for (const index of [...causes, ref.index, ...effects]) {
        keys.add(`link ${index}`);
        const link = this.data.links[index];
        this.data.tasks.forEach((task, at) => {
          if (task.task_id === link?.from_task_id || task.task_id === link?.to_task_id) keys.add(`task ${at}`);
        });
      }
    }
    lightUp(this.svg, keys, ref === null ? '' : `${ref.of} ${ref.index}`, this.kept);
  }
}

const round = (value: number): string => String(Math.round(value * 1e7) / 1e7);
