import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLI, runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { TRACE } from '../support/trace-text.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('ftrail', () => {
  it.each(['--version', '-V'])('%s', async (option) => {
    expect(await runCli([option])).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
  });

  it('--help lists every command on stdout', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['import', 'info', 'query']) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect((await runCli(['help', 'import'])).stdout).toContain('--append');
  });

  it('ends quietly when its reader goes away', async () => {
    const folder = scratch();
    const args = ['query', folder.file('t', TRACE), 'SELECT range AS n FROM range(3000000)', '--format', 'csv'];
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said: Buffer.concat(said).toString() }).toEqual({ code: 0, said: '' });
  });

  it('leaves no file behind, wherever it works', async () => {
    const folder = scratch();
    const temporary = scratch();
    // stdin has no size, so this goes through a store in a temporary file.
    const env = { TMPDIR: temporary.folder };
    expect(
      await runCli(['query', '-', 'SELECT 1 AS n', '--format', 'csv'], { stdin: TRACE, cwd: folder.folder, env }),
    ).toMatchObject({
      code: 0,
      stdout: 'n\n1\n',
    });
    expect([...folder.names(), ...temporary.names()]).toEqual([]);
  });
});
