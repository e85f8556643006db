/** SARIF 2.1.0: a result per rule and capture, at the lines of the trace that show it. */
import { safeJson } from '../../base/safe-json.js';
import { visible } from '../../base/visible.js';
import type { RuleVerdict, Verdict } from '../verdict.js';
import { tellRule } from './told.js';

export interface SarifTool {
  readonly version: string;
  /** The path of a capture, by its name in the verdict. */
  readonly paths: ReadonlyMap<string, string | undefined>;
}

export function verdictSarif(verdict: Verdict, { version, paths }: SarifTool): string {
  const rules = new Map<string, RuleVerdict>();
  for (const rule of verdict.captures.flatMap((capture) => capture.rules)) {
    if (!rules.has(rule.name)) rules.set(rule.name, rule);
  }
  const ids = [...rules.keys()];
  const results = verdict.captures.flatMap(({ capture, rules: judged }) =>
    judged.map((rule) => result(rule, ids.indexOf(rule.name), capture, paths.get(capture))),
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ftrail', version, rules: [...rules.values()].map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${safeJson(log, 2)}\n`;
}

const level = ({ severity }: RuleVerdict): string => (severity === 'error' ? 'error' : 'warning');

const descriptor = (rule: RuleVerdict): object => ({
  id: visible(rule.name),
  shortDescription: { text: visible(rule.name) },
  ...(rule.description === null ? {} : { fullDescription: { text: visible(rule.description.trim()) } }),
  defaultConfiguration: { level: level(rule) },
  ...(rule.tags.length === 0 ? {} : { properties: { tags: [...new Set(rule.tags)].map(visible) } }),
});

const KINDS = { passed: 'pass', failed: 'fail', 'not-applicable': 'notApplicable' } as const;

function result(rule: RuleVerdict, ruleIndex: number, capture: string, path: string | undefined): object {
  const story = tellRule(rule).map(([label, text]) => visible(`${label === '' ? '' : `${label}: `}${text}`));
  const fail = rule.status !== 'passed' && (rule.status === 'failed' || rule.fails);
  return {
    ruleId: visible(rule.name),
    ruleIndex,
    // SARIF knows a level only where the kind is fail; a rule that could not be judged and fails the run is such a one.
    kind: fail ? 'fail' : KINDS[rule.status],
    level: fail ? level(rule) : 'none',
    message: { text: [`${visible(capture)}: ${visible(rule.name)}`, ...story].join('\n') },
    locations: locations(rule, path),
  };
}

function locations(rule: RuleVerdict, path: string | undefined): object[] {
  const lines = rule.evidence.map(({ line_no }) => line_no).filter((line) => line !== null && line > 0);
  if (path === undefined || lines.length === 0) return [location(rule.file, rule.line)];
  return [...new Set(lines)].map((line) => location(path, line as number));
}

const location = (path: string, startLine: number): object => ({
  physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { startLine } },
});

/** A relative reference, or a file URI for an absolute path. */
function uriOf(path: string): string {
  const parts = path.replace(/[\p{Surrogate}]/gu, '\ufffd').split(/[\\/]/);
  const encoded = parts.map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
