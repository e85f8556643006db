/** JUnit XML: a suite per capture, a case per rule. No times, so that the same captures give the same bytes. */
import { visible } from '../../base/visible.js';
import type { CaptureVerdict, RuleVerdict, Verdict } from '../verdict.js';
import { tellRule } from './told.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way to write most control characters, halves of surrogate pairs and the two non-characters. */
const xml = (text: string): string =>
  visible(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] as string);

export function junitXml(verdict: Verdict): string {
  const suites = verdict.captures.map(suite).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ftrail check"${tallies(verdict.captures.flatMap((each) => each.rules))}>\n${suites}</testsuites>\n`;
}

function tallies(rules: readonly RuleVerdict[]): string {
  const failures = rules.filter((rule) => rule.fails).length;
  return ` tests="${rules.length}" failures="${failures}" errors="0"`;
}

function suite({ capture, rules }: CaptureVerdict): string {
  const skipped = rules.filter(isSkipped).length;
  const cases = rules.map((rule) => testcase(rule, capture)).join('');
  return `  <testsuite name="${xml(capture)}"${tallies(rules)} skipped="${skipped}">\n${cases}  </testsuite>\n`;
}

const isSkipped = (rule: RuleVerdict): boolean => rule.status === 'not-applicable' && !rule.fails;

function testcase(rule: RuleVerdict, capture: string): string {
  const open = `    <testcase classname="${xml(capture)}" name="${xml(rule.name)}"`;
  const story = tellRule(rule)
    .map(([label, text]) => xml(`${label === '' ? '' : `${label}: `}${text}`))
    .join('\n');
  if (rule.status === 'passed') return `${open}/>\n`;
  if (rule.fails) {
    const type = rule.status === 'failed' ? 'failed' : 'not-applicable';
    return `${open}>\n      <failure message="${xml(rule.found)}" type="${type}">${story}</failure>\n    </testcase>\n`;
  }
  if (isSkipped(rule)) return `${open}>\n      <skipped>${xml(rule.found)}</skipped>\n    </testcase>\n`;
  return `${open}>\n      <system-out>warning\n${story}</system-out>\n    </testcase>\n`;
}
