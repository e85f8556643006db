/** The order of the page. Each section is built alone, so that a report can be narrowed to some of them. */
import { analysisChart } from './analysis-chart.js';
import type { ReportContext } from './format.js';
import { type Html, html } from './html.js';
import { analysisBody, statusWord } from './sections/analysis.js';
import { captureFacts, captureHealth, captureLimits } from './sections/capture.js';
import { chainArticle } from './sections/chain.js';
import { evidenceSection } from './sections/evidence.js';
import { findingList } from './sections/findings.js';
import { timelineFigure } from './sections/timeline.js';

export interface Section {
  readonly id: string;
  readonly nav: string;
  /** A count or a state beside the entry in the list of contents. */
  readonly note: string | null;
  readonly kicker: string | null;
  readonly title: string;
  readonly look: 'first' | 'plain' | 'analysis';
  readonly body: Html;
}

export async function reportSections(context: ReportContext): Promise<Section[]> {
  const { input } = context;
  const sections: Section[] = [];
  const add = (id: string, nav: string, title: string, body: Html, extra: Partial<Section> = {}): void => {
    sections.push({ id, nav, title, body, note: null, kicker: null, look: 'plain', ...extra });
  };
  const verdicts =
    findingList(input.verdicts, context, 'verdicts') ??
    html`<p class="empty">Nothing in this capture calls for a verdict: no task is seen to die, no open fails, nothing is lost.</p>`;
  add('verdict', 'Verdict', input.title, html`${verdicts}${captureFacts(context)}`, {
    kicker: 'Verdict',
    look: 'first',
  });
  add('timeline', 'Timeline', 'What happened, in order of time', await timelineFigure(context), {
    kicker: 'Causal timeline',
  });
  if (input.chains.length > 0) {
    const articles = html`${input.chains.map((chain, index) => chainArticle(chain, index + 1, context))}`;
    add('causes', 'Causes', 'How one thing led to another', articles, {
      kicker: 'Causal chains',
      note: String(input.chains.length),
    });
  }
  for (const result of input.results) {
    const chart = await analysisChart(result, context);
    add(result.id, result.title, result.question, analysisBody(result, chart, context), {
      kicker: result.title,
      look: 'analysis',
      note: statusWord(result),
    });
  }
  add('capture', 'Capture', 'Can the capture be trusted?', captureHealth(context), { kicker: 'Capture health' });
  const limits = captureLimits(input.results);
  if (limits !== null) add('limits', 'Limits', 'What this capture cannot show', limits, { kicker: 'Limits' });
  add('evidence', 'Evidence', 'Lines of the trace', evidenceSection(input.evidence), {
    kicker: 'Evidence',
    note: String(input.evidence.length),
  });
  return sections;
}
