import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { ANALYSES } from '../../src/analyses/registry.js';
import { INJECTIONS, injectedTrace, pidOf } from '../support/injections.js';
import { runInProcess } from '../support/program.js';

/** Control characters, and those that reorder or hide text. Line ends and our own colours are left to the caller. */
const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** One that fails for each string, and shows it as comm, marker, path and symbol. */
const RULES = `rules:\n${INJECTIONS.map(([aim], at) => {
  const where = `pid BETWEEN ${pidOf(at)} AND ${pidOf(at) + 1} AND (comm NOT IN ('app', 'bash', 'cat') OR name IN ('tracing_mark_write', 'do_sys_open', 'kfree_skb'))`;
  return `  - name: ${aim}\n    assert: { sql: "SELECT comm, name, args FROM event WHERE ${where}", rows: 0 }\n`;
}).join('')}`;

let folder: string;
/** The store of the trace: made once, asked often. */
let store: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
  store = at('store.duckdb');
  writeFileSync(at('trace.txt'), injectedTrace());
  const { code, stderr } = await runInProcess(['import', at('trace.txt'), '-o', store, '--quiet']);
  expect(code, stderr).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the output says, whatever it escapes. */
const expectSaid = (text: string): void => {
  expect(text.length).toBeGreaterThan(1000);
  expect(text).toContain('owned');
};

const QUESTIONS = ANALYSES.filter(({ params }) => params.every(({ required }) => required !== true)).map(({ id }) => [
  id,
]);
const OTHERS = [
  ['info'],
  ['query', 'SELECT * FROM event'],
  ['query', 'SELECT * FROM import_issue'],
  ['why', '--line', '40'],
  ['life', '--pid', '1001'],
];
const on = ([command = '', ...rest]: readonly string[]): string[] => [command, store, ...rest];

describe('the terminal', () => {
  it('gets no control character of a trace, in no answer', async () => {
    let all = '';
    for (const command of [...QUESTIONS, ...OTHERS]) {
      const { code, stdout, stderr } = await runInProcess(on(command), { terminal: 160 });
      const said = `${stdout}${stderr}`.replace(COLOURS, '');
      expect([0, 2], `${command.join(' ')}: ${stderr}`).toContain(code);
      expect(ACTIVE.exec(said.replaceAll('\r', '').replaceAll('\n', ''))?.[0], command.join(' ')).toBeUndefined();
      all += said;
    }
    expectSaid(all);
  }, 120_000);
});

describe('machine formats', () => {
  it.each(['json', 'ndjson', 'csv'])(
    '%s: every answer is whole, and no cell of CSV is a formula',
    async (format) => {
      let all = '';
      for (const command of [...QUESTIONS, ['query', 'SELECT comm, name, args FROM event']]) {
        const { stdout } = await runInProcess([...on(command), '--format', format, '--quiet']);
        all += stdout;
        if (format === 'json') JSON.parse(stdout);
        else if (format === 'ndjson') for (const line of stdout.trim().split('\n')) line === '' || JSON.parse(line);
        else {
          const { data, errors } = Papa.parse<string[]>(stdout.trimEnd());
          expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([]);
          for (const cell of data.flat())
            expect(/^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)), cell).toBe(false);
        }
      }
      expectSaid(all);
    },
    120_000,
  );
});

describe('the verdict of a check', () => {
  let outputs: Record<'text' | 'markdown' | 'junit' | 'sarif', string>;
  beforeAll(async () => {
    const rules = at('rules.yaml');
    writeFileSync(rules, RULES);
    const files = { markdown: at('v.md'), junit: at('v.xml'), sarif: at('v.json') };
    const options = Object.entries(files).flatMap(([name, path]) => [`--${name}`, path]);
    const { code, stdout } = await runInProcess(['check', store, '--rules', rules, '--github', ...options]);
    expect(code).toBe(1);
    const read = (path: string): string => readFileSync(path, 'utf8');
    outputs = { text: stdout, markdown: read(files.markdown), junit: read(files.junit), sarif: read(files.sarif) };
  });

  it('has no line that a CI system takes for a command, but its own annotations', () => {
    const commands = outputs.text.split('\n').filter((line) => /^\s*(?:::|##\[)/.test(line));
    expect(commands).toHaveLength(INJECTIONS.length);
    for (const line of commands) expect(line).toMatch(/^::error file=[^:]*rules\.yaml,line=\d+,title=[^:]*::/);
    expect(ACTIVE.exec(outputs.text.replaceAll('\n', ''))).toBeNull();
    expectSaid(outputs.text);
  });

  it('is Markdown without markup, links, mentions and cells of a trace', () => {
    const text = outputs.markdown.replace(/^#{2,3} /gm, '');
    expect(text.match(/<(?!\/?(?:details|summary|ul|li|code)>)[^>]*>/g)).toBeNull();
    expect(text).not.toMatch(/\]\(|javascript:alert\(|(?<!&)#(?!#|\d)|@|`/);
    for (const row of text.split('\n').filter((line) => line.startsWith('|'))) expect(row.match(/\|/g)).toHaveLength(5);
    expectSaid(text);
    expect(text.match(/owned/g)?.length).toBeGreaterThan(10);
  });

  it('is XML that a parser takes, and JSON', async () => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'v.xml', contents: outputs.junit }],
      normalization: 'format',
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
    JSON.parse(outputs.sarif);
    for (const text of [outputs.junit, outputs.sarif]) {
      expect(ACTIVE.exec(text.replaceAll('\n', ''))).toBeNull();
      expectSaid(text);
    }
  });
});

it('each string of the corpus is in the capture, byte by byte', async () => {
  const { stdout } = await runInProcess([
    'query',
    store,
    "SELECT args FROM event WHERE name = 'tracing_mark_write'",
    '--format',
    'json',
  ]);
  const told = (JSON.parse(stdout) as { args: string }[]).map(({ args }) => args);
  expect(told).toEqual(INJECTIONS.map(([, text]) => text.replace(/\r$/, '')));
});
