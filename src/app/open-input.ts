/**
 * A `<capture>` argument -> something to import or a store to open. What it is, its bytes say (sniff.ts).
 * A new kind (a Parquet folder) gets a member in `Input` and a case in `asInput`.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { FtrailError, inputError } from '../base/errors.js';
import { type Bundle, openBundle } from './bundle/open-bundle.js';
import { isDataset } from './dataset/is-dataset.js';
import { type Bytes, fromUtf16, gunzip, unzstd } from './decompress.js';
import { type InputKind, SNIFF_BYTES, sniff } from './sniff.js';

export interface StoreInput {
  readonly kind: 'store';
  readonly path: string;
}

export interface TextInput {
  readonly kind: 'text';
  /** As the user named it; `-` for stdin. */
  readonly name: string;
  /** Decompressed text. To be read once. */
  readonly chunks: Bytes;
  /** Bytes of the file that have been read so far, and its size where it has one. */
  progress(): { readonly read: number; readonly size: number | null };
  /** A guess at the size of the text, null when there is nothing to go by. */
  readonly textSize: number | null;
  /** What stood beside the trace, where it came in an archive. */
  readonly bundle?: Bundle;
  /** Known after the last chunk: what was wrong with the container. */
  damage(): string | undefined;
  /** Frees the file when the chunks are not read. */
  close(): Promise<void>;
}

export interface DatasetInput {
  readonly kind: 'dataset';
  readonly path: string;
}

export type Input = StoreInput | DatasetInput | TextInput;

const STDIN = '-';
export const isStdin = (argument: string): boolean => argument === STDIN;
const READ_BYTES = 512 * 1024;
/** Trace text compresses to about a tenth. */
const USUAL_RATIO = 10;

export async function openInput(argument: string, stdin: Bytes = process.stdin): Promise<Input> {
  if (argument === STDIN) return await asInput(argument, stdin, null, () => Promise.resolve());
  const file = await openFile(argument);
  try {
    const stat = await file.stat();
    if (stat.isDirectory() && isDataset(argument)) {
      await file.close();
      return { kind: 'dataset', path: argument };
    }
    if (stat.isDirectory()) throw inputError(`${argument}: is a folder`, 'name the trace file in it');
    return await asInput(argument, readFile(file, argument), stat.size > 0 ? stat.size : null, () => file.close());
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The name of a capture in the store: the file's, and where every capture has the same one (the kernel's `trace`), its folder
 * before it. Never more of the path: a report must not depend on where it was made.
 */
export function captureName(argument: string): string {
  if (argument === STDIN) return STDIN;
  const name = basename(argument);
  const folder = basename(dirname(resolve(argument)));
  return /^trace(?:\.(?:txt|gz|zst))*$/.test(name) && folder !== '' ? `${folder}/${name}` : name;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw readError(path, cause);
  }
}

function readError(path: string, cause: unknown): FtrailError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new FtrailError('input', `${path}: no such file`, { cause });
  if (code === 'EACCES' || code === 'EPERM')
    return new FtrailError('input', `${path}: no permission to read it`, { cause });
  if (code === 'EISDIR') return new FtrailError('input', `${path}: is a folder`, { cause, hint: 'name a file' });
  const text = cause instanceof Error ? cause.message : String(cause);
  return new FtrailError('input', `${path}: cannot be read (${text})`, { cause });
}

async function* readFile(file: FileHandle, path: string): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw readError(path, cause);
  } finally {
    await file.close();
  }
}

async function asInput(name: string, raw: Bytes, size: number | null, closeFile: () => Promise<void>): Promise<Input> {
  let read = 0;
  const iterator = raw[Symbol.asyncIterator]();
  const close = async (): Promise<void> => {
    // An open stdin would keep the process alive.
    await iterator.return?.();
    await closeFile();
  };
  const head: Uint8Array[] = [];
  let known = 0;
  while (known < SNIFF_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
    known += next.value.length;
  }
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of head.splice(0)) {
        read += chunk.length;
        yield chunk;
      }
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        read += next.value.length;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  const kind = sniff(Buffer.concat(head, known));
  if (kind === 'store') {
    await close();
    if (name === STDIN) throw inputError('stdin: a store cannot be read from a pipe', 'name the file');
    return { kind: 'store', path: name };
  }
  const refusal = whyNot(kind, name === STDIN ? 'stdin' : name);
  if (refusal !== undefined) {
    await close();
    throw refusal;
  }
  let damage: string | undefined;
  const onDamage = (what: string): void => {
    damage ??= what;
  };
  const compressed = kind === 'gzip' || kind === 'zstd';
  const content = compressed ? await peeked(decode(kind, bytes(), onDamage)) : undefined;
  const archive = content?.kind === 'tar' ? content.bytes : kind === 'tar' ? bytes() : undefined;
  const bundle = archive === undefined ? undefined : openBundle(name === STDIN ? 'stdin' : name, archive, onDamage);
  return {
    kind: 'text',
    name: captureName(name),
    chunks: bundle?.chunks ?? content?.bytes ?? decode(kind, bytes(), onDamage),
    ...(bundle === undefined ? {} : { bundle }),
    progress: () => ({ read, size }),
    textSize: size === null ? null : compressed ? size * USUAL_RATIO : size,
    damage: () => damage,
    close,
  };
}

/** What compressed bytes hold. */
async function peeked(bytes: Bytes): Promise<{ readonly kind: InputKind; readonly bytes: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let known = 0; known < SNIFF_BYTES; ) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
    known += next.value.length;
  }
  const kind = sniff(Buffer.concat(head));
  return { kind, bytes: chain(head, iterator) };
}

async function* chain(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function decode(kind: InputKind, bytes: Bytes, onDamage: (what: string) => void): Bytes {
  if (kind === 'gzip') return gunzip(bytes, onDamage);
  if (kind === 'zstd') return unzstd(bytes, onDamage);
  if (kind === 'utf16') return fromUtf16(bytes);
  return bytes;
}

const SAVE_TEXT = 'save the text of /sys/kernel/tracing/trace: cat trace > capture.txt';

function whyNot(kind: InputKind, name: string): FtrailError | undefined {
  switch (kind) {
    case 'empty':
      return inputError(`${name}: is empty`, SAVE_TEXT);
    case 'trace_dat':
      return inputError(
        `${name}: is a binary trace.dat of trace-cmd, no trace text`,
        'trace-cmd report prints it as text',
      );
    case 'perf_data':
      return inputError(`${name}: is a binary perf.data, no trace text`, SAVE_TEXT);
    case 'text':
    case 'tar':
    case 'gzip':
    case 'zstd':
    case 'utf16':
    case 'store':
      return undefined;
  }
}
