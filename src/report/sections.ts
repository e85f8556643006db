/** The order of the page. Each section is built alone, so that a report can be narrowed to some of them. */

import type { AnalysisResult } from '../trace/result.js';
import { filterData } from './filter-data.js';
import type { ReportContext } from './format.js';
import { type Html, html } from './html.js';
import { drawPictures } from './pictures/rules.js';
import { analysisBody, statusWord } from './sections/analysis.js';
import { captureFacts, captureHealth, captureLimits, noVerdict, unanswered } from './sections/capture.js';
import { chainArticle } from './sections/chain.js';
import { evidenceSection } from './sections/evidence.js';
import { findingList } from './sections/findings.js';
import { timelineFigure } from './sections/timeline.js';
import { isShown } from './sections-shown.js';

export interface Section {
  readonly id: string;
  readonly nav: string;
  /** A count or a state beside the entry in the list of contents. */
  readonly note: string | null;
  readonly kicker: string | null;
  readonly title: string;
  readonly look: 'first' | 'plain' | 'analysis';
  /** In the list of contents. A question that the capture cannot answer is listed with the limits. */
  readonly listed: boolean;
  readonly body: Html;
  /** What the page's filters need beyond the markup; null for nothing. */
  readonly filter: object | null;
}

const RANK: Record<AnalysisResult['status'], number> = { ok: 0, failed: 0, empty: 1, 'not-applicable': 2 };

/** Hears which section is drawn; the drawing waits for it. */
export type OnSection = (step: { name: string; done: number; total: number }) => void | Promise<void>;

export async function reportSections(context: ReportContext, onStep?: OnSection): Promise<Section[]> {
  const { input } = context;
  const sections: Section[] = [];
  const add = (id: string, nav: string, title: string, body: Html, extra: Partial<Section> = {}): void => {
    sections.push({
      id,
      nav,
      title,
      body,
      note: null,
      kicker: null,
      look: 'plain',
      listed: true,
      filter: null,
      ...extra,
    });
  };
  const verdicts = findingList(input.verdicts, context, 'verdicts') ?? noVerdict(input.results);
  add(
    'verdict',
    'Verdict',
    input.title,
    html`${input.scope !== null && html`<p class="scope">${input.scope}</p>`}${verdicts}${captureFacts(context)}${unanswered(input.results, input.sections)}`,
    {
      kicker: 'Verdict',
      look: 'first',
    },
  );
  const total = input.results.length + 1;
  await onStep?.({ name: 'timeline', done: 0, total });
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
  // Answers first; what cannot be answered stands at the end, with the way to change that.
  const ordered = input.results.toSorted((a, b) => RANK[a.status] - RANK[b.status]);
  for (const [index, result] of ordered.entries()) {
    await onStep?.({ name: result.id, done: index + 1, total });
    const { markup, pictures } = await drawPictures(result, context);
    add(result.id, result.title, result.question, analysisBody(result, markup, context), {
      filter: filterData(result, pictures),
      kicker: result.title,
      look: 'analysis',
      listed: result.status !== 'not-applicable',
      note: statusWord(result),
    });
  }
  add('capture', 'Capture', 'Can the capture be trusted?', captureHealth(context), { kicker: 'Capture health' });
  const limits = captureLimits(input.results, input.sections);
  if (limits !== null)
    add('limits', 'Limits', 'What this capture cannot show', limits, {
      kicker: 'Limits',
      note: String(input.results.filter(({ status }) => status === 'not-applicable').length),
    });
  add('evidence', 'Evidence', 'Lines of the trace', evidenceSection(input.evidence, input.evidenceFrom), {
    kicker: 'Evidence',
    note: String(input.evidence.length),
  });
  return sections.filter(({ id }) => isShown(id, input.sections));
}
