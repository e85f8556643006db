import { expect, it } from 'vitest';
import { walkFrom } from '../../../../src/report/client/causal-walk.js';
import { seedReport } from '../../../support/report-input.js';

const link = (from_line: number, to_line: number) => ({ ...seedReport().timeline.links[0]!, from_line, to_line });

it('follows what ends where another begins, both ways', () => {
  //             0: 1->2      1: 2->3      2: 3->4      3: 3->5      4: 9->10
  const links = [link(1, 2), link(2, 3), link(3, 4), link(3, 5), link(9, 10)];
  expect(walkFrom(links, 1)).toEqual({ causes: [0], effects: [2, 3] });
  expect(walkFrom(links, 3)).toEqual({ causes: [0, 1], effects: [] });
  expect(walkFrom(links, 4)).toEqual({ causes: [], effects: [] });
});

it('ends on a ring and on an index that is not there', () => {
  expect(walkFrom([link(1, 2), link(2, 1)], 0)).toEqual({ causes: [1], effects: [1] });
  expect(walkFrom([], 3)).toEqual({ causes: [], effects: [] });
});
