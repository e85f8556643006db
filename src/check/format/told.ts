/** How a verdict is told in words, the same in every format. */
import type { CaptureVerdict, Counts, RuleVerdict } from '../verdict.js';

export const statusWord = (rule: RuleVerdict): string => {
  if (rule.status === 'passed') return 'pass';
  if (rule.status === 'not-applicable') return rule.fails ? 'not applicable' : 'skipped';
  return rule.fails ? 'FAIL' : 'warn';
};

export function countsText({ passed, failed, not_applicable, warned }: Counts): string {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (not_applicable > 0) parts.push(`${not_applicable} not applicable`);
  if (warned > 0) parts.push(`${warned} of them do not count`);
  return parts.join(', ');
}

/** Lines of a rule that did not pass, in the order in which they help. */
export function tellRule(rule: RuleVerdict): readonly (readonly [label: string, text: string])[] {
  const lines: [string, string][] = [
    ['expected', rule.expected],
    ['found', rule.found],
  ];
  for (const { line_no, text } of rule.evidence) lines.push([line_no === null ? '' : `line ${line_no}`, text]);
  if (rule.more !== '') lines.push(['more', rule.more]);
  if (rule.description !== null) lines.push(['why', rule.description.trim()]);
  return lines;
}

export const summary = ({ capture, verdict, counts }: CaptureVerdict): string =>
  `${capture}: ${verdict} (${countsText(counts)})`;
