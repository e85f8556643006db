/** What comes through a pipe, kept in a temporary file so that it can be read twice. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { reopenText } from './open-capture.js';
import { writeError } from './target.js';
import { removeTemporary, temporaryPath } from './temporaries.js';

export interface Spooled {
  /** The bytes as they came. */
  read(): AsyncIterable<Uint8Array>;
  /** The text in them. */
  reopen(): Promise<AsyncIterable<Uint8Array>>;
  remove(): void;
}

export async function spool(bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const path = temporaryPath();
  try {
    await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (cause) {
    removeTemporary(path);
    throw writeError(path, cause);
  }
  return {
    read: () => createReadStream(path),
    reopen: () => reopenText(path),
    remove: () => removeTemporary(path),
  };
}
