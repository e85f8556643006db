import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { EMPTY_BUFFER, MINI_TRACE } from '../support/mini-trace.js';
import { expectRefusal } from '../support/refusal.js';
import { suiteFolder } from '../support/suite-folder.js';

const folder = suiteFolder();
const file = (name: string, text: string | Uint8Array = ''): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** chmod does not stop root: a link to itself is a file that nobody can open. */
const unreadable = (): string => {
  const path = join(folder, 'locked');
  if (process.getuid?.() === 0) symlinkSync(path, path);
  else {
    writeFileSync(path, MINI_TRACE);
    chmodSync(path, 0);
  }
  return path;
};

const NOT_TRACES: readonly (readonly [what: string, path: () => string, says: RegExp])[] = [
  ['a missing file', () => join(folder, 'nowhere'), /nowhere.*(not found|no such file)/i],
  ['a folder', () => folder, /ftrail-test.*(folder|directory)/i],
  ['a file that cannot be read', unreadable, /locked/],
  ['an empty file', () => file('empty'), /empty/],
  ['text that is no trace', () => file('prose.txt', 'Dear colleague,\nthe trace is attached.\n'), /prose\.txt.*trace/],
  [
    'bytes that are no text',
    () =>
      file(
        'noise.bin',
        Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256),
      ),
    /noise\.bin/,
  ],
  ['a header without one event line', () => file('no-events', EMPTY_BUFFER), /no-events.*without a single record/],
];

describe('input that is no trace', () => {
  it.each(NOT_TRACES)('%s ends import with 3', async (_what, path, says) => {
    expectRefusal(await runCli(['import', path(), '-o', join(folder, 'out.duckdb')]), 3, says);
  });

  it.each(['info', 'query'])('%s refuses it the same way', async (command) => {
    const more: Record<string, readonly string[]> = { query: ['select 1'] };
    const prose = file('prose.txt', 'Dear colleague,\n');
    expectRefusal(await runCli([command, prose, ...(more[command] ?? [])], { cwd: folder }), 3, /prose\.txt.*trace/);
  });

  it('shows a hostile file name harmlessly', async () => {
    const path = join(folder, 'evil\u001b[31m\nname');
    expectRefusal(await runCli(['info', path]), 3, /evil.*name/);
  });
});

describe('wrong use', () => {
  const trace = file('good.trace', MINI_TRACE);
  it.each<[string, readonly string[], RegExp]>([
    ['an unknown option', ['info', trace, '--colour'], /--colour/],
    ['an unknown command', ['explain', trace], /explain/],
    ['no capture', ['info'], /capture/],
    ['a format that does not exist', ['info', trace, '--format', 'xml'], /--format.*xml/],
    ['import without an output', ['import', trace], /-o|--output/],
    ['SQL that does not parse', ['query', trace, 'selct 1'], /selct/],
    ['SQL that writes', ['query', trace, 'delete from event'], /only reads/],
    [
      'SQL that reads another file',
      ['query', trace, "select * from read_text('package.json')"],
      /not allow.*read_text/,
    ],
  ])('%s ends with 2', async (_what, args, says) => {
    expectRefusal(await runCli(args), 2, says);
  });

  it('no arguments print the help', async () => {
    const result = await runCli([]);
    expect(result.code).toBe(2);
    expect(`${result.stdout}${result.stderr}`).toMatch(/^Usage: ftrail/);
  });

  it.each([['--help'], ['import', '--help']])('%s %s prints the help on stdout and ends with 0', async (...args) => {
    const result = await runCli(args);
    expect(result.stdout).toMatch(/^Usage: ftrail/);
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('output that cannot be written', () => {
  const trace = file('good2.trace', MINI_TRACE);
  /** chmod does not stop root, but nobody creates files in /proc. */
  const readOnlyFolder = (): string => {
    if (process.getuid?.() === 0) return '/proc';
    const path = join(folder, 'read-only');
    mkdirSync(path, { mode: 0o555 });
    return path;
  };
  const places: readonly (readonly [what: string, path: () => string])[] = [
    ['in a folder that does not exist', () => join(folder, 'missing', 'out')],
    ['below a file', () => join(trace, 'out')],
    ['in a folder that may not be written', () => join(readOnlyFolder(), 'out')],
    ['where a folder is', () => folder],
  ];
  const cases = places.flatMap(([what, path]) => ['import'].map((command) => [command, what, path] as const));

  it.each(cases)('%s %s ends with 4', async (command, _what, path) => {
    expectRefusal(await runCli([command, trace, '-o', path()]), 4, /out|ftrail-test/);
  });
});
