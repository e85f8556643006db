/**
 * Which result gets which picture. It is chosen by the columns that a result has, so that a new analysis with known columns
 * is drawn without a word here. The table below the picture holds the same rows.
 */
import { formatCount } from '../../base/format-time.js';
import { renderSvg } from '../../charts/render-svg.js';
import type { AnalysisResult } from '../../trace/result.js';
import type { ReportContext } from '../format.js';
import { type Html, html, join, trusted } from '../html.js';
import { bins, histogram, ranked, rate, stages } from './numbers.js';
import type { Draw, Picture } from './picture.js';
import { callPaths, flame, memory, packetPaths, senderMatrix } from './shapes.js';

interface Rule {
  /** Columns that a result must have. */
  readonly needs: readonly string[];
  readonly draw: Draw;
}

const RULES: readonly Rule[] = [
  { needs: ['sender_pid', 'target_pid', 'signals'], draw: senderMatrix },
  { needs: ['ts', 'signal', 'latency'], draw: rate('ts', 'signals') },
  { needs: ['ts', 'dur', 'events'], draw: bins },
  { needs: ['latency'], draw: histogram('latency', 'Time from signal to delivery') },
  { needs: ['send_dur', 'deliver_dur', 'die_dur', 'zombie_dur'], draw: stages },
  { needs: ['stack', 'count'], draw: flame },
  { needs: ['lifetime_id', 'step', 'function'], draw: packetPaths },
  { needs: ['name', 'total_dur'], draw: ranked(['name'], 'total_dur', 'Most time in all') },
  { needs: ['function', 'total_dur'], draw: ranked(['function'], 'total_dur', 'Most time in all') },
  { needs: ['comm', 'pid', 'run_dur'], draw: ranked(['comm', 'pid'], 'run_dur', 'Most time on a CPU') },
  { needs: ['function', 'calls'], draw: ranked(['function'], 'calls', 'Most calls') },
  { needs: ['name', 'events'], draw: ranked(['name'], 'events', 'Most events') },
  { needs: ['call', 'line_no', 'parent_line_no'], draw: callPaths },
  { needs: ['call', 'depth', 'dur'], draw: histogram('dur', 'Duration of a call') },
  { needs: ['start_addr', 'end_addr', 'prot'], draw: memory },
  { needs: ['name', 'dur'], draw: histogram('dur', 'Duration') },
  { needs: ['location', 'count'], draw: ranked(['location'], 'count', 'Most often') },
];

export interface Pictures {
  readonly markup: Html | null;
  readonly pictures: readonly Picture[];
}

export async function drawPictures(result: AnalysisResult, context: ReportContext): Promise<Pictures> {
  if (result.status !== 'ok') return { markup: null, pictures: [] };
  const has = new Set(result.columns.map((column) => column.name));
  const pictures = RULES.filter(({ needs }) => needs.every((name) => has.has(name))).flatMap(
    ({ draw }) => draw(result, context) ?? [],
  );
  const figures: Html[] = [];
  for (const picture of pictures) figures.push(await figureOf(picture, result));
  return { markup: figures.length === 0 ? null : html`<div class="charts">${join(figures, '\n')}</div>`, pictures };
}

async function figureOf({ spec, caption, look }: Picture, result: AnalysisResult): Promise<Html> {
  const { svg } = await renderSvg(spec, `${caption}. The table below holds the numbers.`);
  const rest = result.totalRows - result.rows.length;
  return html`<figure class="chart-box"${look !== undefined && html` data-look="${look}"`}><figcaption>${caption}${
    rest > 0 && ` (of the first ${formatCount(result.rows.length)} rows of ${formatCount(result.totalRows)})`
  }</figcaption><div class="scroll" role="region" tabindex="0" aria-label="Chart of ${result.title}: ${caption}">${trusted(svg)}</div></figure>`;
}
