/**
 * A causal chain as steps down the page, one column per task, like the graph of a version history. An edge is drawn as
 * a cause only where a link of the trace says so; steps that merely follow each other are joined by dots.
 */
import type { Gap, Step } from '../../trace/result.js';
import { inferredTag, lineLink, lineLinks, type ReportContext } from '../format.js';
import { type Html, html, trusted } from '../html.js';
import type { ChainCause, ReportChain } from '../report-input.js';

const COLUMN = 22;
const MAX_COLUMNS = 6;
const EDGE = 30;
/** Further chains are a press away. */
const OPEN_CHAINS = 3;

interface Cause {
  readonly step: number;
  readonly link: ChainCause;
}

export function chainArticle(entry: ReportChain, number: number, context: ReportContext): Html {
  const { steps, gaps, verdict } = entry.chain;
  const columns = columnsOf(steps);
  const lives = livesOf(steps, columns);
  const shownColumns = Math.min(columns.size, MAX_COLUMNS);
  const causes = causesOf(steps, entry.causes);
  return html`<details class="chain-box" id="chain-${number}"${number <= OPEN_CHAINS && html` open`}>
<summary><h3>${entry.title}</h3> <span class="verdict">${withoutName(verdict, entry.title)}</span></summary>
<ol class="chain">${steps.map((_step, index) => stepItem(index))}
</ol>
${gapList(gaps)}
</details>`;

  function stepItem(index: number): Html {
    const step = steps[index]!;
    const before = steps[index - 1];
    const column = columns.get(step.pid) ?? 0;
    const cause = causes[index];
    const kind = kindClass(step.kind);
    const edge =
      before !== undefined &&
      html`<div class="edge"><span class="gutter g${shownColumns}">${edgeSvg(index)}</span><span class="wait">${waited(before, step, context)}</span></div>`;
    const earlier =
      cause !== undefined &&
      cause.step !== index - 1 &&
      html` <span class="because">caused by line ${lineLink(steps[cause.step]!.line_no, context)}</span>`;
    return html`
<li class="step k-${kind}" data-pid="${step.pid}" data-line="${step.line_no}">${edge}<div class="node"><span class="gutter g${shownColumns}">${nodeSvg(index, column, step)}</span>
<span class="ts">${context.ts(step.ts)}</span>
<div class="what"><span class="kind">${kindWord(step.kind)}</span> ${!step.text.includes(String(step.pid)) && html`<span class="who">${step.comm} ${step.pid}</span>`}
<span class="say">${step.text}</span> ${inferredTag(step.confidence)} ${lineLinks([step.line_no], context)}${earlier}</div></div></li>`;
  }

  function svg(height: string, body: string): Html {
    return trusted(`<svg width="${shownColumns * COLUMN}" height="${height}" aria-hidden="true">${body}</svg>`);
  }
  /** Lines of lives that pass through the row from `top` to `bottom`. */
  function lifeLines(index: number, part: 'edge' | 'node'): string {
    return lives
      .map(({ first, last }, column) => {
        if (index < first || index > last || (part === 'edge' && index === first)) return '';
        const from = part === 'node' && index === first ? '16' : '0';
        const to = part === 'node' && index === last ? '16' : '100%';
        return `<line class="life" x1="${center(column)}" x2="${center(column)}" y1="${from}" y2="${to}"/>`;
      })
      .join('');
  }
  function nodeSvg(index: number, column: number, step: Step): Html {
    const x = center(column);
    const into = index > 0 ? `<line class="${edgeLook(index)}" x1="${x}" x2="${x}" y1="0" y2="16"/>` : '';
    const out =
      index + 1 < steps.length ? `<line class="${edgeLook(index + 1)}" x1="${x}" x2="${x}" y1="16" y2="100%"/>` : '';
    const dot = step.confidence === 'inferred' ? 'dot open' : 'dot';
    return svg('100%', `${lifeLines(index, 'node')}${into}${out}<circle class="${dot}" cx="${x}" cy="16" r="5.5"/>`);
  }
  function edgeSvg(index: number): Html {
    const from = center(columns.get(steps[index - 1]!.pid) ?? 0);
    const to = center(columns.get(steps[index]!.pid) ?? 0);
    const path = `M${from},0C${from},${EDGE * 0.7} ${to},${EDGE * 0.3} ${to},${EDGE}`;
    return svg(String(EDGE), `${lifeLines(index, 'edge')}<path class="${edgeLook(index)}" d="${path}"/>`);
  }
  /** A cause only where a link joins the two steps; otherwise the one merely comes later. */
  function edgeLook(index: number): string {
    const cause = causes[index];
    if (cause === undefined || cause.step !== index - 1) return 'later';
    const kind = `k-${kindClass(steps[index]!.kind)}`;
    return cause.link.confidence === 'inferred' ? `cause dashed ${kind}` : `cause ${kind}`;
  }
}

