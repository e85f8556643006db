/** One analysis: its question, what was found in words, a chart where one says more, the table, or why there is none. */
import type { AnalysisResult } from '../../trace/result.js';
import { enableCommands } from '../enable-events.js';
import type { ReportContext } from '../format.js';
import { type Html, html } from '../html.js';
import { commandBlock, scriptAdvice } from './capture.js';
import { findingList } from './findings.js';
import { resultTable } from './table.js';

export function analysisBody(result: AnalysisResult, chart: Html | null, context: ReportContext): Html {
  // What the verdict says already is not said again.
  const said = new Set(context.input.verdicts.map((verdict) => verdict.text));
  const findings = findingList(
    result.findings.filter(({ text }) => !said.has(text)),
    context,
    'findings',
  );
  switch (result.status) {
    case 'ok':
      return html`${findings}${chart}${resultTable(result, context)}`;
    case 'empty':
      return html`${findings}<div class="empty">${emptyWords(result)}</div>`;
    case 'not-applicable':
      return html`<div class="empty"><p>This capture cannot answer the question: it does not hold ${eventNames(result.missing)}.</p>
${commandBlock(enableCommands(result.missing), 'To record what is missing, as root on the target, before the next capture:')}${scriptAdvice([result.missing])}</div>`;
    case 'failed':
      return html`<div class="empty failed"><p><strong>This analysis failed.</strong> The rest of the report does not depend on it. Please report it with this message:</p>
<pre class="cmd" tabindex="0">${result.error ?? 'no message'}</pre></div>`;
  }
}

function emptyWords({ toRecord = [] }: AnalysisResult): Html {
  if (toRecord.length === 0)
    return html`<p>The capture holds the events that this question needs, and none of them gives a row.</p>`;
  return html`<p>The capture holds nothing that answers this.</p>
${commandBlock(toRecord, 'To record it, as root on the target, before the next capture:')}`;
}

function eventNames(events: readonly string[]): Html {
  if (events.length === 0) return html`the events it needs`;
  return html`${events.map((event, index) => html`${index > 0 && (index === events.length - 1 ? ' and ' : ', ')}<code>${event}</code>`)}`;
}

/** What the list of contents says about a section. */
export function statusWord(result: AnalysisResult): string {
  switch (result.status) {
    case 'ok':
      return String(Math.max(result.totalRows, result.rows.length));
    case 'empty':
      return 'none';
    case 'not-applicable':
      return 'no events';
    case 'failed':
      return 'failed';
  }
}
