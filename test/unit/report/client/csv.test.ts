import { expect, it } from 'vitest';
import { csvCell, toCsv } from '../../../../src/report/client/csv.js';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['@cmd', "'@cmd"],
  ['-2', '-2'],
  ['-ENOENT', "'-ENOENT"],
])('%j becomes %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

it('ends each row with a line end', () => {
  expect(
    toCsv([
      ['a', 'b'],
      ['1', ''],
    ]),
  ).toBe('a,b\n1,\n');
});
