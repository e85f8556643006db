import { describe, expect, it } from 'vitest';
import { PURPOSE_NAMES } from '../../../src/trace/capture/plan.js';
import { runInProcess } from '../../support/program.js';

it('prints a script', async () => {
  const { code, stdout, stderr } = await runInProcess([
    'capture-script',
    '--for',
    'life',
    '--pid',
    '5441',
    '--seconds',
    '9',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^#!\/bin\/sh\n/);
  expect(stdout).toContain("\nTARGET='5441'\n");
  expect(stdout).toContain("\nRECORD_SECONDS='9'\n");
});

it('says in its help what each purpose answers', async () => {
  const { stdout } = await runInProcess(['capture-script', '--help']);
  for (const name of PURPOSE_NAMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
});

describe('refuses', () => {
  it.each([
    [['--for', 'everything']],
    [[]],
    [['--for', 'life', '--pid', '0']],
    [['--for', 'life', '--pid', '1', '--exec', 'true']],
    [['--for', 'life', '--exec', ' ']],
    [['--for', 'life', '--seconds', '1.5']],
    [['--for', 'life', '--seconds', '9999999']],
    [['--for', 'life', '--buffer-mb', '99999999']],
    [['--for', 'life', '--function', 'vfs_read']],
    [['--for', 'calls', '--function', 'a b']],
    [['--for', 'calls', '--function', '.*']],
  ])('%j', async (args) => {
    const { code, stdout, stderr } = await runInProcess(['capture-script', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ftrail: /);
  });
});
