import { FtrailError } from '../base/errors.js';

/** DuckDB reports a full disk and used-up memory as text: what they mean to a person. Other errors stay as they are. */
export function storeTrouble(
  path: string,
  error: unknown,
  roomHint = 'free some space or choose another place with -o',
): unknown {
  if (!(error instanceof Error) || error instanceof FtrailError) return error;
  const text = error.message;
  if (/No space left on device|Disk quota exceeded/i.test(text)) {
    return new FtrailError('output', `${path}: cannot be written (no space left)`, { cause: error, hint: roomHint });
  }
  if (/Out of Memory Error/i.test(text)) {
    const hint = 'give it more with --memory-limit, or use fewer --threads';
    return new FtrailError('output', `${path}: not enough memory`, { cause: error, hint });
  }
  if (/\bIO Error:|Could not (?:write|read|truncate|sync)/i.test(text)) {
    const line = text.split('\n')[0] as string;
    return new FtrailError('output', `${path}: cannot be written (${line})`, {
      cause: error,
      hint: 'is the disk in order?',
    });
  }
  return error;
}
