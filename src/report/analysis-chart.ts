/**
 * Which result gets which chart. A chart is chosen by the columns that a result has, so that a new analysis with known
 * columns is drawn without a word here. The table below the chart holds the same rows.
 */

import type { TopLevelSpec } from 'vega-lite';
import { formatCount } from '../base/format-time.js';
import { durationHistogram } from '../charts/duration-histogram.js';
import { type FoldedStack, flameChart } from '../charts/flame.js';
import { type MatrixCell, matrixCells, matrixChart } from '../charts/matrix.js';
import { type MappedRange, memoryMap } from '../charts/memory-map.js';
import { rankedBars } from '../charts/ranked-bars.js';
import { binChart, rateChart } from '../charts/rate.js';
import { renderSvg } from '../charts/render-svg.js';
import { type Stage, stageStrip } from '../charts/stage-strip.js';
import { earliest } from '../charts/timeline/relative-time.js';
import type { AnalysisResult, Row } from '../trace/result.js';
import type { ReportContext } from './format.js';
import { type Html, html, join, trusted } from './html.js';

interface Chart {
  readonly spec: TopLevelSpec;
  /** What the picture shows, as a caption. */
  readonly caption: string;
  /** `names`: each mark names what it stands for, so the page's filter can act on it. */
  readonly look?: 'names' | 'flame';
}

interface Rule {
  /** Columns that a result must have. */
  readonly needs: readonly string[];
  draw(result: AnalysisResult, context: ReportContext): Chart | null;
}

/** Fewer values than this are better read in the table. */
const FEW = 4;

const numbers = (rows: readonly Row[], column: string): number[] =>
  rows
    .map((row) => row[column])
    .filter((value) => value !== null && value !== undefined && value !== '')
    .map(Number);
const words = (row: Row, ...columns: readonly string[]): string =>
  columns.map((column) => String(row[column] ?? '?')).join(' ');

const RULES: readonly Rule[] = [
  { needs: ['sender_pid', 'target_pid', 'signals'], draw: senderMatrix },
  { needs: ['ts', 'signal', 'latency'], draw: (result) => rateOf(result, 'ts', 'signals') },
  { needs: ['ts', 'dur', 'events'], draw: binsOf },
  { needs: ['latency'], draw: (result) => histogramOf(result, 'latency', 'Time from signal to delivery') },
  { needs: ['send_dur', 'deliver_dur', 'die_dur', 'zombie_dur'], draw: stagesOf },
  { needs: ['stack', 'count'], draw: flameOf },
  { needs: ['lifetime_id', 'step', 'function'], draw: packetPaths },
  { needs: ['name', 'total_dur'], draw: ranked(['name'], 'total_dur', 'Most time in all') },
  { needs: ['function', 'total_dur'], draw: ranked(['function'], 'total_dur', 'Most time in all') },
  { needs: ['comm', 'pid', 'run_dur'], draw: ranked(['comm', 'pid'], 'run_dur', 'Most time on a CPU') },
  { needs: ['function', 'calls'], draw: ranked(['function'], 'calls', 'Most calls') },
  { needs: ['name', 'events'], draw: ranked(['name'], 'events', 'Most events') },
  { needs: ['call', 'depth', 'dur'], draw: (result) => histogramOf(result, 'dur', 'Duration of a call') },
  { needs: ['start_addr', 'end_addr', 'prot'], draw: memoryOf },
  { needs: ['name', 'dur'], draw: (result) => histogramOf(result, 'dur', 'Duration') },
  { needs: ['location', 'count'], draw: ranked(['location'], 'count', 'Most often') },
];

export async function analysisChart(result: AnalysisResult, context: ReportContext): Promise<Html | null> {
  if (result.status !== 'ok') return null;
  const has = new Set(result.columns.map((column) => column.name));
  const figures: Html[] = [];
  for (const { needs, draw } of RULES) {
    if (!needs.every((name) => has.has(name))) continue;
    const chart = draw(result, context);
    if (chart !== null) figures.push(await chartFigure(chart, result));
  }
  return figures.length === 0 ? null : html`<div class="charts">${join(figures, '\n')}</div>`;
}

async function chartFigure({ spec, caption, look }: Chart, result: AnalysisResult): Promise<Html> {
  const { svg } = await renderSvg(spec, `${caption}. The table below holds the numbers.`);
  const rest = result.totalRows - result.rows.length;
  return html`<figure class="chart-box"${look !== undefined && html` data-look="${look}"`}><figcaption>${caption}${
    rest > 0 && ` (of the first ${formatCount(result.rows.length)} rows)`
  }</figcaption><div class="scroll" role="region" tabindex="0" aria-label="Chart of ${result.title}: ${caption}">${trusted(svg)}</div></figure>`;
}

/** By task while there is room, else by name. */
function senderMatrix({ rows }: AnalysisResult): Chart | null {
  const byTask = countPairs(rows, (row, who) => words(row, `${who}_comm`, `${who}_pid`));
  const { cut } = matrixCells(byTask);
  const cells = cut === 0 ? byTask : countPairs(rows, (row, who) => words(row, `${who}_comm`));
  const { kept, cut: left } = matrixCells(cells);
  if (kept.length < FEW) return null;
  const by = cut === 0 ? 'sender and target' : 'name of sender and target';
  const caption = `Signals by ${by}${left > 0 ? `; ${formatCount(left)} pairs with few signals are left out` : ''}`;
  return { spec: matrixChart(kept, 'sender', 'target'), caption, look: 'names' };
}

