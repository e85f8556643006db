/** An error -> what a person reads, and the exit code. */
import { CommanderError } from 'commander';
import { EXIT, FtrailError } from '../base/errors.js';
import { visible } from '../base/visible.js';
import { ReaderGone } from './io.js';

export interface Failure {
  readonly code: number;
  /** For stderr; empty when there is nothing to say. */
  readonly text: string;
}

/** A check did not pass; what there is to say has been said. */
export class CheckFailed extends Error {}

export function describeFailure(error: unknown, version: string): Failure {
  if (error instanceof ReaderGone) return { code: EXIT.ok, text: '' };
  if (error instanceof CheckFailed) return { code: EXIT.checkFailed, text: '' };
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.ok : EXIT.usage, text: '' };
  if (error instanceof FtrailError && error.kind !== 'internal') {
    const hint = error.hint === undefined ? '' : ` (${visible(error.hint)})`;
    return { code: EXIT[error.kind], text: `ftrail: ${visible(error.message)}${hint}\n` };
  }
  return { code: EXIT.internal, text: bugText(error, version) };
}

/** What to send holds no data of the user: the message, which may quote the trace, is named as such and set apart. */
function bugText(error: unknown, version: string): string {
  const name = error instanceof Error ? error.name : typeof error;
  const message = error instanceof Error ? error.message : String(error);
  const frames = error instanceof Error ? ownFrames(error.stack ?? '') : [];
  return [
    `ftrail: this is a bug in ftrail: ${visible(message.split('\n')[0] as string).slice(0, 300)}`,
    'Please report it with the lines below, which hold nothing of your trace (the line above may):',
    `  ftrail ${version}, node ${process.version}, ${process.platform} ${process.arch}, ${name}`,
    ...frames.map((frame) => `  ${frame}`),
    '',
  ].join('\n');
}

/** Places in the code without the folders of this machine. */
const ownFrames = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => visible(line.trim().replace(FOLDERS, '')));

/** Folders down to one that names a place in a package, or down to the file. */
const FOLDERS = /(?:file:\/\/)?\/(?:[^\s()]*\/(?=(?:dist|node_modules)\/)|[^\s()]*\/)/;
