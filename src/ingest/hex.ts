/**
 * Bare lower-case hex as the kernel prints it (no padding), at most 16 digits, from `at` on into `slot` of 64-bit values.
 * Returns the place behind it, `at` when there is none.
 */
export function readHex(bytes: Buffer, at: number, end: number, values: Uint32Array, slot: number): number {
  let low = 0;
  let high = 0;
  let i = at;
  for (; i < end; i++) {
    const digit = hexDigit(bytes[i] as number);
    if (digit < 0) break;
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  const digits = i - at;
  if (digits === 0 || digits > 16 || (digits > 1 && bytes[at] === 0x30)) return at;
  values[slot * 2] = low;
  values[slot * 2 + 1] = high;
  return i;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
