import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, splice } from '../../fuzz/mutate.js';
import { Random } from '../../fuzz/random.js';
import { soup } from '../../fuzz/soup.js';
import { checkIngest, lostRecords } from '../../support/ingest-invariants.js';

const CAPTURE = readFileSync('samples/life-of-a-process/trace').subarray(0, 40_000);
const seed = fc.integer({ min: 0, max: 0x7fffffff });

function* sizes(random: Random): Generator<number> {
  for (;;) yield 1 + random.below(5000);
}

function holds(bytes: Buffer, random: Random): void {
  const { read, broken } = checkIngest(bytes, sizes(random));
  expect(broken).toEqual([]);
  expect(read).not.toBeNull();
  if (read !== null) expect(lostRecords(bytes, read)).toBeNull();
}

/** Classes add up, every unknown line is an issue, the result does not depend on how the input is cut, no error. */
describe('whatever the input', () => {
  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), seed, (bytes, n) => holds(Buffer.from(bytes), new Random(n))),
    );
  });

  it('any prefix of a capture', () => {
    fc.assert(
      fc.property(fc.nat(CAPTURE.length), seed, (length, n) => holds(CAPTURE.subarray(0, length), new Random(n))),
      { numRuns: 60 },
    );
  });

  it('token soup', () => {
    fc.assert(
      fc.property(seed, (n) => holds(soup(new Random(n)), new Random(n))),
      { numRuns: 400 },
    );
  });

  it('captures with bytes and lines changed, or parts of others inside', () => {
    fc.assert(
      fc.property(seed, (n) => {
        const random = new Random(n);
        holds(mutate(random, CAPTURE.subarray(0, 12_000)), random);
        holds(splice(random, CAPTURE.subarray(0, 12_000), soup(random)), random);
      }),
      { numRuns: 100 },
    );
  });
});
