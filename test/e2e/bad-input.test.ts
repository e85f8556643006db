import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { expectRefusal } from '../support/refusal.js';
import { type Scratch, scratch } from '../support/scratch.js';
import { HEADER, TRACE } from '../support/trace-text.js';

/** Every command that reads a capture, with what it needs besides. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  import: ['-o', 'out.duckdb'],
  info: [],
  query: ['select 1'],
  report: ['-o', 'out.html'],
  signals: [],
  why: ['--pid', '1'],
};

const isRoot = process.getuid?.() === 0;

/** chmod does not stop root: a link to itself is a file that nobody can open. */
const locked = (folder: Scratch): string => {
  if (isRoot) symlinkSync(folder.at('locked'), folder.at('locked'));
  else chmodSync(folder.file('locked', TRACE), 0);
  return folder.at('locked');
};

/** chmod does not stop root, but nobody makes files in /proc. */
const readOnly = (folder: Scratch): string => {
  if (isRoot) return '/proc';
  mkdirSync(folder.at('read-only'), { mode: 0o555 });
  return folder.at('read-only');
};

const noise = Uint8Array.from({ length: 5000 }, (_, i) => ((i + 1) * 7919) % 251);

const NO_TRACES: readonly (readonly [what: string, make: (folder: Scratch) => string, says: RegExp])[] = [
  ['a missing file', (folder) => folder.at('nowhere'), /nowhere: no such file/],
  ['a folder', (folder) => folder.folder, /is a folder/],
  ['a file that cannot be opened', locked, /locked: /],
  ['an empty file', (folder) => folder.file('empty', ''), /empty: is empty/],
  ['text that is no trace', (folder) => folder.file('letter', 'Dear colleague,\n'), /letter: is no ftrace text/],
  ['bytes that are no text', (folder) => folder.file('noise', noise), /noise: is no ftrace text/],
  ['no event line', (folder) => folder.file('quiet', `${HEADER.join('\n')}\n`), /quiet: .* without a single record/],
  [
    'a name that steers the terminal',
    (folder) => folder.at('evil\u001b[31m\nname'),
    /evil\\e\[31m\\nname: no such file/,
  ],
];

/** All commands open a capture the same way: the one that writes meets every kind, the others meet two. */
const CASES = NO_TRACES.flatMap(([what, make, says]) =>
  Object.keys(COMMANDS)
    .filter((command) => command === 'report' || what === 'a missing file' || what === 'text that is no trace')
    .map((command) => ({ command, what, make, says })),
);

describe('a capture that is none', () => {
  it.each(CASES)('$what ends $command with 3', async ({ command, make, says }) => {
    const folder = scratch();
    const path = make(folder);
    const before = folder.names();
    expectRefusal(await runCli([command, path, ...(COMMANDS[command] ?? [])], { cwd: folder.folder }), 3, says);
    expect(folder.names()).toEqual(before);
  });
});

describe.each(['import', 'report'])('%s to a place that cannot be written', (command) => {
  const PLACES: readonly (readonly [what: string, make: (folder: Scratch, trace: string) => string, says: RegExp])[] = [
    ['in a folder that does not exist', (folder) => folder.at('missing/out'), /folder .*missing does not exist/],
    ['below a file', (_folder, trace) => `${trace}/out`, /trace is no folder/],
    ['in a folder that is read-only', (folder) => `${readOnly(folder)}/out`, /out: cannot be written/],
    ['where a folder is', (folder) => folder.folder, /is a folder/],
  ];

  it.each(PLACES)('%s ends with 4', async (_what, make, says) => {
    const folder = scratch();
    const trace = folder.file('trace', TRACE);
    const place = make(folder, trace);
    const before = folder.names();
    expectRefusal(await runCli([command, trace, '-o', place]), 4, says);
    expect(folder.names()).toEqual(before);
  });
});
