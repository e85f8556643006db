/** The causal timeline: drawn when the report is written, drawn again by the client when a reader zooms. */
import { renderSvg } from '../../charts/render-svg.js';
import { layoutTimeline } from '../../charts/timeline/timeline-layout.js';
import { timelineModel } from '../../charts/timeline/timeline-model.js';
import { timelineSpec } from '../../charts/timeline/timeline-spec.js';
import type { ReportContext } from '../format.js';
import { lineLink } from '../format.js';
import { type Html, html, trusted } from '../html.js';
import { timelineLegend } from './legend.js';

const WIDTH = 1120;

export async function timelineFigure(context: ReportContext): Promise<Html> {
  const { timeline } = context.input;
  if (timeline.tasks.length === 0) return html`<p class="empty">The capture shows no task.</p>`;
  const model = timelineModel(timeline, context.input.capture.time_unit);
  const layout = layoutTimeline(model, { width: WIDTH, mode: 'even', from: 0, to: 1 });
  const { svg } = await renderSvg(
    timelineSpec(layout),
    `Timeline of ${timeline.tasks.length} tasks with ${timeline.links.length} causal arrows; the same arrows are listed in the table below`,
  );
  return html`<figure class="timeline" id="timeline-figure">
<div class="scroll" id="timeline-plot" role="region" tabindex="0" aria-label="Drawing of the timeline">${trusted(svg)}</div>
<figcaption>${timelineLegend(layout)}
<p class="fine">Order is exact; distances are not proportional: each pause has a width that grows with the logarithm of its length, which stands under the axis.</p>
${layout.lanes.some((lane) => lane.crowd !== null) && html`<p class="fine">There are many tasks: children of one parent share a lane. Zoom in, and each has its own.</p>`}
${timeline.clipped !== null && html`<p class="cut">${timeline.clipped}</p>`}</figcaption></figure>
${linkTable(context)}`;
}

const MAX_LINKS = 200;

/** Name in CSV, words above the column, look. */
const LINK_HEADS: readonly (readonly [name: string, label: string, look?: string])[] = [
  ['link', 'Link'],
  ['from', 'From'],
  ['from_ts', 'At', 'num'],
  ['from_line', 'Line', 'num'],
  ['to', 'To'],
  ['to_ts', 'At', 'num'],
  ['to_line', 'Line', 'num'],
  ['confidence', 'Confidence'],
  ['evidence', 'Evidence'],
];

/** The arrows as text: what a screen reader, paper and a reader who doubts the picture use. */
function linkTable(context: ReportContext): Html | null {
  const { tasks, links } = context.input.timeline;
  if (links.length === 0) return null;
  const nameOf = new Map(tasks.map((task) => [task.task_id, `${task.comm ?? '?'} ${task.pid}`]));
  return html`<details class="arrows"><summary>The arrows as a table</summary>
<div class="table-wrap" role="region" tabindex="0" aria-label="Table: causal links"><table data-name="links"><caption class="vh">Causal links of the timeline</caption>
<thead><tr>${LINK_HEADS.map(([name, label, look]) => html`<th scope="col"${look !== undefined && html` class="${look}"`} data-col="${name}">${label}</th>`)}</tr></thead>
<tbody>${links.slice(0, MAX_LINKS).map(
    (link) => html`
<tr><td>${link.label ?? link.kind}</td><td>${nameOf.get(link.from_task_id) ?? '–'}</td><td class="num ts" data-v="${String(link.from_ts ?? '')}">${context.ts(link.from_ts)}</td><td class="num">${lineLink(link.from_line, context)}</td>
<td>${nameOf.get(link.to_task_id) ?? '–'}</td><td class="num ts" data-v="${String(link.to_ts ?? '')}">${context.ts(link.to_ts)}</td><td class="num">${lineLink(link.to_line, context)}</td><td>${link.confidence}</td><td>${link.evidence}</td></tr>`,
  )}</tbody></table></div>
${links.length > MAX_LINKS && html`<p class="cut">The table shows the first ${MAX_LINKS} of ${links.length} links.</p>`}</details>`;
}
