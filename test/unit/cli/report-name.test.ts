import { expect, it } from 'vitest';
import { reportName } from '../../../src/cli/commands/report.js';

it.each([
  ['samples/life-of-a-process/trace', 'life-of-a-process.html'],
  ['/a/boot-7/trace.txt.gz', 'boot-7.html'],
  ['../seed/life.trace', 'life.html'],
  ['store.duckdb', 'store.html'],
  ['/data/v1.2.log', 'v1.2.html'],
  ['/data/.trace', 'trace.html'],
  ['odd name', 'odd name.html'],
])('the report of %s is %s', (argument, name) => {
  expect(reportName(argument)).toBe(name);
});
