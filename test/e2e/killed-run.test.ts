import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CLI, runCli } from '../support/cli.js';
import { MINI_TRACE } from '../support/mini-trace.js';
import { suiteFolder } from '../support/suite-folder.js';

const folder = suiteFolder();

/**
 * Starts an import whose input never ends, waits until it has begun to write beside its target, and kills it.
 * Returns the names that are left in the target's folder.
 */
const killedImport = async (name: string, signal: NodeJS.Signals): Promise<string[]> => {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const target = join(home, 'out.duckdb');
  const others = (): string[] => readdirSync(home).filter((entry) => entry !== 'out.duckdb');
  const child = spawn(process.execPath, [CLI, 'import', '-', '-o', target], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exit = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  child.stdin.write(MINI_TRACE);
  while (others().length === 0 && child.exitCode === null) await sleep(20);
  expect(child.exitCode, 'the import ended before it was killed').toBeNull();
  child.kill(signal);
  await exit;
  return readdirSync(home);
};

describe('a killed import', () => {
  it.each<NodeJS.Signals>(['SIGKILL', 'SIGTERM', 'SIGINT'])('by %s leaves no store', async (signal) => {
    await killedImport(`new-${signal}`, signal);
    expect(existsSync(join(folder, `new-${signal}`, 'out.duckdb'))).toBe(false);
  });

  it('leaves the store that was there before as it was', async () => {
    const target = join(folder, 'old', 'out.duckdb');
    const trace = join(folder, 'mini.trace');
    writeFileSync(trace, MINI_TRACE);
    mkdirSync(join(folder, 'old'));
    expect(await runCli(['import', trace, '-o', target])).toMatchObject({ code: 0 });
    const before = readFileSync(target);
    await killedImport('old', 'SIGKILL');
    expect(readFileSync(target).equals(before)).toBe(true);
  });

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('by %s cleans up behind itself', async (signal) => {
    expect(await killedImport(`clean-${signal}`, signal)).toEqual([]);
  });
});
