import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RULES_SCHEMA } from '../../../../src/check/rules/rule-shape.js';
import { rulesOf } from '../../../support/check.js';

const rule = (text: string): string => `rules:\n  - name: a\n${text.replace(/^/gm, '    ')}\n`;

/** [what is wrong, the file, what is said]. */
const WRONG: readonly (readonly [what: string, yaml: string, said: string | RegExp])[] = [
  [
    'a misspelt key',
    rule('asert: { lost_events: 0 }'),
    'rules.yaml:3: rules file.rules[1]: no key asert; did you mean assert?',
  ],
  [
    'a misspelt kind',
    rule('assert: { nevr: x }'),
    'rules.yaml:3: rules file.rules[1].assert: needs one of analysis, sql, never, eventually, always, sequence, absent, process, latency, lost_events, issues; did you mean never?',
  ],
  ['two kinds', rule('assert: { never: x, sql: y, rows: 0 }'), /takes only one of sql, never/],
  [
    'an unknown analysis',
    rule('assert: { analysis: zombis, rows: 0 }'),
    'rules.yaml:3: analysis: there is no zombis; did you mean zombies?',
  ],
  [
    'an unknown column',
    rule('assert: { analysis: syscalls, column: p99_du, max: 1ms }'),
    'rules.yaml:3: column: syscalls has no column p99_du; did you mean p99_dur?',
  ],
  [
    'a parameter that must be given',
    rule('assert: { analysis: life, rows: 0 }'),
    'rules.yaml:3: params: life needs pid',
  ],
  [
    'a unit that the column has not',
    rule('assert: { analysis: syscalls, column: p99_dur, max: 5% }'),
    'rules.yaml:3: max: column p99_dur of syscalls is a time',
  ],
  [
    'a limit without sense',
    rule('assert: { sql: "SELECT 1", max: 3 lightyears }'),
    /max: must be a number with its unit .*, not the text "3 lightyears"/,
  ],
  ['nothing to judge', rule('assert: { sql: "SELECT 1" }'), /assert: needs one of rows, min, max, equals/],
  [
    'a severity that is none',
    rule('severity: eror\nassert: { lost_events: 0 }'),
    'rules.yaml:3: rules file.rules[1].severity: must be one of error, warn, not the text "eror"; did you mean error?',
  ],
  ['an unknown variable', rule('assert: { lost_events: "${most}" }'), /no variable most \(--var most=\.\.\.\)/],
  ['no YAML', 'rules: [', /rules\.yaml:1: no valid YAML/],
  ['a key given twice', 'rules: []\nrules: []', /rules\.yaml:2: no valid YAML: Map keys must be unique/],
  ['two documents', 'rules: []\n---\nrules: []', /no valid YAML/],
  ['a tag', rule('assert: !!js/function "x"'), /no valid YAML: Unresolved tag/],
  [
    'a name given twice',
    `${rule('assert: { lost_events: 0 }')}  - name: a\n    assert: { issues: 0 }\n`,
    'rules.yaml:4: name: "a" is the name of the rule at rules.yaml:2 too',
  ],
  [
    'aliases that multiply',
    `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefg'.replace(/./g, (c) => {
      const p = String.fromCharCode(c.charCodeAt(0) - 1);
      return `${c}: &${c} [${Array(10).fill(`*${p}`).join(', ')}]\n`;
    })}`,
    /more than 50000 values/,
  ],
  ['an alias of itself', 'a: &a [*a]', /nested deeper than 32|no such anchor/],
  ['brackets without end', '['.repeat(200_000), /nested too deep|no valid YAML|nested deeper/],
  ['a map as a key', '? { a: 1 }\n: 2', /a key must be a plain word/],
];

