/**
 * Annotations of GitHub Actions: `::error file=...,line=...,title=...::message`. They stand at the rule, which is in the
 * repository; the lines of the trace are in the message.
 */
import { visible } from '../../base/visible.js';
import type { Verdict } from '../verdict.js';
import { tellRule } from './told.js';

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

export function githubAnnotations(verdict: Verdict): string {
  const lines: string[] = [];
  for (const { capture, rules } of verdict.captures) {
    for (const rule of rules) {
      if (rule.status === 'passed' || (rule.status === 'not-applicable' && !rule.fails && rule.severity === 'error'))
        continue;
      const story = tellRule(rule).map(([label, text]) => visible(`${label === '' ? '' : `${label}: `}${text}`));
      const message = data([visible(capture), ...story].join('\n'));
      const where = `file=${property(rule.file)},line=${rule.line},title=${property(rule.name)}`;
      lines.push(`::${rule.fails ? 'error' : 'warning'} ${where}::${message}\n`);
    }
  }
  return lines.join('');
}
