/**
 * Places a timeline on a drawing area. One layout feeds the vega-lite spec that is rendered when the report is written
 * and the client's drawing when a reader zooms. Pure.
 */
import { visible } from '../../base/visible.js';
import type { Lane } from './lanes.js';
import { gatherArrows, placeArrow, placeLabels } from './place-arrows.js';
import { placeAxis, placeFolds } from './place-axis.js';
import { type Lives, placeLives, placeMarks } from './place-lives.js';
import { BAR, type PlacedLane, type TimelineLayout } from './shapes.js';
import { type IndexedMark, marksInOrder, type TimelineModel } from './timeline-model.js';
import { projection, type TimelineView } from './view.js';

const TOP = 46;
const GUTTER = 168;
const RIGHT = 44;
/** Below this width the names stand above their bars instead of beside them. */
const NARROW = 640;

export function layoutTimeline(model: TimelineModel, view: TimelineView): TimelineLayout {
  const { links } = model.data;
  const narrow = view.width < NARROW;
  const scale = model.scale(view.mode);
  const chosen = model.lanes({ from: scale.toTime(view.from), to: scale.toTime(view.to) });
  const height = laneHeight(chosen.length);
  const left = narrow ? 16 : GUTTER;
  const plot = { left, right: view.width - (narrow ? 22 : RIGHT), top: TOP, bottom: TOP + chosen.length * height };
  const at = projection(model, view, plot);

  const lanes = chosen.map((lane, row): PlacedLane => {
    const top = TOP + row * height;
    const y = top + height * 0.6;
    const indent = Math.min(lane.depth, 6) * 14;
    const beside = { labelX: 8 + indent, labelY: y, labelWidth: GUTTER - 28 - indent };
    const above = { labelX: left, labelY: y - BAR - 3, labelWidth: plot.right - left };
    const label = visible(lane.crowd ?? `${lane.task.comm ?? '?'} ${lane.task.pid}`);
    return { ...lane, label, y, top, bottom: top + height, ...(narrow ? above : beside) };
  });
  const byTask = new Map(
    lanes.flatMap((lane) => lane.members.map((index) => [model.data.tasks[index]!.task_id, lane] as const)),
  );

  const lives: Lives = { bars: [], glyphs: [] };
  for (const lane of lanes) placeLives(lane, model.data.tasks, at, lives);
  for (const lane of lanes) placeMarks(marksOf(lane, model), lane, at, lives);
  const placed = links.map((link, index) => placeArrow(link, index, byTask, at)).filter((arrow) => arrow !== null);
  const arrows = gatherArrows(placed);
  return {
    width: view.width,
    height: plot.bottom + 8,
    plot,
    lanes,
    ...lives,
    arrows,
    labels: placeLabels(arrows, links, plot, height >= 40),
    ticks: placeAxis(at, view, model.base, model.clock),
    folds: placeFolds(at, model.clock),
  };
}

function marksOf({ members }: Lane, { data, marks, base }: TimelineModel): readonly IndexedMark[] {
  const lists = members.flatMap((index) => marks.get(data.tasks[index]!.task_id) ?? []);
  return members.length === 1 ? lists : marksInOrder(lists, base);
}

/** Few lanes get room for words between them; many stay on one screen as long as they can. */
function laneHeight(lanes: number): number {
  if (lanes <= 4) return 76;
  if (lanes <= 14) return 54;
  return lanes <= 40 ? 36 : 26;
}
