import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packRows, unpackRows } from '../../../src/base/columnar.js';

it('property: rows come back as they were, through JSON too', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.constantFrom('a', '', '</script>', '__proto__'),
    fc.integer(),
    fc.boolean(),
  );
  const row = fc.record({
    kind: fc.constantFrom('x', 'y'),
    any: value,
    text: fc.option(fc.constantFrom('p', 'q'), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(unpackRows(JSON.parse(JSON.stringify(packRows(rows))))).toEqual(rows);
    }),
  );
});

it('keeps each text once', () => {
  expect(
    packRows([
      { a: 'long text', b: 1 },
      { a: 'long text', b: 2 },
      { a: null, b: 3 },
    ]),
  ).toEqual({
    rows: 3,
    columns: { a: { texts: ['long text'], at: [0, 0, -1] }, b: { values: [1, 2, 3] } },
  });
});
