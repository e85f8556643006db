/** Statements: a shape and a word for the severity (never colour alone), the sentence, the lines it rests on. */
import type { Finding } from '../../trace/result.js';
import { inferredTag, lineLinks, type ReportContext } from '../format.js';
import { type Html, html, trusted } from '../html.js';

const SEVERITY_WORD: Record<Finding['severity'], string> = { bad: 'Problem', warn: 'Warning', info: 'Note' };

/** Octagon, triangle, circle: told apart without colour. */
const ICONS: Record<Finding['severity'], string> = {
  bad: '<path d="M5.5 1h5L15 5.5v5L10.5 15h-5L1 10.5v-5z"/><path class="cut" d="M5.5 5.5l5 5m0-5l-5 5"/>',
  warn: '<path d="M8 1.2 15.4 14.6H.6z"/><path class="cut" d="M8 6v4m0 2v.3"/>',
  info: '<circle cx="8" cy="8" r="7"/><path class="cut" d="M8 7.2v4.3m0-7.2v.3"/>',
};

const severityIcon = (severity: Finding['severity']): Html =>
  html`<svg class="icon i-${severity}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${trusted(ICONS[severity])}</svg>`;

type Look = 'verdicts' | 'findings';

/** A long list shows its head; the rest is a press away. From FEW on, verdicts take less room each. */
const HEAD = 8;
const FEW = 4;

export function findingList(findings: readonly Finding[], context: ReportContext, look: Look): Html | null {
  if (findings.length === 0) return null;
  const style = look === 'verdicts' && findings.length > FEW ? 'verdicts compact' : look;
  const cut = findings.length > HEAD + 2 ? HEAD : findings.length;
  const rest = findings.slice(cut);
  return html`${plainList(findings.slice(0, cut), context, style)}${
    rest.length > 0 &&
    html`
<details class="more-findings"><summary>${rest.length} more</summary>${plainList(rest, context, style)}</details>`
  }`;
}

const plainList = (findings: readonly Finding[], context: ReportContext, style: string): Html =>
  html`<ul class="${style}">${findings.map(
    (finding) => html`
<li class="finding sev-${finding.severity}">${severityIcon(finding.severity)}
<div><span class="sev">${SEVERITY_WORD[finding.severity]}<span class="vh">: </span></span>
<span class="say">${finding.text}</span> ${inferredTag(finding.confidence)} ${lineLinks(finding.lines, context)}</div></li>`,
  )}
</ul>`;
