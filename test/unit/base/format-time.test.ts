import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDur, formatTs } from '../../../src/base/format-time.js';

describe('formatTs', () => {
  it.each([
    [9_992_171_040_000, '9992.171040'],
    [0, '0.000000'],
    [1_500, '0.000001500'],
    ['1763673601123456789', '1763673601.123456789'],
    [-1_000, '-0.000001'],
  ])('%s ns is %s', (ns, text) => {
    expect(formatTs(ns)).toBe(text);
  });
});

describe('formatDur', () => {
  it.each([
    [0, '0 ns'],
    [840, '840 ns'],
    [79_000, '79 us'],
    [1_530, '1.53 us'],
    [296_000, '296 us'],
    [1_234_567, '1.235 ms'],
    [13_982_794_000, '13.98 s'],
    [999_999, '1000 us'],
    [125_000_000_000, '2.083 min'],
    [-5_000, '-5 us'],
    ['7200000000000', '2 h'],
  ])('%s ns is %s', (ns, text) => {
    expect(formatDur(ns)).toBe(text);
  });
});

it('groups thousands and names byte sizes the same way on every machine', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect(formatCount('18446744073709551615')).toBe('18,446,744,073,709,551,615');
  expect(formatCount(999)).toBe('999');
  expect(formatBytes(812)).toBe('812 B');
  expect(formatBytes(3_909_496)).toBe('3.73 MiB');
});
