import { describe, expect, it } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { runInProcess } from '../../support/program.js';
import { scratch } from '../../support/scratch.js';
import { HEADER, TRACE } from '../../support/trace-text.js';

const ask = (...args: string[]) => runInProcess([args[0] as string, scratch().file('t', TRACE), ...args.slice(1)]);
const rowsOf = async (...args: string[]): Promise<Record<string, unknown>[]> => {
  const { code, stdout, stderr } = await ask(...args, '--format', 'json', '--quiet');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>[];
};

describe('an analysis is a subcommand', () => {
  it.each(ANALYSES.map((analysis) => [analysis.id, analysis] as const))('%s explains itself', async (id, analysis) => {
    const { code, stdout } = await runInProcess([id, '--help']);
    expect(code).toBe(0);
    for (const { name } of analysis.columns) expect(stdout).toMatch(new RegExp(`^ +${name} `, 'm'));
    for (const { name } of analysis.params) expect(stdout).toContain(`--${name}`);
  });

  it('prints its declared columns, in order, in every format', async () => {
    const names = ANALYSES.find(({ id }) => id === 'signals')?.columns.map(({ name }) => name);
    const [first] = await rowsOf('signals');
    expect(Object.keys(first ?? {})).toEqual(names);
    expect(first).toMatchObject({ ts: 9_992_171_040_000, signal: 'SIGKILL', sender_pid: 4994, target_pid: 5441 });
    expect((await ask('signals', '--format', 'csv')).stdout.split('\n')[0]).toBe(names?.join(','));
    expect((await ask('signals')).stdout.split('\n')[0]?.split(/ +/).filter(Boolean)).toEqual(names);
  });

  it('takes filters', async () => {
    expect(await rowsOf('signals', '--pid', '5441')).toHaveLength(1);
    expect(await rowsOf('signals', '--pid', '1')).toHaveLength(0);
    expect(await rowsOf('signals', '--comm', 'bash', '--since', '9992.17104', '--until', '+1')).toHaveLength(1);
    expect(await rowsOf('signals', '--since', '+0.001')).toHaveLength(0);
    expect(await rowsOf('syscalls', '--limit', '0')).toHaveLength(0);
  });

  it('takes filters of its own, in any way to write them', async () => {
    expect(await rowsOf('signals', '--signal', 'kill', '--sender', 'bash', '--target', '5441')).toHaveLength(1);
    expect(await rowsOf('signals', '--signal', '15')).toHaveLength(0);
    expect(await rowsOf('deaths', '--death', 'killed', '--signal', '9')).toHaveLength(1);
    expect(await rowsOf('chains', '--cause', 'tgkill')).toHaveLength(0);
  });

  it('says on stderr what it found and how much was left out', async () => {
    const { stdout, stderr } = await ask('deaths', '--limit', '0');
    expect(stdout).toBe('');
    expect(stderr).toContain('0 of 1 rows\n');
    expect(stderr).toMatch(/a\.out 5441 was killed by SIGKILL sent by bash 4994 .*\[line \d+/);
    expect((await ask('deaths', '--quiet')).stderr).toBe('');
  });

  it('says which events are missing instead of claiming that there is nothing', async () => {
    const quiet = `${[...HEADER, '            bash-4994    [001] .....     9.000001: sched_waking: comm=a pid=2'].join('\n')}\n`;
    const args = ['signals', scratch().file('t', quiet)];
    const { code, stdout, stderr } = await runInProcess(args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      'not answered: the capture has no signal_generate; enable them when recording\n' +
        'ftrail capture-script --for signals prints a script that records it\n',
    );
    expect((await runInProcess([...args, '--format', 'json'])).stdout).toBe('[]\n');
  });

  it.each([
    [['life'], "required option '--pid <n>' not specified"],
    [['life', '--pid', 'bash'], 'whole number'],
    [['signals', '--since', 'noon'], 'Write seconds'],
    [['files', '--bogus'], "unknown option '--bogus'"],
    [['signals', '--signal', 'SIGTREM'], "there is no signal 'SIGTREM' (did you mean SIGTERM?)"],
    [['signals', '--cause', 'kil'], "there is no cause 'kil' (did you mean kill?)"],
    [['deaths', '--death', 'murdered'], 'one of exited, killed, dumped, unknown'],
    [['syscalls', '--comm', 'bash'], 'an answer of syscalls has no column that it could apply to'],
  ])('%j is a usage fault', async (args, text) => {
    const { code, stdout, stderr } = await ask(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ftrail: [^\n]+\n$/);
    expect(stderr).toContain(text);
  });
});

describe('why', () => {
  it('tells the story of a death', async () => {
    const { code, stdout, stderr } = await ask('why', '--pid', '5441');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^a\.out 5441 was killed by SIGKILL sent by bash 4994/);
    expect(stdout).toMatch(/^ {2}9992\.171040 {2}line 14 +bash 4994 +generate +SIGKILL/m);
    expect(stdout).toContain('What the capture does not show:');
  });

  it('tells the same as JSON: verdict, steps in time order, gaps', async () => {
    const chain = JSON.parse((await ask('why', '--comm', 'a.out', '--format', 'json')).stdout) as {
      verdict: string;
      steps: Record<string, unknown>[];
      gaps: unknown[];
    };
    expect(Object.keys(chain)).toEqual(['verdict', 'steps', 'gaps']);
    expect(Object.keys(chain.steps[0] ?? {}).sort()).toEqual(
      ['comm', 'confidence', 'event_id', 'kind', 'line_no', 'pid', 'text', 'ts'].sort(),
    );
    const times = chain.steps.map((step) => Number(step.ts));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('tells what led to a line and what followed from it', async () => {
    expect((await ask('why', '--line', '19')).stdout).toContain('SIGKILL is generated');
    expect((await ask('why', '--line', '14', '--effects')).stdout).toContain('SIGKILL is delivered');
  });

  it.each([
    [[], 2, 'one of --pid, --comm, --line'],
    [['--pid', '1', '--line', '2'], 2, 'one of --pid, --comm, --line'],
    [['--line', '0'], 2, 'at least 1'],
    [['--pid', '1'], 3, 'pid 1 is not in the capture'],
    [['--comm', 'no\u001b[2Jne'], 3, 'no\\e[2Jne'],
    [['--line', '999'], 3, 'line 999'],
  ])('%j ends with %i', async (args, code, text) => {
    const result = await ask('why', ...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^ftrail: [^\n]+\n$/);
    expect(result.stderr).toContain(text);
  });
});

it('a saved /proc/PID/maps goes with any question, and not with a store', async () => {
  const folder = scratch();
  const trace = folder.file('t', TRACE);
  const maps = `5441=${folder.file('maps', '7f00-7f10 r-xp 00001000 fd:01 269   /lib64/libc.so.6\n')}`;
  const count = ['SELECT count(*) AS n FROM proc_map', '--format', 'csv'];
  expect((await runInProcess(['query', trace, ...count, '--maps', maps])).stdout).toBe('n\n1\n');
  expect((await runInProcess(['import', trace, '-o', folder.at('s.duckdb'), '-q'])).code).toBe(0);
  const refused = await runInProcess(['query', folder.at('s.duckdb'), ...count, '--maps', maps]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('side files belong to the import');
});
