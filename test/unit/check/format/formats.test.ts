import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { githubAnnotations } from '../../../../src/check/format/github.js';
import { junitXml } from '../../../../src/check/format/junit.js';
import { verdictMarkdown } from '../../../../src/check/format/markdown.js';
import { verdictSarif } from '../../../../src/check/format/sarif.js';
import { verdictText } from '../../../../src/check/format/text.js';
import { captureVerdict, type RuleVerdict, type Verdict, wholeVerdict } from '../../../../src/check/verdict.js';

/** Text that tries to leave its place in every format. */
const HOSTILE =
  '</failure><a>&]]>|`x`\n::error::pwned\r##[error]x\u0000\u001b[31m\u202e\ud800\uffff <!--%0A**b** [l](javascript:x) @team #1';

const rule = (status: RuleVerdict['status'], more: Partial<RuleVerdict> = {}): RuleVerdict => ({
  name: `rule ${status}`,
  kind: 'never',
  status,
  severity: 'error',
  fails: status !== 'passed',
  expected: 'none',
  found: '2 times',
  evidence: [{ line_no: 12, text: 'a.out 20: sig=9' }],
  more: "ftrail why 'my trace' --line 12",
  description: 'why it matters',
  tags: ['signals'],
  file: 'rules.yaml',
  line: 3,
  ...more,
});

const every = (text: string): Verdict =>
  wholeVerdict([
    captureVerdict(`runs/${text}`, [
      rule('passed'),
      rule('failed', {
        name: text,
        expected: text,
        found: text,
        evidence: [{ line_no: 1, text }],
        description: text,
        tags: [text],
      }),
      rule('not-applicable', { more: text, file: text }),
      rule('failed', { name: 'warns', severity: 'warn', fails: false }),
      rule('not-applicable', { name: 'allowed', fails: false, evidence: [{ line_no: null, text }] }),
    ]),
    captureVerdict('second', [rule('passed')]),
  ]);

const texts = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      '<',
      ']]>',
      '&',
      '|',
      '`',
      '::error::',
      '##[',
      '%',
      '\u0001',
      '\ud83d',
      '\udc00',
      '\ufffe',
      '\u2028',
      '"',
      "'",
      '\\',
      '@x',
    ),
  )
  .map((parts) => parts.join(''));

describe('JUnit', () => {
  const schema = { fileName: 'junit.xsd', contents: readFileSync('test/fixtures/schemas/junit.xsd', 'utf8') };
  const faults = async (xml: string): Promise<unknown> => {
    const result = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] });
    return result.errors;
  };

  it('is what the common schema says, whatever the text', async () => {
    expect(await faults(junitXml(every(HOSTILE)))).toEqual([]);
    expect(await faults(junitXml(every('plain')))).toEqual([]);
    expect(await faults('<testsuites><nonsense/></testsuites>')).not.toEqual([]);
  });

  it('stays well formed for any mixture of such text', async () => {
    const holds = async (text: string): Promise<void> => {
      expect(await faults(junitXml(every(text)))).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(texts, holds), { numRuns: 8 });
  });

  it('counts what fails the run as failures, what is allowed as skipped', () => {
    const xml = junitXml(every('x'));
    expect(xml).toContain('<testsuite name="runs/x" tests="5" failures="2" errors="0" skipped="1">');
    expect(xml).toContain('<failure message="2 times" type="not-applicable">');
  });
});

describe('SARIF', () => {
  // The published schema is draft 4, which differs from draft 7 only in the names of two keywords.
  const { $schema, id, ...schema } = JSON.parse(
    readFileSync('test/fixtures/schemas/sarif-2.1.0.json', 'utf8'),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, logger: false }).compile(
    schema,
  );

  it.each(['plain', HOSTILE])('is what its schema says: %j', (text) => {
    expect($schema).toContain('draft-04');
    const sarif = JSON.parse(
      verdictSarif(every(text), { version: '1.0.0', paths: new Map([[`runs/${text}`, `runs/${text}`]]) }),
    ) as object;
    validate(sarif);
    expect(validate.errors).toBeNull();
    expect(validate({ ...sarif, version: '9' })).toBe(false);
    expect(id).toContain('sarif');
  });

  it('points at the line of the trace', () => {
    const paths = new Map([['runs/x', 'runs/a b%.trace']]);
    expect(verdictSarif(every('x'), { version: '1', paths })).toContain('"uri": "runs/a%20b%25.trace"');
  });
});

describe('text from a trace', () => {
  it('begins no line of a log, and starts no command of GitHub Actions', () => {
    const verdict = every(HOSTILE);
    const log = verdictText(verdict, { color: false, github: true });
    expect(log).not.toMatch(/^\s*::/m);
    expect(log).not.toContain('##[');
    expect(log).not.toMatch(/[\u0000\u001b\u202e\r]/);
    const annotations = githubAnnotations(verdict).trimEnd().split('\n');
    expect(annotations).toHaveLength(3);
    for (const line of annotations)
      expect(line).toMatch(/^::(error|warning) file=[^:,]*,line=\d+,title=[^:,]*::[^\r]*$/);
  });

  it('stays in its cell of a Markdown table', () => {
    const lines = verdictMarkdown(every(HOSTILE)).split('\n');
    const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length);
    expect(new Set(cells)).toEqual(new Set([6]));
    const ours = /^(#+ |\| |\|---|<details>|$|\d+ passed)/;
    expect(lines.filter((line) => !ours.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/<a>|@team|\*\*b|\]\(/);
  });
});

it('no format knows the time or the machine: the same verdict gives the same bytes', () => {
  const all = (): string[] => [
    junitXml(every('x')),
    verdictMarkdown(every('x')),
    githubAnnotations(every('x')),
    verdictText(every('x'), { color: true, github: false }),
    verdictSarif(every('x'), { version: '1', paths: new Map() }),
  ];
  expect(all()).toEqual(all());
  expect(all().join('\n')).not.toMatch(/20\d\d-\d\d|timestamp|hostname/);
});
