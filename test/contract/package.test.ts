import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; bin: { ftrail: string } };
/** Written by the build from the sources of src/report/client, so it has no source of its own name. */
const isBundle = (path: string): boolean => path.startsWith('dist/report/client');

/** npm in a folder of its own: what `npm test` tells its children must not reach it. */
const npmEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command|config_local_prefix)/.test(name)),
  );

const run = (cwd: string, command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', env: npmEnv(), stdio: ['ignore', 'pipe', 'pipe'] });

describe('package', () => {
  let folder: string;
  let packed: Packed;
  let paths: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ftrail-package-'));
    // dist is fresh (test/support/build-once.ts), so the build that `prepare` would do is left out.
    const out = run('.', 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
    const [first] = JSON.parse(out) as Packed[];
    if (first === undefined) throw new Error(`npm pack said: ${out}`);
    packed = first;
    paths = packed.files.map((file) => file.path);
    const tarball = join(folder, packed.filename);
    writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true}');
    run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds every SQL file of the sources', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.sql'));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.map((path) => `dist/${path}`).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('holds nothing but the program, the samples and the papers', () => {
    const lawful = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|(dist|samples)\/.+)$/;
    expect(paths.filter((path) => !lawful.test(path))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', manifest.bin.ftrail]));
  });

  it('holds nothing whose source is gone', () => {
    const source = (path: string): string => path.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js)$/, '.ts');
    const left = paths.filter((path) => path.startsWith('dist/') && !isBundle(path) && !existsSync(source(path)));
    expect(left, 'delete dist and build again').toEqual([]);
  });

  it('runs where it is installed from the tarball', () => {
    expect(run(folder, 'npx', '--no-install', 'ftrail', '--help')).toMatch(/^Usage: ftrail/);
    expect(run(folder, 'npx', '--no-install', 'ftrail', '--version').trim()).toBe(manifest.version);
  });

  it('makes the report of a sample where it is installed', () => {
    const sample = join(folder, 'node_modules/ftrail/samples/life-of-a-process/trace');
    const said = run(folder, 'npx', '--no-install', 'ftrail', 'report', sample, '-o', 'out.html');
    expect(said).toContain('out.html');
    expect(readFileSync(join(folder, 'out.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('is a library too', () => {
    const script = "import('ftrail').then((m) => console.log(Object.keys(m).length > 0))";
    expect(run(folder, process.execPath, '-e', script).trim()).toBe('true');
  });
});
