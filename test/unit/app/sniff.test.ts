import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../src/app/sniff.js';
import { TRACE } from '../../support/trace-text.js';

const store = Buffer.concat([Buffer.alloc(8, 7), Buffer.from('DUCK'), Buffer.alloc(500)]);
const tar = Buffer.concat([Buffer.from('trace'), Buffer.alloc(252), Buffer.from('ustar\0'), Buffer.alloc(249)]);

describe('what a file is, by its first bytes', () => {
  it.each([
    ['text', Buffer.from(TRACE)],
    ['text', Buffer.from('x')],
    ['text', Buffer.from('DUCK')],
    ['text', Buffer.from('\ufeff# tracer: nop\n')],
    ['gzip', gzipSync(TRACE)],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ['zstd', Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])],
    ['store', store],
    ['tar', tar],
    ['trace_dat', Buffer.from('\x17\x08Dtracing6', 'latin1')],
    ['perf_data', Buffer.from('PERFILE2....')],
    ['utf16', Buffer.from('\ufeff# tracer', 'utf16le')],
    ['empty', Buffer.alloc(0)],
  ] as const)('%s', (kind, bytes) => {
    expect(sniff(bytes)).toBe(kind);
  });

  it('does not read beyond a short file', () => {
    for (let length = 0; length < 12; length++) expect(sniff(store.subarray(0, length))).not.toBe('store');
    expect(sniff(store.subarray(0, 12))).toBe('store');
  });
});
