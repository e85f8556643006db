import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromUtf16, gunzip, unzstd } from '../../../src/app/decompress.js';
import { asyncOf, gather } from '../../support/program.js';
import { TRACE } from '../../support/trace-text.js';

const text = TRACE.repeat(2000);

/** TRACE, by zstd -19; a frame with a checksum. */
const ZSTD = Buffer.from(
  'KLUv/QRonQ0ARpdKIBCVHmhBcuIrn1Rr/ixAxoYgiUq5CCfgbw2oGhEAQFXdPgBFAEAAnAz7Q+ve0a6sc5uKr4UPRaVpHsSfv42Y' +
    'kApkheruQlVo2XnO90XVu6aBNrC7EPv93HlTEzV9XtfyPaufmwodaI0VY+bCsAtycN1MpS5NKJDLYoJxdFckiYulIYGUKExlwYBU' +
    'YMSSuJAq59Zz/e16OPlzC/Pncf/v8zdrHq4+f+1XTinW/H5r67oIM4O8QJ0ej1sv6zi97t8bm975RrnabfeyWMvt4gZYF8Fqae/X' +
    'kuNuh77nzikm4ZZxEC2DFRBgGNYBUxRY07v/SeyZ9x9tGQkTb5XT3jnbVQ6t+D10ObeECEcx39HgugqU42rmWUzC9CqMKG3E7AnR' +
    'yWrGh5ZWnNi/AzoggESmrugBhvxiaMfEzUWcEQtsQCdbDYXaJSOxjEXtuNrWvv5gG/JQhrtZmKmhdQvGTVSGGWR5BMjRYrkVSZaQ' +
    '0QeMnQBMIwRsWM+CuyVH0YAd+OGhBRJ6IByyi887tRe+LfQPcPaNCzgCsO3PhUcL9Ecpa+cSGoeWjULT7orqsOIGFkHJOid0OQ==',
  'base64',
);

const inPieces = function* (bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

async function decode(
  decoder: typeof gunzip,
  bytes: Uint8Array,
  size = 777,
): Promise<{ text: string; damage: string[]; largest: number }> {
  const damage: string[] = [];
  const chunks = await gather(decoder(asyncOf(inPieces(bytes, size)), (what) => damage.push(what)));
  const largest = Math.max(0, ...chunks.map((chunk) => chunk.length));
  return { text: Buffer.concat(chunks).toString(), damage, largest };
}

describe('gzip', () => {
  it.each([1, 777, 1 << 20])('reads pieces of %i bytes', async (size) => {
    const bytes = size === 1 ? gzipSync(TRACE) : gzipSync(text);
    expect(await decode(gunzip, bytes, size)).toMatchObject({ text: size === 1 ? TRACE : text, damage: [] });
  });

  it('reads files that were put together', async () => {
    const both = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
    expect(await decode(gunzip, both)).toMatchObject({ text: 'one\ntwo\n', damage: [] });
  });

  it('keeps all that stands before the end of a file that was cut off', async () => {
    const whole = gzipSync(text, { level: 1 });
    for (const part of [0.3, 0.5, 0.99]) {
      const half = whole.subarray(0, Math.floor(whole.length * part));
      const readable = gunzipSync(half, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
      expect(readable.length).toBeGreaterThan(1000);
      expect(await decode(gunzip, half, 5000)).toMatchObject({ text: readable, damage: ['unexpected end of file'] });
    }
  });

  it('keeps what stands before damaged bytes', async () => {
    const bytes = gzipSync(text);
    const at = Math.floor(bytes.length * 0.8);
    bytes.fill(0xff, at, at + 20);
    const read = await decode(gunzip, bytes);
    expect(read.damage).toHaveLength(1);
    expect(read.text.length).toBeGreaterThan(text.length / 2);
    expect(text.startsWith(read.text.slice(0, text.length / 2))).toBe(true);
  });

  it('opens a bomb in bounded pieces', async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20));
    let held = 0;
    for await (const chunk of gunzip(asyncOf([bomb]), () => undefined)) held = Math.max(held, chunk.length);
    expect(held).toBeLessThanOrEqual(1 << 20);
  });

  it('passes on that reading failed', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield gzipSync(text).subarray(0, 100);
      throw new Error('EIO');
    };
    await expect(gather(gunzip(failing(), () => undefined))).rejects.toThrow('EIO');
  });
});

describe('zstd', () => {
  it.each([1, 777])('reads pieces of %i bytes', async (size) => {
    expect(await decode(unzstd, ZSTD, size)).toMatchObject({ text: TRACE, damage: [] });
  });

  it('reads frames that were put together', async () => {
    expect(await decode(unzstd, Buffer.concat([ZSTD, ZSTD]))).toMatchObject({ text: TRACE + TRACE, damage: [] });
  });

  it('opens a bomb a little at a time', async () => {
    // RFC 8878, 3.1.1: a window of 128 KiB, then blocks of four bytes that each stand for 128 KiB.
    const block = Buffer.alloc(4);
    block.writeUInt32LE((131_072 << 3) | (1 << 1));
    const bomb = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38]), ...Array<Buffer>(4000).fill(block)]);
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    let bytes = 0;
    for await (const chunk of unzstd(asyncOf([bomb]), () => undefined)) {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }
    expect(bytes).toBe(4000 * 131_072);
    // What has been passed on is freed when the collector comes to it: half of it all is far from all of it.
    expect(peak).toBeLessThan(bytes / 2);
  });

  it('says that a file was cut off', async () => {
    const read = await decode(unzstd, Buffer.concat([ZSTD, ZSTD.subarray(0, ZSTD.length / 2)]));
    expect(read.text).toBe(TRACE);
    expect(read.damage).toHaveLength(1);
  });

  it('passes on that reading failed', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield ZSTD;
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    await expect(gather(unzstd(failing(), () => undefined))).rejects.toThrow('EIO');
  });
});

describe('UTF-16', () => {
  it.each([
    ['little endian', Buffer.from(`\ufeff${TRACE}é`, 'utf16le')],
    ['big endian', Buffer.from(`\ufeff${TRACE}é`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    const chunks = await gather(fromUtf16(asyncOf(inPieces(bytes, 7))));
    expect(Buffer.concat(chunks).toString()).toBe(`${TRACE}é`);
  });
});
