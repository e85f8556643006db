import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'build.config.mjs'];
/** tsc writes every file on every build, so any one of them tells when the last build was. */
const PRODUCT = 'dist/base/errors.js';

/** Newest change below a path, in ms; a folder counts too, because a deleted file changes only its folder. */
const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isStale = (): boolean => {
  const product = statSync(PRODUCT, { throwIfNoEntry: false });
  return product === undefined || product.mtimeMs < Math.max(...SOURCES.map(newest));
};

/** vitest global set-up: the program under test is the one that src describes now. */
export default function buildOnce(): void {
  if (isStale()) execFileSync('npm', ['run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
