import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** A copy of the sources without a .git folder is a repository too. */
const walk = (folder: string): string[] =>
  readdirSync(folder === '' ? '.' : folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? walk(`${path}/`) : [path];
  });

/** Every file of the repository: tracked, or new and not ignored. Paths from the top, with forward slashes. */
export const repositoryFiles = (): string[] => {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { status, stdout } = spawnSync('git', options, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) return walk('');
  return stdout.split('\0').filter((path) => path !== '' && existsSync(path));
};

/** Text of a file, byte for byte: captures hold bytes that are not UTF-8. */
export const readBytes = (path: string): string => readFileSync(path, 'latin1');
