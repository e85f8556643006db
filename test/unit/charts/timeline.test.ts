import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../../src/charts/render-svg.js';
import { ROLES } from '../../../src/charts/theme.js';
import { lanesFor, orderLanes } from '../../../src/charts/timeline/lanes.js';
import { buildTimeScale, placeTicks } from '../../../src/charts/timeline/time-scale.js';
import type { TimelineTask } from '../../../src/charts/timeline/timeline-data.js';
import { layoutTimeline } from '../../../src/charts/timeline/timeline-layout.js';
import { timelineModel } from '../../../src/charts/timeline/timeline-model.js';
import { timelineSpec } from '../../../src/charts/timeline/timeline-spec.js';
import { hostileReport, seedReport } from '../../support/report-input.js';

const WHOLE = { width: 1120, mode: 'even', from: 0, to: 1 } as const;

describe('time scale', () => {
  const times = [0, 1000, 5000, 14_000_000_000, 14_000_004_000];
  it.each(['even', 'linear'] as const)('%s keeps the order and comes back', (mode) => {
    const scale = buildTimeScale(times, mode);
    const units = times.map((time) => scale.toUnit(time));
    expect(units).toEqual(units.toSorted((a, b) => a - b));
    expect([units[0], units.at(-1)]).toEqual([0, 1]);
    for (const time of times) expect(scale.toTime(scale.toUnit(time))).toBeCloseTo(time, 3);
  });
  it('even leaves room for microseconds beside seconds', () => {
    const scale = buildTimeScale(times, 'even');
    expect(scale.toUnit(1000)).toBeGreaterThan(0.03);
    expect(buildTimeScale(times, 'linear').toUnit(1000)).toBeLessThan(1e-6);
  });
  it('puts even ticks on moments of the trace, apart from each other', () => {
    const scale = buildTimeScale(times, 'even');
    const ticks = placeTicks(scale, 0, 1, 0.1);
    expect(ticks.length).toBeGreaterThan(2);
    for (const tick of ticks) expect(times).toContain(tick.time);
  });
  it('has a width for one moment and for none', () => {
    expect(buildTimeScale([], 'even').toUnit(0)).toBe(0);
    expect(buildTimeScale([7], 'linear').moments).toHaveLength(2);
  });
});

describe('lanes', () => {
  const task = (task_id: number, parent_task_id: number | null, start_ts: number): TimelineTask => ({
    ...seedReport().timeline.tasks[0]!,
    task_id,
    parent_task_id,
    start_ts,
  });
  it('puts children under their parent, in order of time, and the lives of a reused pid apart', () => {
    const lanes = orderLanes([task(1, null, 0), task(5, 9, 1), task(2, 1, 50), task(3, 1, 20), task(4, 3, 60)], 0n);
    expect(lanes.map((lane) => [lane.task.task_id, lane.depth])).toEqual([
      [1, 0],
      [3, 1],
      [4, 2],
      [2, 1],
      [5, 0],
    ]);
  });
  const crowd = [
    { ...task(1, null, 0), end_ts: 1000 },
    ...Array.from({ length: 100 }, (_child, index) => ({
      ...task(index + 2, 1, index * 10),
      comm: index % 10 === 0 ? 'awk' : 'ps',
      pid: 100 + index,
      end_ts: index * 10 + 9,
    })),
  ];
  it('lets the like share a lane where there are many, and parts them where few are in view', () => {
    const whole = lanesFor(crowd, 0n, { from: 0, to: 1000 });
    expect(whole.map((lane) => [lane.crowd, lane.members.length])).toEqual([
      [null, 1],
      ['10 × awk', 10],
      ['90 × ps', 90],
    ]);
    const near = lanesFor(crowd, 0n, { from: 500, to: 595 });
    expect(near.every((lane) => lane.crowd === null)).toBe(true);
    expect(near).toHaveLength(11);
  });
  it('draws a crowd with arrows to and from its lane, and bars that tell how many they are', () => {
    const links = crowd.slice(1).map((child, index) => ({
      ...seedReport().timeline.links[0]!,
      from_task_id: 1,
      to_task_id: child.task_id,
      from_ts: index * 10,
      to_ts: index * 10,
    }));
    const layout = layoutTimeline(timelineModel({ tasks: crowd, links, marks: [] }, 'us'), WHOLE);
    expect(layout.lanes).toHaveLength(3);
    expect(layout.arrows.length).toBeGreaterThan(20);
    const lives = layout.bars.filter((bar) => bar.y === layout.lanes[2]!.y - 5);
    expect(lives.reduce((sum, bar) => sum + bar.count, 0)).toBe(90);
  });
  it('loses no lane when parents form a ring', () => {
    expect(orderLanes([task(1, 2, 0), task(2, 1, 0), task(3, 3, 0)], 0n)).toHaveLength(3);
  });
});

describe('layout', () => {
  it('keeps every shape inside the drawing, whatever part is shown', () => {
    const model = timelineModel(seedReport().timeline, 'us');
    for (const [from, to] of [
      [0, 1],
      [0.4, 0.45],
      [0.8, 1],
    ] as const) {
      const layout = layoutTimeline(model, { ...WHOLE, from, to });
      for (const bar of layout.bars) {
        expect(bar.x).toBeGreaterThanOrEqual(layout.plot.left);
        expect(bar.x2).toBeLessThanOrEqual(layout.plot.right);
        expect(bar.x2).toBeGreaterThan(bar.x);
      }
    }
  });
  it('tells exact from inferred and draws the zombie', () => {
    const layout = layoutTimeline(timelineModel(seedReport().timeline, 'us'), WHOLE);
    expect(layout.arrows.map((arrow) => arrow.inferred)).toEqual([false, false, false, true, false, true]);
    expect(layout.bars.filter((bar) => bar.role === 'zombie')).toHaveLength(1);
    expect(layout.labels.map((label) => label.text)).toEqual(
      expect.arrayContaining(['fork', 'SIGKILL', 'SIGCHLD', 'reap']),
    );
  });
  it('works with clocks beyond 2^53', () => {
    const { timeline } = seedReport();
    const tasks = timeline.tasks.map((task) => ({
      ...task,
      start_ts: '1763673601123456000',
      end_ts: '1763673601123460000',
      fork_ts: null,
      exec_ts: null,
      exit_ts: null,
      reaped_ts: null,
    }));
    const layout = layoutTimeline(timelineModel({ tasks, links: [], marks: [] }, 'us'), WHOLE);
    expect(layout.ticks[0]?.label).toBe('1763673601.123456');
    expect(layout.bars).toHaveLength(2);
  });
});

describe('spec', () => {
  it.each([
    ['seed', seedReport],
    ['hostile', hostileReport],
  ] as const)('%s compiles without a warning and has marks', async (_name, make) => {
    const { timeline } = make();
    const layout = layoutTimeline(timelineModel(timeline, 'us'), WHOLE);
    const { svg, warnings } = await renderSvg(timelineSpec(layout), 'a "timeline"');
    expect(warnings).toEqual([]);
    expect(svg).toContain('aria-label="a &quot;timeline&quot;"');
    expect(svg).toContain('class="f-zombie"');
    expect(svg).not.toMatch(/style=|xlink|<script|<img|#[0-9a-f]{6}/);
  });
  it('has a colour of its own for each role', () => {
    expect(new Set(Object.values(ROLES)).size).toBe(Object.keys(ROLES).length);
  });
});
