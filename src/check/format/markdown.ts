/** Markdown for the summary page of a job. */
import { visible } from '../../base/visible.js';
import type { RuleVerdict, Verdict } from '../verdict.js';
import { countsText, statusWord, tellRule } from './told.js';

/** Every character that Markdown or HTML could act on becomes a character reference; so do @ and #, which link to people. */
const markdown = (text: string): string =>
  visible(text)
    .replace(/[^\p{L}\p{N} .,:;=/%-]/gu, (char) => `&#${char.codePointAt(0)};`)
    .replace(/:\/\//g, '&#58;//');

const MARKS: Readonly<Record<string, string>> = {
  pass: '✅ pass',
  FAIL: '❌ fail',
  'not applicable': '❌ not applicable',
  warn: '⚠️ warn',
  skipped: '➖ skipped',
};

export function verdictMarkdown(verdict: Verdict): string {
  const parts = [`## ftrail check: ${verdict.verdict}`, '', `${countsText(verdict.counts)}.`, ''];
  for (const { capture, rules } of verdict.captures) {
    parts.push(`### ${markdown(capture)}`, '', '| result | rule | expected | found |', '|---|---|---|---|');
    // What needs attention first.
    const order = [
      ...rules.filter((rule) => rule.status !== 'passed'),
      ...rules.filter((rule) => rule.status === 'passed'),
    ];
    for (const rule of order) parts.push(row(rule));
    parts.push('', ...rules.filter((rule) => rule.status !== 'passed').flatMap(details));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

const row = (rule: RuleVerdict): string =>
  `| ${[MARKS[statusWord(rule)] ?? '', ...[rule.name, rule.expected, rule.found].map(markdown)].join(' | ')} |`;

function details(rule: RuleVerdict): string[] {
  const items = tellRule(rule)
    .slice(2)
    .map(([label, text]) => `<li>${label === '' ? '' : `${markdown(label)}: `}<code>${markdown(text)}</code></li>`);
  if (items.length === 0) return [];
  return [`<details><summary>${markdown(rule.name)}</summary><ul>${items.join('')}</ul></details>`, ''];
}
