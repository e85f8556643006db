/** What a file is, told from its first bytes; names and endings lie. */

export type InputKind = 'text' | 'gzip' | 'zstd' | 'store' | 'tar' | 'trace_dat' | 'perf_data' | 'utf16' | 'empty';

/** So many first bytes decide. */
export const SNIFF_BYTES = 512;

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean =>
  bytes.length >= at + magic.length && magic.every((byte, i) => bytes[at + i] === byte);

const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
/** The main header of a DuckDB file: a checksum of 8 bytes, then the magic. */
const DUCKDB = ascii('DUCK');
const TAR = ascii('ustar');
const TRACE_DAT = [0x17, 0x08, 0x44, ...ascii('tracing')];
const PERF_DATA = ascii('PERFILE2');

export function sniff(bytes: Uint8Array): InputKind {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, GZIP)) return 'gzip';
  // A skippable frame may come first: 0x184D2A50 to 0x184D2A5F, little endian.
  if (startsWith(bytes, ZSTD)) return 'zstd';
  if (((bytes[0] as number) & 0xf0) === 0x50 && startsWith(bytes, [0x2a, 0x4d, 0x18], 1)) return 'zstd';
  if (startsWith(bytes, DUCKDB, 8)) return 'store';
  if (startsWith(bytes, TAR, 257)) return 'tar';
  if (startsWith(bytes, TRACE_DAT)) return 'trace_dat';
  if (startsWith(bytes, PERF_DATA)) return 'perf_data';
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return 'utf16';
  return 'text';
}
