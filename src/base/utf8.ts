/**
 * Trace text is bytes: a comm cut at 15 bytes or a path need not be UTF-8. A store holds UTF-8 only, so a byte that is
 * no part of valid UTF-8 becomes one code point U+EF80 + (byte - 0x80). The same code points occurring as real text are
 * mapped byte by byte too, so that the mapping stays one to one and `encodeLossless` gives the exact bytes back.
 */
const RAW_FIRST = 0xef80;
const RAW_LAST = 0xefff;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return false;
  return true;
}

export function decodeLossless(bytes: Uint8Array): string {
  try {
    const text = strict.decode(bytes);
    if (!/[\uef80-\uefff]/.test(text)) return text;
  } catch {
    // not UTF-8 as a whole: below, sequence by sequence
  }
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      const text = strict.decode(bytes.subarray(i, i + length));
      const code = text.codePointAt(0) as number;
      if (code < RAW_FIRST || code > RAW_LAST) {
        out += text;
        i += length;
        continue;
      }
    }
    out += String.fromCharCode(RAW_FIRST + (bytes[i] as number) - 0x80);
    i++;
  }
  return out;
}

export function encodeLossless(text: string): Buffer {
  const parts: Buffer[] = [];
  let plain = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < RAW_FIRST || code > RAW_LAST) continue;
    parts.push(Buffer.from(text.slice(plain, i), 'utf8'), Buffer.of(code - RAW_FIRST + 0x80));
    plain = i + 1;
  }
  parts.push(Buffer.from(text.slice(plain), 'utf8'));
  return Buffer.concat(parts);
}

/** Length of the valid UTF-8 sequence at `i`, 0 when there is none (overlong forms and surrogates are none). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || i + length > bytes.length) return 0;
  for (let k = 1; k < length; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) return 0;
  const second = bytes[i + 1] as number;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return length;
}
