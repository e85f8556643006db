/**
 * Files that exist only while the program works. Whoever makes one says so here, so that a signal can remove them all.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { spillFolder } from '../store/spill-folder.js';

const paths = new Set<string>();

export function keepTrack(path: string): string {
  paths.add(path);
  return path;
}

/** The file has become a result: it stays. */
export const letGo = (path: string): boolean => paths.delete(path);

/** Removes one temporary file or folder, with what DuckDB puts beside a database. */
export function removeTemporary(path: string): void {
  for (const name of [path, `${path}.wal`, `${path}.tmp`]) rmSync(name, { recursive: true, force: true });
  paths.delete(path);
}

/** For the end of the process, whatever its reason; synchronous, because a signal handler gets no second turn. */
export function removeTemporaries(): void {
  for (const path of [...paths]) removeTemporary(path);
  rmSync(spillFolder(), { recursive: true, force: true });
}

const ENDING = '.ftrail-tmp';

/** A name beside `target`, in the same file system, so that it can be renamed to it. Hidden, and no two runs share one. */
export const temporaryBeside = (target: string): string =>
  keepTrack(join(dirname(target), `.${basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}${ENDING}`));

/** Was `name` made by `temporaryBeside(target)`, or put beside it by DuckDB? */
export function isTemporaryOf(target: string, name: string): boolean {
  const before = `.${basename(target)}.`;
  return name.startsWith(before) && /^\d+-[0-9a-f]{8}\.ftrail-tmp(?:\.wal|\.tmp)?$/.test(name.slice(before.length));
}

export const temporaryPath = (): string =>
  keepTrack(join(tmpdir(), `ftrail-${process.pid}-${randomBytes(4).toString('hex')}`));
