/** Facts of the capture, its health, and what it cannot show. */
import { formatBytes, formatCount } from '../../base/format-time.js';
import { purposesFor } from '../../trace/capture/advice.js';
import type { AnalysisResult } from '../../trace/result.js';
import { enableCommands } from '../enable-events.js';
import type { ReportContext } from '../format.js';
import { type Html, type HtmlValue, html, NEWLINE } from '../html.js';
import { isShown } from '../sections-shown.js';
import { findingList } from './findings.js';

const fact = (label: string, value: HtmlValue, note?: HtmlValue): Html =>
  html`<div><dt>${label}</dt><dd>${value}${note !== undefined && html` <small>${note}</small>`}</dd></div>`;

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

export function captureFacts(context: ReportContext): Html {
  const { capture } = context.input;
  const span = duration(capture.first_ts, capture.last_ts);
  const overwritten = overwrittenEntries(capture.entries_in_buffer, capture.entries_written);
  return html`<dl class="facts">
${fact('Time covered', span === null ? '–' : context.dur(span), html`<span class="mono">${context.ts(capture.first_ts)} … ${context.ts(capture.last_ts)}</span>`)}
${fact('Events', formatCount(capture.events), `${plural(capture.records, 'record')} with stacks`)}
${fact('CPUs', capture.cpus ?? 'not stated')}
${fact('Lost', lostWords(capture.lost_events, overwritten), overwritten > 0 ? `${formatCount(overwritten)} overwritten in the ring buffer` : undefined)}
${fact('Lines not understood', capture.issues === 0 && capture.lines_unknown === 0 ? 'none' : formatCount(Math.max(capture.issues, capture.lines_unknown)))}
${fact('Kernel’s own count', kernelCount(capture.entries_in_buffer, capture.entries_written), capture.entries_in_buffer === null ? undefined : 'entries in the buffer of those written')}
${fact('Tracer', capture.tracer ?? 'not stated', capture.dialect)}
${fact('File', formatBytes(capture.bytes), plural(capture.lines, 'line'))}
</dl>
<p class="fine origin">SHA-256 <span class="mono wrap">${capture.sha256}</span> · read by ftrail ${context.input.toolVersion}</p>${
    capture.header !== '' &&
    html`
<details class="header"><summary>The kernel's header of the trace</summary>
<pre class="raw" tabindex="0">${capture.header.split(/\r?\n/).map((line, index) => html`${index > 0 && NEWLINE}${line}`)}</pre></details>`
  }`;
}

const kernelCount = (inBuffer: number | null, written: number | null): string =>
  inBuffer === null
    ? 'not stated'
    : `${formatCount(inBuffer)} of ${written === null ? 'an unknown number' : formatCount(written)}`;

/** `lost` is null when the trace says that something is missing, but not how much. */
function lostWords(lost: number | null, overwritten: number): string {
  if (lost === null) return 'some, not counted';
  const sum = Math.max(lost, overwritten);
  return sum === 0 ? 'none' : formatCount(sum);
}

/** Entries that the ring buffer had overwritten before the trace was read; 0 when the header does not tell. */
function overwrittenEntries(inBuffer: number | null, written: number | null): number {
  return inBuffer === null || written === null ? 0 : Math.max(0, written - inBuffer);
}

function duration(first: unknown, last: unknown): string | null {
  if (first === null || last === null) return null;
  return String(BigInt(String(last)) - BigInt(String(first)));
}

export function captureHealth(context: ReportContext): Html {
  const { capture, health } = context.input;
  const classes: readonly (readonly [string, number])[] = [
    ['header', capture.lines_header],
    ['records', capture.lines_record],
    ['stack frames', capture.lines_frame],
    ['continuations', capture.lines_continuation],
    ['markers (lost events, buffer started)', capture.lines_marker],
    ['not understood', capture.lines_unknown],
  ];
  return html`${findingList(health, context, 'findings')}
<p class="fine">File <span class="mono">${capture.name}</span>, ${formatBytes(capture.bytes)}, ${plural(capture.lines, 'line')}: ${classes
    .filter(([, count]) => count > 0)
    .map(([word, count], index) => `${index > 0 ? ', ' : ''}${formatCount(count)} ${word}`)}.</p>`;
}

type Chosen = readonly string[] | null;

const sectionLink = (result: AnalysisResult, words: string, sections: Chosen): Html =>
  isShown(result.id, sections) ? html`<a href="#${result.id}">${words}</a>` : html`${words}`;

const cannotAnswer = (results: readonly AnalysisResult[]): AnalysisResult[] =>
  results.filter((result) => result.status === 'not-applicable');

/** No verdict is no proof that all was well: what could not be asked is said. */
export function noVerdict(results: readonly AnalysisResult[]): Html {
  const missing = cannotAnswer(results).length;
  return html`<p class="empty">The questions that this capture can answer found nothing that calls for a verdict.${
    missing > 0 && ` It cannot answer ${missing} of ${results.length}.`
  }</p>`;
}

/** On the first screen: what this capture says nothing about. */
export function unanswered(results: readonly AnalysisResult[], sections: Chosen): Html | null {
  const missing = cannotAnswer(results);
  if (missing.length === 0) return null;
  return html`<p class="fine unanswered">This capture does not hold the events for: ${missing.map(
    (result, index) => html`${index > 0 && ', '}${sectionLink(result, result.title, sections)}`,
  )}.${isShown('limits', sections) && html` <a href="#limits">How to record them</a>`}</p>`;
}

/** Questions that this capture cannot answer, with the commands that change that. */
export function captureLimits(results: readonly AnalysisResult[], sections: Chosen): Html | null {
  const missing = cannotAnswer(results);
  if (missing.length === 0) return null;
  return html`<p>These questions need events that the capture does not hold. That they have no answer here says nothing about what happened.</p>
<ul class="limits">${missing.map(
    (result) => html`
<li>${sectionLink(result, result.question, sections)} <span class="fine">needs ${result.missing.map((event, index) => html`${index > 0 && ', '}<code>${event}</code>`)}</span></li>`,
  )}
</ul>
${commandBlock(enableCommands(missing.flatMap((result) => result.missing)), 'Before the next capture, as root on the target:')}${scriptAdvice(missing.map((result) => result.missing))}`;
}

/** The script that records what these questions need, one of each purpose. */
export function scriptAdvice(groups: readonly (readonly string[])[]): Html | null {
  const purposes = purposesFor(groups);
  if (purposes.length === 0) return null;
  return html`<p class="fine">Or as a script that records all of it and sets everything back: ${purposes.map(
    (purpose, index) => html`${index > 0 && ', '}<code>ftrail capture-script --for ${purpose}</code>`,
  )}.</p>`;
}

export function commandBlock(commands: readonly string[], lead: string): Html | null {
  if (commands.length === 0) return null;
  return html`<p class="lead">${lead}</p>
<pre class="cmd" tabindex="0">${commands.map((command, index) => html`${index > 0 && NEWLINE}${command}`)}</pre>`;
}