function countPairs(rows: readonly Row[], name: (row: Row, who: 'sender' | 'target') => string): MatrixCell[] {
  const cells = new Map<string, MatrixCell>();
  for (const row of rows) {
    const from = row.sender_pid === null ? 'no task' : name(row, 'sender');
    const to = name(row, 'target');
    const key = JSON.stringify([from, to]);
    cells.set(key, { row: from, column: to, count: (cells.get(key)?.count ?? 0) + Number(row.signals ?? 1) });
  }
  return [...cells.values()];
}

function stagesOf({ rows }: AnalysisResult): Chart | null {
  if (rows.length < 2) return null;
  const stage = (name: string, column: string): Stage => ({
    name,
    durations: numbers(rows, column).filter((dur) => dur >= 0),
  });
  const stages = [
    stage('send', 'send_dur'),
    stage('deliver', 'deliver_dur'),
    stage('die', 'die_dur'),
    stage('zombie', 'zombie_dur'),
  ];
  if (stages.every(({ durations }) => durations.length === 0)) return null;
  return { spec: stageStrip(stages), caption: 'How long each stage took: a mark per kill, a diamond at the median' };
}

function memoryOf({ rows }: AnalysisResult): Chart | null {
  const ranges = rows.map((row): MappedRange => {
    const path = String(row.path ?? '');
    return {
      task: words(row, 'comm', 'pid'),
      start: Number(row.start_addr),
      end: Number(row.end_addr),
      prot: String(row.prot),
      name: path.slice(path.lastIndexOf('/') + 1),
    };
  });
  const whole = ranges.filter(
    ({ start, end }) => Number.isSafeInteger(start) && Number.isSafeInteger(end) && end > start,
  );
  if (whole.length < FEW) return null;
  const caption =
    'Mappings along the address space, empty stretches shortened: red can be executed, yellow written, blue is neither';
  return { spec: memoryMap(whole), caption, look: 'names' };
}

function rateOf({ rows }: AnalysisResult, column: string, what: string): Chart | null {
  const times = rows.map((row) => row[column]).filter((ts) => ts !== null && ts !== undefined);
  if (times.length < FEW * 5) return null;
  const base = earliest(times);
  return {
    spec: rateChart(
      times.map((ts) => Number(BigInt(String(ts)) - base)),
      what,
    ),
    caption: `How many ${what} when`,
  };
}

/** Rows are stretches of one length already. */
function binsOf({ rows }: AnalysisResult): Chart | null {
  const width = Number(rows[0]?.dur ?? 0);
  if (rows.length < FEW || width <= 0) return null;
  const base = earliest(rows.map((row) => row.ts ?? null));
  const bins = rows.map((row) => ({ from: Number(BigInt(String(row.ts)) - base), count: Number(row.events) }));
  return { spec: binChart({ bins, width }, 'events'), caption: 'How many events when' };
}

function histogramOf({ rows }: AnalysisResult, column: string, what: string): Chart | null {
  const durations = numbers(rows, column).filter((dur) => dur >= 0);
  return durations.length < FEW
    ? null
    : { spec: durationHistogram(durations, what.toLowerCase()), caption: `${what}: how often which` };
}

function ranked(names: readonly string[], value: string, caption: string): Rule['draw'] {
  return (result, context) => {
    const column = result.columns.find((one) => one.name === value);
    const items = result.rows
      .map((row) => ({ name: words(row, ...names), value: Number(row[value] ?? 0), raw: row[value] ?? null }))
      .filter((item) => item.value > 0)
      .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
      .map((item) => ({
        ...item,
        label: column?.unit === 'ns' ? context.dur(item.raw) : formatCount(String(item.raw)),
      }));
    return items.length < 2 ? null : { spec: rankedBars(items), caption, look: 'names' };
  };
}

/** Column `stack` holds frames, outermost first, parted by `;` (the folded form that flame graph tools read). */
function flameOf({ rows }: AnalysisResult): Chart | null {
  const stacks = rows.map((row): FoldedStack => {
    const frames = words(row, 'stack').split(';');
    return { frames: row.event === undefined ? frames : [String(row.event), ...frames], count: Number(row.count ?? 1) };
  });
  const root = rows.some((row) => row.event !== undefined) ? 'the event is at the bottom, on it' : 'at the bottom is';
  const caption = `Width is how often; ${root} the outermost function`;
  return stacks.length === 0 ? null : { spec: flameChart(stacks), caption, look: 'flame' };
}

/** Packets that went the same way stand together: the first hop at the bottom, on it the next. */
function packetPaths({ rows }: AnalysisResult): Chart | null {
  const lives = new Map<string, Row[]>();
  for (const row of rows) {
    const life = lives.get(String(row.lifetime_id));
    if (life === undefined) lives.set(String(row.lifetime_id), [row]);
    else life.push(row);
  }
  if (lives.size < 2) return null;
  const hop = ({ function: name, drop_reason: reason }: Row): string =>
    reason === null || reason === undefined ? String(name) : `${name} ${reason}`;
  const stacks = [...lives.values()].map((life): FoldedStack => {
    const inOrder = life.toSorted((a, b) => Number(a.step) - Number(b.step));
    return { frames: inOrder.map(hop), count: 1 };
  });
  const caption = 'The ways of the packets: width is how many, the first hop is at the bottom, on it the next';
  return { spec: flameChart(stacks), caption, look: 'flame' };
}
