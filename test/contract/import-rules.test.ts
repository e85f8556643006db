import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAWFUL, LIBRARIES, PLANTS } from '../support/planted-imports.js';

const CONFIG = '.dependency-cruiser.mjs';
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment?: string }[] };
  };
}

const depcruise = (cwd: string, ...options: readonly string[]) =>
  spawnSync(process.execPath, [CRUISER, '--config', CONFIG, ...options, 'src', 'test'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });

const cruise = (cwd: string): Cruise => {
  const { stdout, stderr } = depcruise(cwd, '--output-type', 'json');
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser said: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Cruise;
};

const write = (root: string, path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const plantTree = (root: string): void => {
  for (const name of [CONFIG, 'tsconfig.json']) copyFileSync(name, join(root, name));
  for (const [path, text] of Object.entries(LAWFUL)) write(root, path, text);
  for (const { files } of PLANTS) for (const [path, text] of Object.entries(files)) write(root, path, text);
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const manifest = {
    name: 'planted',
    type: 'module',
    dependencies: versions(LIBRARIES.dependencies),
    devDependencies: versions(LIBRARIES.devDependencies),
    peerDependencies: versions(LIBRARIES.peerDependencies),
  };
  write(root, 'package.json', JSON.stringify(manifest));
  for (const name of [...LIBRARIES.dependencies, ...LIBRARIES.devDependencies]) {
    write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(root, `node_modules/${name}/index.js`, '');
  }
};

describe('import rules', () => {
  let root: string;
  let planted: Cruise;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'ftrail-rules-'));
    plantTree(root);
    planted = cruise(root);
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('fail the run when a rule is broken', () => {
    // The JSON reporter always ends with 0: this is the run that `npm run deps` does.
    expect(depcruise(root).status).not.toBe(0);
  });

  it.each(PLANTS)('$rule is seen where it is broken: $files', ({ rule, files }) => {
    const seen = planted.summary.violations.filter((violation) => violation.from in files);
    expect(seen.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('leave lawful imports alone', () => {
    const wronged = planted.summary.violations.filter((violation) => violation.from in LAWFUL);
    expect(wronged).toEqual([]);
  });

  it('each have a planted violation and a comment that says what to do', () => {
    const rules = planted.summary.ruleSetUsed.forbidden;
    const names = rules.map((rule) => rule.name);
    expect(names.toSorted()).toEqual([...new Set(PLANTS.map((plant) => plant.rule))].toSorted());
    expect(rules.filter((rule) => (rule.comment ?? '').length < 30)).toEqual([]);
  });

  it('hold on the real tree, and look at every file of it', () => {
    const result = cruise('.');
    expect(result.summary.violations).toEqual([]);
    const seen = new Set(result.modules.map((module) => module.source));
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(2);
    expect(files.map((path) => `src/${path}`).filter((path) => !seen.has(path))).toEqual([]);
  }, 120_000);
});