/** The heading says the name already. */
const withoutName = (verdict: string, title: string): string =>
  verdict.startsWith(`${title} `) ? verdict.slice(title.length + 1) : verdict;

const center = (column: number): number => Math.min(column, MAX_COLUMNS - 1) * COLUMN + COLUMN / 2;

/** Columns in the order in which tasks enter the story. */
function columnsOf(steps: readonly Step[]): Map<number, number> {
  const columns = new Map<number, number>();
  for (const step of steps) if (!columns.has(step.pid)) columns.set(step.pid, columns.size);
  return columns;
}

function livesOf(steps: readonly Step[], columns: ReadonlyMap<number, number>): { first: number; last: number }[] {
  const lives = [...columns.keys()].map(() => ({ first: Number.POSITIVE_INFINITY, last: 0 }));
  steps.forEach((step, index) => {
    const life = lives[columns.get(step.pid) ?? 0]!;
    life.first = Math.min(life.first, index);
    life.last = index;
  });
  return lives;
}

/** For each step the link that ends in it and starts in an earlier step, the latest such step first. */
function causesOf(steps: readonly Step[], links: readonly ChainCause[]): (Cause | undefined)[] {
  const stepAt = new Map(steps.map((step, index) => [step.event_id, index]));
  const causes: (Cause | undefined)[] = steps.map(() => undefined);
  for (const link of links) {
    const from = stepAt.get(link.from_event_id);
    const to = stepAt.get(link.to_event_id);
    if (from === undefined || to === undefined || from >= to) continue;
    if ((causes[to]?.step ?? -1) < from) causes[to] = { step: from, link };
  }
  return causes;
}

function waited(before: Step, step: Step, context: ReportContext): string {
  if (before.ts === null || step.ts === null) return '';
  return `+ ${context.dur(String(BigInt(String(step.ts)) - BigInt(String(before.ts))))}`;
}

const KIND_CLASS: Readonly<Record<string, string>> = {
  fork: 'create',
  exec_enter: 'create',
  exec: 'create',
  send: 'signal',
  generate: 'signal',
  deliver: 'signal',
  wait_enter: 'reap',
  terminate: 'signal',
  notify_parent: 'notify',
  reap: 'reap',
};
const kindClass = (kind: string): string => KIND_CLASS[kind] ?? 'other';
const KIND_WORDS: Readonly<Record<string, string>> = {
  exec_enter: 'execve',
  wait_enter: 'wait',
  exit_group: 'exit',
  generate: 'signal',
  notify_parent: 'notify',
};
const kindWord = (kind: string): string => KIND_WORDS[kind] ?? kind.replaceAll('_', ' ');

const REASONS: Record<Gap['reason'], string> = {
  not_enabled: 'event not enabled',
  lost: 'lost by the ring buffer',
  before_start: 'before the capture starts',
  after_end: 'after the capture ends',
  not_shown: 'not in the capture',
};

function gapList(gaps: readonly Gap[]): Html | null {
  if (gaps.length === 0) return null;
  return html`<div class="gaps"><h4>Not shown by this capture</h4><ul>${gaps.map(
    (gap) => html`<li><span class="tag">${REASONS[gap.reason]}</span> ${gap.text}</li>`,
  )}</ul></div>`;
}
