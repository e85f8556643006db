/**
 * An output file: written beside its place and renamed, so that a killed run leaves the old file or none, and held by a
 * lock file, so that two runs do not lose one another's work.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FtrailError } from '../base/errors.js';
import { isTemporaryOf, keepTrack, letGo, removeTemporary, temporaryBeside } from './temporaries.js';

export interface Target {
  readonly path: string;
  /** Write here. */
  readonly temporary: string;
  /** Puts what was written in its place. */
  commit(): void;
  /** Removes what was written, unless it was committed; always call it in the end. */
  close(): void;
}

/** Reserves an output file; an output error when its folder does not take it. */
export function openTarget(path: string): Target {
  const existing = statOrNothing(path);
  if (existing?.isDirectory() === true)
    throw new FtrailError('output', `${path}: is a folder`, { hint: 'name a file' });
  const lock = takeLock(path);
  removeLeftovers(path);
  const temporary = temporaryBeside(path);
  return {
    path,
    temporary,
    commit: () => {
      try {
        flush(temporary);
        renameSync(temporary, path);
      } catch (cause) {
        throw writeError(path, cause);
      }
      letGo(temporary);
    },
    close: () => {
      removeTemporary(temporary);
      removeTemporary(lock);
    },
  };
}

/** What a failed write means to a person. */
export function writeError(path: string, cause: unknown): FtrailError {
  const code = (cause as NodeJS.ErrnoException).code;
  const folder = dirname(path);
  const known: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: [`folder ${folder} does not exist`, 'make the folder first'],
    ENOTDIR: [`${folder} is no folder`, 'choose another place with -o'],
    EACCES: [`no permission to write in ${folder}`, 'choose another place with -o'],
    EPERM: [`no permission to write in ${folder}`, 'choose another place with -o'],
    EROFS: [`${folder} is read-only`, 'choose another place with -o'],
    ENOSPC: ['no space left', 'free some space or choose another place with -o'],
    EDQUOT: ['disk quota used up', 'free some space or choose another place with -o'],
  };
  const [what, hint] = known[code ?? ''] ?? [cause instanceof Error ? cause.message : String(cause), undefined];
  return new FtrailError(
    'output',
    `${path}: cannot be written (${what})`,
    hint === undefined ? { cause } : { cause, hint },
  );
}

/** Who holds the lock knows that a temporary file of this target belongs to a run that was killed. */
function removeLeftovers(target: string): void {
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    if (isTemporaryOf(target, name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

function takeLock(target: string): string {
  const lock = join(dirname(target), `.${basename(target)}.lock`);
  const owner = `${process.pid} ${hostname()}\n`;
  try {
    writeFileSync(lock, owner, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(target, cause);
    if (!takeOver(lock, owner)) throw held(target, lock);
  }
  return keepTrack(lock);
}

/** A lock whose process is gone (killed with -9) is no lock. True when it is ours now. */
function takeOver(lock: string, owner: string): boolean {
  const found = readOrNothing(lock);
  if (found === undefined || !isDead(found)) return false;
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    // Somebody else was quicker and this is the new lock: give it back.
    if (readFileSync(aside, 'utf8') !== found) {
      linkSync(aside, lock);
      return false;
    }
    writeFileSync(lock, owner, { flag: 'wx' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isDead(owner: string): boolean {
  const [pid, host] = owner.trim().split(' ');
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function held(target: string, lock: string): FtrailError {
  const [pid = '?', host = '?'] = (readOrNothing(lock) ?? '').trim().split(' ');
  return new FtrailError('output', `${target}: is being written by process ${pid} on ${host}`, {
    hint: `wait for it to end; if there is no such process, remove ${lock}`,
  });
}

function statOrNothing(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