describe('rules file', () => {
  it.each(WRONG)('%s is refused with its line, its key and what was meant', async (_what, yaml, said) => {
    const error = await rulesOf(yaml).then(
      () => undefined,
      (cause: unknown) => cause as Error & { kind: string },
    );
    expect(error).toMatchObject({ name: 'FtrailError', kind: 'usage' });
    if (typeof said === 'string') expect(error?.message).toBe(said);
    else expect(error?.message).toMatch(said);
  });

  it('reads variables: defaults of the file, the command line over them, numbers as numbers', async () => {
    const text = `vars: { most: 5, comm: "it's" }\n${rule('assert: { process: x, count: "${most}" }')}  - name: b\n    assert: { sql: "SELECT 1 WHERE comm = '\${comm}'", rows: 0 }\n`;
    const { rules } = await rulesOf(text, { vars: { most: '7' } });
    expect(rules[0]?.assert?.of).toMatchObject({ count: { value: 7 } });
    expect(rules[1]?.assert?.of).toMatchObject({ sql: "SELECT 1 WHERE comm = 'it''s'" });
    await expect(rulesOf(text, { vars: { moist: '7' } })).rejects.toThrow(
      '--var moist: no rule uses it; did you mean most?',
    );
  });

  it('includes files before its own rules, once each, and refuses a circle', async () => {
    const files = {
      'top.yaml': `include: [base.yaml, base.yaml]\nvars: { most: 3 }\n${rule('assert: { issues: 0 }')}`,
      'base.yaml': 'rules:\n  - name: base\n    assert: { lost_events: "${most}" }\n',
    };
    expect((await rulesOf(files)).rules.map(({ name, place }) => [name, place.file])).toEqual([
      ['base', 'base.yaml'],
      ['a', 'top.yaml'],
    ]);
    await expect(rulesOf({ 'a.yaml': 'include: [b.yaml]', 'b.yaml': 'include: [a.yaml]' })).rejects.toThrow(
      'a.yaml: includes itself: a.yaml -> b.yaml -> a.yaml',
    );
  });

  it('chooses by tag', async () => {
    const text = `${rule('tags: [fast]\nassert: { lost_events: 0 }')}  - name: b\n    tags: [slow]\n    assert: { issues: 0 }\n`;
    expect((await rulesOf(text, { tags: ['slow'] })).rules.map(({ name }) => name)).toEqual(['b']);
    await expect(rulesOf(text, { tags: ['none'] })).rejects.toThrow('--tag none: no rule of rules.yaml has it');
  });
});

describe('JSON Schema for editors', () => {
  const validate = new Ajv({ strict: false }).compile(RULES_SCHEMA);

  it('is the one in the package', async () => {
    // vitest -u writes it again.
    const text = `${JSON.stringify(RULES_SCHEMA, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../src/check/rules.schema.json');
  });

  // What it cannot know: analyses and their columns, which variables there are, names given twice.
  const beyond =
    /unknown|parameter|unit that the column|name given twice|key given twice|documents|a tag|alias|YAML|brackets|map as a key/;

  it.each(WRONG.filter(([what]) => !beyond.test(what)))('refuses %s too', (_what, yaml) => {
    expect(validate(parse(yaml))).toBe(false);
  });

  it.each([
    rule('assert: { never: x }'),
    rule('assert: { never: { event: x, where: "1 = 1" } }\nseverity: warn\nallow_missing: true\ntags: [a]\nneeds: [x]'),
    rule('assert: { analysis: syscalls, rows: { min: 1, max: "${n}" } }'),
    rule(
      'assert: { sequence: [ { event: a, as: b }, { event: c, match: { pid: b.child_pid } } ], within: 10 ms, per: cpu }',
    ),
    rule('assert: { process: a.out, death: [exited, killed], exit_code: 0, opens: { only: [/usr/**] }, zombie: 1ms }'),
    rule('assert: { latency: { syscall: openat }, p99: 2ms }'),
    rule('compare: { analysis: syscalls, key: name, metric: p99_dur, max_increase: 20% }'),
    'include: [x.yaml]\nvars: { a: 1 }\nenabled: [signal_*]\n',
  ])('accepts what the validator accepts: %s', async (yaml) => {
    expect(validate(parse(yaml)), JSON.stringify(validate.errors)).toBe(true);
    if (yaml.startsWith('rules')) await rulesOf(yaml.replace('"${n}"', '9'));
  });
});
