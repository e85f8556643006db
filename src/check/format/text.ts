/** For the terminal and the log of a job. */
import { visible } from '../../base/visible.js';
import type { Verdict } from '../verdict.js';
import { countsText, statusWord, summary, tellRule } from './told.js';

export interface TextLook {
  readonly color: boolean;
  /** The log belongs to GitHub Actions, which takes `##[` anywhere in a line for a command. */
  readonly github: boolean;
}

const COLORS: Readonly<Record<string, string>> = {
  pass: '\u001b[32m',
  FAIL: '\u001b[31m',
  'not applicable': '\u001b[31m',
  warn: '\u001b[33m',
  skipped: '\u001b[33m',
};
const RESET = '\u001b[0m';
const STATUS_WIDTH = 'not applicable'.length;
const LABEL_WIDTH = 'line 1234567'.length;

export function verdictText(verdict: Verdict, look: TextLook): string {
  const lines: string[] = [];
  // Every line begins with a word of ours, so that no text of the trace can stand at the begin of one.
  const clean = (text: string): string => (look.github ? visible(text).replaceAll('##[', '# #[') : visible(text));
  const paint = (word: string): string => {
    const padded = word.padEnd(STATUS_WIDTH);
    return look.color ? `${COLORS[word] ?? ''}${padded}${RESET}` : padded;
  };
  for (const capture of verdict.captures) {
    lines.push(`capture ${clean(summary(capture))}`);
    for (const rule of capture.rules) {
      const where = rule.status === 'passed' ? '' : `  (${clean(rule.file)}:${rule.line})`;
      lines.push(`  ${paint(statusWord(rule))}  ${clean(rule.name)}${where}`);
      if (rule.status === 'passed') continue;
      for (const [label, text] of tellRule(rule))
        lines.push(`    ${(label || '-').padEnd(LABEL_WIDTH)}  ${clean(text)}`);
    }
  }
  if (verdict.captures.length > 1) lines.push(`all: ${verdict.verdict} (${countsText(verdict.counts)})`);
  return `${lines.join('\n')}\n`;
}
