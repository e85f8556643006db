import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLossless, encodeLossless } from '../../../src/base/utf8.js';

/** What a capture's bytes are made of: text, cut-off and overlong sequences, and the code points that stand for raw bytes. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text, 'utf8')),
  fc.integer({ min: 0xef80, max: 0xefff }).map((code) => Buffer.from(String.fromCharCode(code), 'utf8')),
  fc
    .constantFrom(
      'c0af',
      'e080af',
      'eda080',
      'f08080af',
      'f4908080',
      'f5',
      'e2',
      'e282',
      'f09f98',
      '80',
      'ff',
      'efbbbf',
      '00',
    )
    .map((hex) => Buffer.from(hex, 'hex')),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
);
const bytes = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));

describe('bytes that are not UTF-8', () => {
  it('come back exactly', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(encodeLossless(decodeLossless(input)).toString('hex')).toBe(input.toString('hex'));
      }),
    );
  });

  it('leave the valid text around them as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const input = Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(after)]);
        expect(decodeLossless(input)).toBe(`${before}\uefff${after}`);
      }),
    );
  });
});
