/**
 * The archive of a capture script (or any tar with one trace in it): the trace's text as it flows by, and what stood beside it,
 * gathered in memory up to a bound. Nothing is unpacked to disk.
 */
import { inputError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { type Bytes, gunzip, type OnDamage, unzstd } from '../decompress.js';
import { SNIFF_BYTES, sniff } from '../sniff.js';
import { type Member, memberOf } from './members.js';
import { mergeTraces } from './merge-traces.js';
import { readTar, type TarEntry } from './tar-reader.js';

export interface BundledFile {
  readonly name: string;
  readonly member: Exclude<Member, { role: 'trace' | 'others' }>;
  readonly bytes: Uint8Array;
}

export interface Bundle {
  /** The trace. To be read once. */
  readonly chunks: Bytes;
  /** What stood beside it; complete after the last chunk. */
  readonly files: readonly BundledFile[];
  /** What was left out; complete after the last chunk. */
  readonly remarks: readonly string[];
}

/** A kallsyms of a large kernel has 10 MB, the trace of what others did is meant to be small. */
const MOST_OF_ONE = 64 << 20;
const MOST_OF_ALL = 128 << 20;
const MOST_ENTRIES = 100_000;

/** Errors come with the chunks: an archive with no trace, or with several. */
export function openBundle(name: string, archive: Bytes, onDamage: OnDamage): Bundle {
  const files: BundledFile[] = [];
  const remarks: string[] = [];
  return { chunks: traceOf(name, archive, onDamage, files, remarks), files, remarks };
}

async function* traceOf(
  name: string,
  archive: Bytes,
  onDamage: OnDamage,
  files: BundledFile[],
  remarks: string[],
): AsyncGenerator<Uint8Array> {
  let trace: string | undefined;
  let others: Buffer | undefined;
  let held = 0;
  let entries = 0;
  for await (const entry of readTar(archive, onDamage)) {
    if (++entries > MOST_ENTRIES) throw inputError(`${name}: has more than ${MOST_ENTRIES} files`, HINT);
    const member = entry.isFile ? memberOf(entry.name) : undefined;
    if (member === undefined) continue;
    if (member.role === 'trace') {
      if (trace !== undefined)
        throw inputError(`${name}: holds several traces (${visible(trace)}, ${visible(entry.name)})`, SEVERAL);
      trace = entry.name;
      const text = decoded(entry.body, onDamage);
      yield* others === undefined ? text : mergeTraces(text, others);
      continue;
    }
    const bytes = await whole(entry, Math.min(MOST_OF_ONE, MOST_OF_ALL - held), onDamage);
    if (bytes === undefined) remarks.push(`${visible(entry.name)}: is too large, and left out`);
    else if (member.role !== 'others') files.push({ name: entry.name, member, bytes });
    else if (trace === undefined) others = bytes;
    else remarks.push(`${visible(entry.name)}: stands behind the trace in the archive, and is left out`);
    held += bytes?.length ?? 0;
  }
  if (trace === undefined) throw inputError(`${name}: is a tar archive without a file named trace`, HINT);
}

const HINT = 'ftrail takes the archive of capture-script, or one with a file named trace';
const SEVERAL = 'unpack it and name one of them';

/** Content up to `most` bytes; undefined: it has more. */
async function whole(entry: TarEntry, most: number, onDamage: OnDamage): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of decoded(entry.body, onDamage)) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A file may be compressed by itself. */
async function* decoded(body: Bytes, onDamage: OnDamage): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let known = 0; known < SNIFF_BYTES; ) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
    known += next.value.length;
  }
  const kind = sniff(Buffer.concat(head));
  const bytes = chain(head, { [Symbol.asyncIterator]: () => iterator });
  yield* kind === 'gzip' ? gunzip(bytes, onDamage) : kind === 'zstd' ? unzstd(bytes, onDamage) : bytes;
}

async function* chain(head: readonly Uint8Array[], rest: Bytes): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}
