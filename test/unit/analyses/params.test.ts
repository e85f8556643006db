import { describe, expect, it } from 'vitest';
import type { Param } from '../../../src/analyses/analysis.js';
import { readParam } from '../../../src/analyses/params.js';

const interval: Param = { name: 'interval', type: 'duration', doc: '' };

describe('a duration', () => {
  it.each([
    ['100ms', 100_000_000],
    ['1.5us', 1500],
    ['2s', 2_000_000_000],
    ['7 ns', 7],
  ])('%s', (text, ns) => {
    expect(readParam(interval, text)).toBe(ns);
  });

  it.each(['100', 'ms', '0ms', '-5ms', '5m', ''])("'%s' is none", (text) => {
    expect(() => readParam(interval, text)).toThrow(/--interval: .* is no duration/);
  });
});
