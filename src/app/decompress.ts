/**
 * Compressed bytes -> bytes, in slices so small that even a bomb gives bounded amounts at a time. A damaged file is no
 * reason to throw away what could be read: the damage is reported through `onDamage` and the stream ends there.
 */
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

export type Bytes = AsyncIterable<Uint8Array>;
export type OnDamage = (what: string) => void;

/** Deflate makes at most 1032 bytes of one, so a slice gives at most 16 MiB. */
const GZIP_SLICE = 16 * 1024;
/** A zstd block of four bytes can stand for 128 KiB, so a slice gives at most 32 MiB. */
const ZSTD_SLICE = 1024;

export async function* gunzip(bytes: Bytes, onDamage: OnDamage): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 128 * 1024 });
  let ready: Uint8Array[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk));
  stream.on('error', (error) => {
    failure = error;
    wake();
  });
  // Written by hand and not piped: a pipe drops what was decoded before the damage.
  const settled = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      act(resolve);
    });
  try {
    for await (const slice of slices(bytes, GZIP_SLICE)) {
      await settled((done) => stream.write(slice, () => done()));
      yield* ready;
      ready = [];
      if (failure !== undefined) break;
    }
    if (failure === undefined) await settled((done) => stream.once('end', done).end());
    yield* ready;
    if (failure !== undefined) onDamage(failure.message);
  } finally {
    stream.destroy();
  }
}

/** fzstd, because zlib of Node 20 has no zstd: 8 kB of plain JavaScript, streaming, windows up to 32 MiB. */
export async function* unzstd(bytes: Bytes, onDamage: OnDamage): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk.slice()));
  try {
    for await (const slice of slices(bytes, ZSTD_SLICE)) {
      stream.push(slice);
      yield* ready;
      ready = [];
    }
    stream.push(new Uint8Array(0), true);
    yield* ready;
  } catch (error) {
    // A number is fzstd's; everything else, as a failed read, is not about the data.
    if (typeof (error as { code?: unknown }).code !== 'number') throw error;
    yield* ready;
    onDamage((error as Error).message);
  }
}

async function* slices(bytes: Bytes, size: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
  }
}

/** UTF-16, as a terminal on Windows saves redirected text -> UTF-8. */
export async function* fromUtf16(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(chunk[0] === 0xfe ? 'utf-16be' : 'utf-16le');
    yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  }
  if (decoder !== undefined) yield Buffer.from(decoder.decode(), 'utf8');
}
