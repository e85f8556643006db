import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBytes, repositoryFiles } from '../support/repository.js';

const files = repositoryFiles();

/** Captures and what is made of them: their text is the kernel's and the workload's, not ours. */
const isData = (path: string): boolean => /^(samples|reports)\/|\/(fixtures|__golden__)\//.test(path);

const ALLOWED = new Set([
  ...['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json', 'package-lock.json'],
  ...['src', 'test', 'samples', 'reports'],
  ...['biome.json', 'knip.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['build.config.mjs', 'eslint.config.mjs', 'vitest.config.ts'],
]);

/** Lines `path:line: text` of the files that match. */
const linesWith = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    readBytes(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.slice(0, 160)}`] : [])),
  );

describe('repository', () => {
  it('lists its files', () => {
    expect(files).toContain('package.json');
    expect(files).toContain('src/base/errors.ts');
  });

  it('keeps its top level small: code, samples, reports, tests, README and configuration', () => {
    const top = new Set(files.map((path) => path.split('/')[0] ?? ''));
    expect([...top].filter((name) => !name.startsWith('.') && !ALLOWED.has(name))).toEqual([]);
  });

  it('names files in lower case, with hyphens', () => {
    const ours = files.filter((path) => /^(src|test)\//.test(path) && !isData(path));
    expect(ours.filter((path) => !/^[a-z0-9_./-]+$/.test(path) && !path.endsWith('/README.md'))).toEqual([]);
  });

  it('locks the optional packages of every platform, so that npm ci works on each', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('keeps where a package came from out of the lock file', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { resolved?: string }>;
    };
    const installed = Object.entries(lock.packages);
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('names no package registry', () => {
    expect(
      linesWith(
        files,
        /registry\.\w+\.(org|com)|npmjs\.(org|com)|https?:\/\/[^/ ]*(artifactory|nexus|verdaccio)|[_]authToken/i,
      ),
    ).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    const anywhere = /(?<![\w.~@-])\/(work|workspaces?|builds)\//;
    const inOurText = /(?<![\w.~@*-])\/(home|Users|root)\/\w/;
    expect(linesWith(files, anywhere)).toEqual([]);
    expect(
      linesWith(
        files.filter((path) => !isData(path)),
        inOurText,
      ),
    ).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('gives every runtime dependency a reason', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    const contributing = readFileSync('.github/CONTRIBUTING.md', 'utf8');
    const missing = Object.keys(manifest.dependencies).filter((name) => !contributing.includes(`| \`${name}\` |`));
    expect(missing, 'add a row to the table of dependencies in .github/CONTRIBUTING.md').toEqual([]);
  });
});
