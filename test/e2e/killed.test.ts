import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLI, runCli } from '../support/cli.js';
import { type Scratch, scratch } from '../support/scratch.js';
import { TRACE } from '../support/trace-text.js';

const isTemporary = (name: string): boolean => name.endsWith('.ftrail-tmp');

/** An import in the middle of its work: it waits on stdin for more of the trace. */
async function halfWay(folder: Scratch, ...options: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLI, 'import', '-', '-o', folder.at('s.duckdb'), ...options], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(TRACE);
  await expect.poll(() => folder.names().some(isTemporary), { timeout: 20_000 }).toBe(true);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
  child.kill(signal);
  const [, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return by;
}

describe('an import that is killed', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s leaves nothing', async (signal) => {
    const folder = scratch();
    const child = await halfWay(folder);
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    expect(await end(child, signal)).toBe(signal);
    expect(Buffer.concat(said).toString()).toBe(`ftrail: ended by ${signal}\n`);
    expect(folder.names()).toEqual([]);
  });

  it('by SIGKILL leaves the store as it was, and the next import works', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    expect((await runCli(['import', trace, '-o', folder.at('s.duckdb')])).code).toBe(0);
    const before = readFileSync(folder.at('s.duckdb'));
    expect(await end(await halfWay(folder, '--append'), 'SIGKILL')).toBe('SIGKILL');
    expect(readFileSync(folder.at('s.duckdb')).equals(before)).toBe(true);
    expect(await runCli(['import', trace, '-o', folder.at('s.duckdb'), '--append', '-q'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(folder.names()).toEqual(['s.duckdb', 't']);
  });
});

it('the second of two imports into one store is told who holds it', async () => {
  const folder = scratch();
  const child = await halfWay(folder);
  const second = await runCli(['import', folder.file('t', TRACE), '-o', folder.at('s.duckdb')]);
  expect(second.code).toBe(4);
  expect(second.stderr).toContain(`s.duckdb: is being written by process ${child.pid} on `);
  child.stdin?.end();
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  expect(folder.names()).toEqual(['s.duckdb', 't']);
});

it('a question that is killed leaves no temporary store', async () => {
  const folder = scratch();
  const child = spawn(process.execPath, [CLI, 'info', '-'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, TMPDIR: folder.folder },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(TRACE);
  await expect.poll(() => folder.names().length, { timeout: 20_000 }).toBe(1);
  expect(await end(child, 'SIGTERM')).toBe('SIGTERM');
  expect(folder.names()).toEqual([]);
});
