/** The examples for CI systems do what they say: their own commands run here, on a good and on a bad trace. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KILLED } from '../support/blueprint.js';
import { traceOf } from '../support/check.js';
import { CLI } from '../support/cli.js';
import { type Scratch, scratch } from '../support/scratch.js';

const EXAMPLES = 'src/check/examples';
const GOOD = traceOf(
  KILLED.replace(/^.*sys_kill[\s\S]*sched_process_exit/m, (middle) =>
    middle
      .split('\n')
      .filter((line) => !/sys_kill|signal_/.test(line))
      .join('\n')
      .replace(
        /^.*sched_process_exit/m,
        '           a.out-20      [001] .....     2.000050: sys_exit_group(error_code: 0)\n$&',
      ),
  ).replace('code=2', 'code=1'),
);
const BAD = traceOf(KILLED);

/** A checkout with the examples in ci/ and an npx that knows this ftrail. */
function checkout(trace: string): Scratch {
  const folder = scratch();
  cpSync(EXAMPLES, folder.at('ci'), { recursive: true });
  mkdirSync(folder.at('bin'));
  writeFileSync(folder.at('bin/npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  chmodSync(folder.at('bin/npx'), 0o755);
  folder.file('run.trace', trace);
  return folder;
}

function shell(folder: Scratch, command: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder.folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder.at('bin')}:${process.env.PATH}`, ...env },
  });
  return { status, stdout, stderr };
}

const read = (file: string): string => readFileSync(`${EXAMPLES}/${file}`, 'utf8');

describe('examples', () => {
  it('GitHub Actions: the step that checks', () => {
    const workflow = parse(read('github-actions.yml')) as {
      jobs: { trace: { steps: { name?: string; run?: string; with?: { sarif_file?: string } }[] } };
    };
    const { steps } = workflow.jobs.trace;
    const command = steps.find(({ name }) => name === 'check')?.run ?? '';
    const sarif = steps.find((step) => step.with?.sarif_file !== undefined)?.with?.sarif_file ?? '';
    const good = checkout(GOOD);
    expect(shell(good, command, { GITHUB_STEP_SUMMARY: 'summary.md' })).toMatchObject({ status: 0, stderr: '' });
    const bad = checkout(BAD);
    const { status, stdout } = shell(bad, command, { GITHUB_STEP_SUMMARY: 'summary.md' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=ci\/rules\.yaml,line=9,title=the program is not killed::/m);
    expect(readFileSync(bad.at('summary.md'), 'utf8')).toContain('❌ fail');
    expect(JSON.parse(readFileSync(bad.at(sarif), 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('GitLab: the commands that check and report', () => {
    const { trace } = parse(read('gitlab-ci.yml')) as {
      trace: { script: string[]; after_script: string[]; artifacts: { reports: { junit: string } } };
    };
    const bad = checkout(BAD);
    expect(shell(bad, trace.script.at(-1) ?? '')).toMatchObject({ status: 1 });
    expect(readFileSync(bad.at(trace.artifacts.reports.junit), 'utf8')).toContain('<failure');
    expect(shell(bad, trace.after_script[0] ?? '').status).toBe(0);
    expect(bad.names()).toContain('report.html');
  });

  it('plain shell: hands on the exit code', () => {
    expect(shell(checkout(GOOD), 'sh ci/check.sh run.trace')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('as they should be'),
    });
    expect(shell(checkout(BAD), 'sh ci/check.sh run.trace')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('see check.md'),
    });
    expect(shell(checkout(BAD), 'sh ci/check.sh none.trace')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('could not be done'),
    });
  });

  it('recording: enables what the rules need, runs the command, saves the trace', () => {
    const folder = checkout(GOOD);
    const events = [
      'signal',
      ...['fork', 'exec', 'exit'].map((name) => `sched/sched_process_${name}`),
      ...['enter_exit_group', 'enter_wait4', 'exit_wait4'].map((name) => `syscalls/sys_${name}`),
    ];
    for (const path of ['tracing_on', 'buffer_size_kb', 'trace', ...events.map((name) => `events/${name}/enable`)]) {
      mkdirSync(dirname(folder.at(`tracefs/${path}`)), { recursive: true });
      folder.file(`tracefs/${path}`, '');
    }
    const command =
      'sh ci/record.sh out.trace -- sh -c "cat tracefs/tracing_on tracefs/events/signal/enable > seen; echo record > tracefs/trace; exit 3"';
    const { status, stderr } = shell(folder, command, { TRACEFS: 'tracefs' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'recorded out.trace, the command ended with 3\n' });
    expect(readFileSync(folder.at('seen'), 'utf8')).toBe('1\n1\n');
    expect(readFileSync(folder.at('out.trace'), 'utf8')).toBe('record\n');
    expect(readFileSync(folder.at('tracefs/tracing_on'), 'utf8')).toBe('0\n');
  });
});
