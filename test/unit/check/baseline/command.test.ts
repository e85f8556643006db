import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../../support/program.js';
import { scratch } from '../../../support/scratch.js';
import { TRACE } from '../../../support/trace-text.js';

describe('ftrail check --baseline', () => {
  const slow = TRACE.replace('9992.171043: sys_exit_kill', '9992.175043: sys_exit_kill');
  const rules =
    'rules:\n  - name: kill is as fast\n    compare: { analysis: syscalls, key: name, metric: p50_dur, max_increase: 20% }\n';

  /** A folder with captures and rules, and the command on files of it. */
  const prepared = () => {
    const folder = scratch();
    const at = (word: string): string => (word.startsWith('--') ? word : folder.at(word));
    const files = { 'a.trace': TRACE, 'b.trace': TRACE, 'slow.trace': slow, 'rules.yaml': rules };
    for (const [name, text] of Object.entries(files)) folder.file(name, text);
    const check = (...args: string[]) => runInProcess(['check', ...args.map(at), '--rules', folder.at('rules.yaml')]);
    return { folder, check };
  };

  it('compares with a capture, and names the command that compares both', async () => {
    const { check } = prepared();
    expect(await check('a.trace', '--baseline', 'b.trace')).toMatchObject({ code: 0 });
    const bad = await check('slow.trace', '--baseline', 'a.trace');
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/more +ftrail diff .*a\.trace .*slow\.trace$/m);
  });

  it('compares with several captures, and says what the noise was', async () => {
    const { check } = prepared();
    const bad = await check('slow.trace', '--baseline', 'a.trace', '--baseline', 'b.trace');
    expect(bad.stdout).toMatch(/more +ftrail syscalls .*slow\.trace$/m);
    expect(bad.stdout).toContain(
      'kill: p50_dur 4.013 ms, was 13 us (+30769.2 %, allowed +20 %; runs of one side differ by up to 0 ns)',
    );
  });

  it('compares with a store, each capture in it a run', async () => {
    const { folder, check } = prepared();
    await runInProcess(['import', folder.at('a.trace'), folder.at('b.trace'), '-o', folder.at('runs.duckdb')]);
    const { stdout } = await check('slow.trace', '--baseline', 'runs.duckdb');
    expect(stdout).toMatch(/against .*runs\.duckdb \(2 runs\)/);
  });

  it('writes a baseline file, and compares with it', async () => {
    const { folder, check } = prepared();
    expect(await check('a.trace', 'b.trace', '--update-baseline', 'base.json')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('base.json'),
    });
    expect(readFileSync(folder.at('base.json'), 'utf8')).toBe(
      '{\n  "ftrail_baseline": 1,\n  "runs": 2,\n  "rules": {\n    "kill is as fast": {\n      "kill": [13000,13000]\n    }\n  }\n}\n',
    );
    expect(await check('a.trace', '--baseline', 'base.json')).toMatchObject({ code: 0 });
    expect(await check('slow.trace', '--baseline', 'base.json')).toMatchObject({ code: 1 });
  });

  it('is not applicable without a baseline', async () => {
    const { check } = prepared();
    expect(await check('a.trace')).toMatchObject({ code: 1, stdout: expect.stringContaining('there is no baseline') });
  });

  it('compares what is usual when no rules say what', async () => {
    const folder = scratch();
    const { code, stdout } = await runInProcess([
      'check',
      folder.file('slow.trace', slow),
      '--baseline',
      folder.file('a.trace', TRACE),
    ]);
    expect({ code, stdout }).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/FAIL +syscalls are as fast as before {2}\(built-in-rules\.yaml:/),
    });
  });

  it('--init writes rules that then pass, and touches no file that is there', async () => {
    const folder = scratch();
    folder.file('a.trace', TRACE);
    expect(
      await runInProcess(['check', '--init', folder.at('a.trace'), '--rules', folder.at('new.yaml')]),
    ).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('new.yaml'),
    });
    expect(await runInProcess(['check', folder.at('a.trace'), '--rules', folder.at('new.yaml')])).toMatchObject({
      code: 0,
    });
    expect(
      await runInProcess(['check', '--init', folder.at('a.trace'), '--rules', folder.at('new.yaml')]),
    ).toMatchObject({ code: 2 });
  });
});
