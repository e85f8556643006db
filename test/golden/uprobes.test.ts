/** Calls of a user program, on a real capture: test/fixtures/uprobes/README.md says what it did. */
import { expect, it } from 'vitest';
import { answerOf } from '../support/answer-of.js';
import { storeOfFile } from '../support/store-of.js';

it('shows each inner call within its outer one, with what the program says that it returned', async () => {
  const store = await storeOfFile('test/fixtures/uprobes/whole.trace');
  const { rows } = await answerOf(store, 'call-tree');
  store.close();
  const returned = [16, 13, 20, 17, 24];
  expect(
    rows.map((row) => [row.depth, String(row.call).trim(), row.args, row.ret, row.caller, row.confidence]),
  ).toEqual(
    returned.flatMap((ret, i) => {
      const text = i % 2 === 0 ? 'uprobe even str' : 'uprobe odd';
      return [
        [0, '0x405ec6', `a=${i} s="${text}"`, `ret=${ret}`, '0x405f2c', 'exact'],
        [
          1,
          '0x405ea2',
          `a=${2 * i} s="${text}" comm="wl_fp"`,
          `r=0x${(text.length + 2 * i).toString(16)}`,
          '0x405ee9',
          'exact',
        ],
      ];
    }),
  );
  const lineOf = (i: number): number => rows[2 * i]?.line_no as number;
  expect(rows.filter((row) => row.depth === 1).map((row) => row.parent_line_no)).toEqual([0, 1, 2, 3, 4].map(lineOf));
});
