/**
 * A tar archive, entry by entry, as it flows by: nothing is written to disk, and a name is only a name. Reads what tar of GNU,
 * BSD and busybox write (POSIX ustar and pax, GNU long names). Links, devices and sparse files are entries that are no files.
 * Own code, because readers on the shelf gather a long name or a pax header of any claimed size in memory.
 */
import type { Bytes, OnDamage } from '../decompress.js';

export interface TarEntry {
  readonly name: string;
  /** A plain file; everything else has no content that counts. */
  readonly isFile: boolean;
  readonly size: number;
  /** To be read before the next entry is asked for; what is left is skipped. */
  readonly body: Bytes;
}

const BLOCK = 512;
/** A path of Linux has at most 4096 bytes; a pax header has a few more fields. */
const LONGEST_HEADER = 64 * 1024;

/** Gives the entries until the end mark. A damaged archive ends where it is damaged: `onDamage` is told. */
export async function* readTar(bytes: Bytes, onDamage: OnDamage): AsyncGenerator<TarEntry> {
  const input = new Input(bytes);
  let longName: string | undefined;
  let longSize: number | undefined;
  try {
    for (;;) {
      const block = await input.take(BLOCK);
      if (block.length === 0) return;
      if (block.length < BLOCK) return onDamage('the archive is cut off');
      if (block.every((byte) => byte === 0)) return;
      if (!checksumHolds(block)) return onDamage('the archive is damaged: the checksum of an entry does not hold');
      const type = String.fromCharCode(block[156] as number);
      const size = longSize !== undefined && !isHeader(type) ? longSize : numberOf(block, 124, 12);
      if (size === undefined) return onDamage('the archive is damaged: the size of an entry is no number');
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      if (isHeader(type)) {
        if (size > LONGEST_HEADER) return onDamage(`the archive is damaged: a header of ${size} bytes`);
        const text = await input.take(size);
        await input.skip(padding);
        if (type === 'L') longName = untilNul(text);
        if (type === 'x') {
          const fields = paxFields(text);
          longName = fields.get('path') ?? longName;
          const given = fields.get('size');
          if (given !== undefined && /^\d{1,15}$/.test(given)) longSize = Number(given);
        }
        continue;
      }
      const isFile = type === '0' || type === '\0' || type === '7';
      const body = input.part(size);
      yield { name: longName ?? nameOf(block), isFile, size, body: body.read() };
      await input.skip(body.left + padding);
      if (input.short) return onDamage('the archive is cut off');
      longName = undefined;
      longSize = undefined;
    }
  } finally {
    await input.close();
  }
}

/** Entries that say something about the next one: GNU long name and link, pax for one and for all. */
const isHeader = (type: string): boolean => type === 'L' || type === 'K' || type === 'x' || type === 'g';

function nameOf(block: Buffer): string {
  const name = untilNul(block.subarray(0, 100));
  // Only POSIX has a prefix; GNU keeps times there.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? untilNul(block.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** Octal text, or for large ones a number of base 256 behind a set high bit. */
function numberOf(block: Buffer, at: number, length: number): number | undefined {
  if (((block[at] as number) & 0x80) !== 0) {
    const high = block.subarray(at + 1, at + length - 6);
    return block[at] === 0x80 && high.every((byte) => byte === 0) ? block.readUIntBE(at + length - 6, 6) : undefined;
  }
  const text = untilNul(block.subarray(at, at + length)).trim();
  return /^[0-7]{0,12}$/.test(text) ? Number.parseInt(text || '0', 8) : undefined;
}

/** The sum of all bytes, with the sum itself taken as blanks; some tars took the bytes as signed. */
function checksumHolds(block: Buffer): boolean {
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] as number);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const stated = numberOf(block, 148, 8);
  return stated === unsigned || stated === signed;
}

/** "27 path=some/long/name\n" ... */
function paxFields(bytes: Buffer): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 ? Number.NaN : Number(bytes.toString('latin1', at, blank));
    if (!Number.isInteger(length) || length < blank - at + 3 || at + length > bytes.length) break;
    const field = bytes.toString('utf8', blank + 1, at + length - 1);
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals), field.slice(equals + 1));
    at += length;
  }
  return fields;
}

class Input {
  /** The stream ended before what was asked for. */
  short = false;
  private rest: Uint8Array = new Uint8Array(0);
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(bytes: Bytes) {
    this.source = bytes[Symbol.asyncIterator]();
  }

  /** So many bytes; fewer only at the end. */
  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (part === undefined) break;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (part === undefined) return;
      left -= part.length;
    }
  }

  part(size: number): { left: number; read(): AsyncGenerator<Uint8Array> } {
    const next = (most: number): Promise<Uint8Array | undefined> => this.next(most);
    const part = {
      left: size,
      async *read(): AsyncGenerator<Uint8Array> {
        while (part.left > 0) {
          const bytes = await next(part.left);
          if (bytes === undefined) return;
          part.left -= bytes.length;
          yield bytes;
        }
      },
    };
    return part;
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async next(most: number): Promise<Uint8Array | undefined> {
    while (this.rest.length === 0) {
      const next = await this.source.next();
      if (next.done === true) {
        this.short = true;
        return undefined;
      }
      this.rest = next.value;
    }
    const part = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(part.length);
    return part;
  }
}
