import { expect, it } from 'vitest';
import { reportContext } from '../../../src/report/format.js';
import { drawPictures } from '../../../src/report/pictures/rules.js';
import type { AnalysisResult, Row } from '../../../src/trace/result.js';
import { seedReport } from '../../support/report-input.js';

const column = (name: string) => ({ name, type: 'text', label: name, doc: name }) as const;
const tree = (rows: Row[]): AnalysisResult => ({
  id: 'call-tree',
  title: 'Call tree',
  question: 'Who called what?',
  status: 'ok',
  columns: ['call', 'line_no', 'parent_line_no'].map(column),
  rows,
  totalRows: rows.length,
  findings: [],
  missing: [],
});
const picture = async (rows: Row[]): Promise<string> =>
  (await drawPictures(tree(rows), reportContext(seedReport()))).markup?.markup ?? '';

it('draws the call tree from its rows: each call on the call around it, in whatever order the rows are', async () => {
  const drawn = await picture([
    { call: '    fib_table_lookup', line_no: 7, parent_line_no: 6 },
    { call: '  ip_route_input_noref', line_no: 6, parent_line_no: 5 },
    { call: 'arp_process', line_no: 5, parent_line_no: null },
  ]);
  expect(drawn).toContain('Which calls led to which');
  // A call is as wide as all that it led to.
  expect(Array.from(drawn.matchAll(/data-t="([^(]*) \(/g), (match) => match[1])).toEqual([
    'fib_table_lookup: 1 of 3',
    'ip_route_input_noref: 2 of 3',
    'arp_process: 3 of 3',
  ]);
});

it('draws nothing where no call is inside another', async () => {
  expect(await picture([{ call: 'arp_process', line_no: 5, parent_line_no: null }])).not.toContain('led to which');
});
