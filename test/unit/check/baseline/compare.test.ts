import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineText, parseBaseline, type Runs } from '../../../../src/check/baseline/baseline-file.js';
import { judgeCompare } from '../../../../src/check/baseline/judge-compare.js';
import { median, noiseBetween, noiseOf } from '../../../../src/check/baseline/noise.js';
import type { Compare } from '../../../../src/check/rules/rule-shape.js';

const runs = (...all: Readonly<Record<string, number>>[]): Runs => all.map((each) => new Map(Object.entries(each)));
const place = { file: 'rules.yaml', line: 1 };
const latency: Compare = {
  analysis: 'syscalls',
  key: 'name',
  metric: 'p99_dur',
  max_increase: { value: 20, dimension: 'percent' },
  ignore_below: { value: 1000, dimension: 'time' },
  place,
};
const judge = (base: Runs, head: Runs, compare: Compare = latency) => judgeCompare(compare, base, head, 'ns');

describe('several runs', () => {
  it('are their median', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('differ by their range when they are few, by what an outlier does not move when they are many', () => {
    expect(noiseOf([5])).toBeNull();
    expect(noiseOf([5, 9, 6])).toBe(4);
    expect(noiseOf([10, 11, 12, 13, 1000])).toBe(3);
    expect(noiseBetween([5], [7])).toBeNull();
    expect(noiseBetween([5, 6], [7, 10])).toBe(3);
  });
});

describe('a metric against the baseline', () => {
  it('fails beyond the tolerance, and says how much, and that the noise of single runs is not known', () => {
    const outcome = judge(runs({ openat: 10_000, read: 5_000 }), runs({ openat: 15_000, read: 5_500 }));
    expect(outcome).toMatchObject({
      status: 'failed',
      found: 'openat: p99_dur 15 us, was 10 us (+50.0 %, allowed +20 %; one run a side, so the noise is not known)',
    });
  });

  it('raises no alarm inside the noise, and says so', () => {
    const base = runs({ openat: 10_000 }, { openat: 16_000 }, { openat: 11_000 });
    expect(judge(base, runs({ openat: 15_000 }))).toMatchObject({
      status: 'passed',
      found: '1 key as before, 1 change within the noise',
    });
    // The same medians without the noise are a change.
    expect(
      judge(runs({ openat: 11_000 }, { openat: 11_100 }, { openat: 11_000 }), runs({ openat: 15_000 })),
    ).toMatchObject({
      status: 'failed',
      found: 'openat: p99_dur 15 us, was 11 us (+36.4 %, allowed +20 %; runs of one side differ by up to 100 ns)',
    });
  });

  it('passes over what is too small to matter, and over what got better', () => {
    expect(judge(runs({ a: 1000, b: 9000 }), runs({ a: 1900, b: 90 })).status).toBe('passed');
    const both = { ...latency, max_decrease: { value: 10, dimension: 'percent' } } as const;
    expect(judge(runs({ b: 9000 }), runs({ b: 90 }), both).status).toBe('failed');
  });

  it('names the worst first', () => {
    const { evidence } = judge(runs({ a: 10_000, b: 10_000 }), runs({ a: 20_000, b: 90_000 }));
    expect(evidence.map(({ text }) => text.slice(0, 2))).toEqual(['b:', 'a:']);
  });

  it('is not applicable when no key is on both sides', () => {
    expect(judge(runs({ a: 1 }), runs({ b: 1 })).status).toBe('not-applicable');
  });
});

describe('keys against the baseline', () => {
  const keys: Compare = { analysis: 'deaths', key: ['comm', 'death'], place };

  it('fails for new and for gone ones, with the runs they are in', () => {
    const outcome = judge(runs({ a: 1, b: 1 }, { a: 1 }), runs({ a: 1, c: 1 }), keys);
    expect(outcome.evidence.map(({ text }) => text)).toEqual([
      'c: only in the head (1 of 1 run)',
      'b: only in the baseline (1 of 2 runs)',
    ]);
    expect(judge(runs({ a: 1, b: 1 }), runs({ a: 1 }), { ...keys, gone_keys: 'allow' }).status).toBe('passed');
  });
});

describe('a baseline file', () => {
  const values = fc.dictionary(fc.string(), fc.integer(), { maxKeys: 4, noNullPrototype: true });

  it('gives back what was written, in one order', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.array(values, { minLength: 2, maxLength: 2 })),
        (found) => {
          const rules = new Map(Object.entries(found).map(([name, all]) => [name, runs(...all)]));
          const text = baselineText({ runs: 2, rules });
          const read = parseBaseline(text, 'b.json');
          expect(baselineText(read!)).toBe(text);
          const reversed = new Map([...rules].reverse());
          expect(baselineText({ runs: 2, rules: reversed })).toBe(text);
        },
      ),
    );
  });

  it.each([
    '{',
    '{}',
    '{"ftrail_baseline":2,"runs":1,"rules":{}}',
    '{"ftrail_baseline":1,"runs":1,"rules":{"a":{"k":[1,2]}}}',
    '{"ftrail_baseline":1,"runs":1,"rules":{"a":{"k":["x"]}}}',
  ])('refuses %s', (text) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(/^b\.json: /);
  });

  it('is no capture', () => expect(parseBaseline('# tracer: nop\n', 'trace')).toBeUndefined());
});
