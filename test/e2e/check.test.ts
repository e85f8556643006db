import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { TRACE } from '../support/trace-text.js';

const GOOD =
  'rules:\n  - name: killed once\n    assert: { eventually: { event: signal_generate, where: "sig = 9" }, count: 1 }\n';
const BAD = `${GOOD}  - name: nobody is killed\n    assert: { never: { event: signal_generate, where: "sig = 9" } }\n`;

describe('ftrail check', () => {
  it('ends with 0 when every rule holds, and with 1 when one fails, with the reason and the line', async () => {
    const folder = scratch();
    const trace = folder.file('t.trace', TRACE);
    folder.file('bad.yaml', BAD);
    const good = await runCli(['check', trace, '--rules', folder.file('good.yaml', GOOD)]);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toContain('passed (1 passed)');
    const bad = await runCli(['check', 't.trace', '--rules', 'bad.yaml'], {
      cwd: folder.folder,
    });
    expect(bad).toMatchObject({ code: 1, stderr: '' });
    expect(bad.stdout).toMatch(/FAIL +nobody is killed {2}\(bad\.yaml:4\)/);
    expect(bad.stdout).toMatch(/line 14 +9992\.171040 bash-4994 signal_generate: sig=9/);
  });

  it('ends with 2 for a fault in the rules, 3 for a capture or rules file that cannot be read, 4 for a file it cannot write', async () => {
    const folder = scratch();
    const cwd = folder.folder;
    folder.file('t.trace', TRACE);
    folder.file('good.yaml', GOOD);
    folder.file('typo.yaml', 'rules:\n  - name: a\n    asert: {}\n');
    folder.file('sql.yaml', 'rules:\n  - name: a\n    assert: { sql: "SELECT nothing FROM event", rows: 0 }\n');
    folder.file(
      'file.yaml',
      `rules:\n  - name: a\n    assert: { sql: "SELECT * FROM read_text('good.yaml')", rows: 0 }\n`,
    );
    const ends = async (...args: string[]): Promise<[number | null, string]> => {
      const { code, stdout, stderr } = await runCli(['check', ...args], { cwd });
      expect(stdout).toBe('');
      return [code, stderr];
    };
    expect(await ends('t.trace', '--rules', 'typo.yaml')).toEqual([
      2,
      'ftrail: typo.yaml:3: rules file.rules[1]: no key asert; did you mean assert? (also typo.yaml:2: rules file.rules[1]: needs one of assert, compare)\n',
    ]);
    expect(await ends('t.trace', '--rules', 'sql.yaml')).toEqual([
      2,
      expect.stringMatching(/^ftrail: sql\.yaml:2: rule "a": SQL: .*nothing/),
    ]);
    expect(await ends('t.trace', '--rules', 'file.yaml')).toEqual([
      2,
      expect.stringMatching(/does not allow|not allowed|disabled/),
    ]);
    expect(await ends('t.trace')).toEqual([2, expect.stringContaining('--rules FILE')]);
    expect(await ends('none.trace', '--rules', 'good.yaml')).toEqual([3, 'ftrail: none.trace: no such file\n']);
    expect(await ends('t.trace', '--rules', 'none.yaml')).toEqual([3, 'ftrail: none.yaml: no such rules file\n']);
    expect(await ends('t.trace', '--rules', 'good.yaml', '--junit', 'no/folder.xml')).toEqual([
      4,
      expect.stringContaining('no/folder.xml'),
    ]);
  });

  it('judges several captures, each for itself and all together, the same bytes every time', async () => {
    const folder = scratch();
    folder.file('one.trace', TRACE);
    folder.file('two.trace', TRACE.replace('sig=9 errno=0 code=0 comm', 'sig=15 errno=0 code=0 comm'));
    folder.file('bad.yaml', BAD);
    const run = async (): Promise<string[]> => {
      const files = ['--junit', 'j.xml', '--markdown', 'm.md', '--sarif', 's.sarif'];
      const { code, stdout } = await runCli(
        ['check', 'one.trace', 'two.trace', '--rules', 'bad.yaml', '--format', 'json', ...files],
        { cwd: folder.folder },
      );
      expect(code).toBe(1);
      return [stdout, ...['j.xml', 'm.md', 's.sarif'].map((name) => readFileSync(folder.at(name), 'utf8'))];
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(JSON.parse(first[0] as string)).toMatchObject({
      verdict: 'failed',
      counts: { passed: 2, failed: 2, not_applicable: 0, warned: 0 },
      captures: [
        { capture: 'one.trace', verdict: 'failed' },
        { capture: 'two.trace', verdict: 'failed' },
      ],
    });
  });

  it('writes annotations of GitHub Actions at the rule', async () => {
    const folder = scratch();
    folder.file('t.trace', TRACE);
    folder.file('bad.yaml', BAD);
    const { stdout } = await runCli(['check', 't.trace', '--rules', 'bad.yaml', '--github'], { cwd: folder.folder });
    expect(stdout).toMatch(
      /^::error file=bad\.yaml,line=4,title=nobody is killed::t\.trace%0Aexpected: no signal_generate where sig = 9%0Afound: 1 time/m,
    );
  });
});

describe('ftrail diff', () => {
  it('tells what changed as text, as JSON and as a page', async () => {
    const folder = scratch();
    const cwd = folder.folder;
    folder.file('a.trace', TRACE);
    folder.file('b.trace', TRACE.replaceAll('sig=9', 'sig=15').replace('sig: 9', 'sig: f'));
    const text = await runCli(['diff', 'a.trace', 'b.trace', '-o', 'diff.html'], { cwd });
    expect(text).toMatchObject({ code: 0, stderr: 'written: diff.html\n' });
    expect(text.stdout).toContain('new death: a.out: killed by SIGTERM');
    expect(readFileSync(folder.at('diff.html'), 'utf8')).toMatch(/^<!doctype html>/);
    const json = await runCli(['diff', 'a.trace', 'b.trace', '--format', 'json'], { cwd });
    expect(Object.keys(JSON.parse(json.stdout) as object)).toEqual([
      'base',
      'head',
      'findings',
      'sections',
      'durations',
      'notes',
    ]);
    expect((await runCli(['diff', 'a.trace', 'a.trace'], { cwd })).stdout).toContain('nothing differs beyond chance');
    expect(await runCli(['diff', 'a.trace', 'none'], { cwd })).toMatchObject({ code: 3 });
  });
});
