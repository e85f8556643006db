import { expect, it } from 'vitest';
import { memberOf } from '../../../../src/app/bundle/members.js';

it.each([
  ['trace', { role: 'trace' }],
  ['./run/trace.gz', { role: 'trace' }],
  ['trace.txt', { role: 'trace' }],
  ['trace.others.gz', { role: 'others' }],
  ['maps/5441', { role: 'maps', pid: 5441 }],
  ['maps_5441.txt', { role: 'maps', pid: 5441 }],
  ['stats/cpu3', { role: 'stats', cpu: 3, others: false }],
  ['stats.others/cpu12', { role: 'stats', cpu: 12, others: true }],
  ['a/kallsyms', { role: 'kallsyms' }],
  ['dmesg.txt', { role: 'dmesg' }],
  ['ftrail-capture', { role: 'facts' }],
  ['missing', { role: 'missing' }],
  ['../../etc/trace', { role: 'trace' }],
])('%s', (path, member) => {
  expect(memberOf(path)).toEqual(member);
});

it.each([
  'trace_clock',
  'trace.dat',
  'tracer',
  'maps/self',
  'maps_a.out.txt',
  'stats/cpux',
  'cpu0',
  'my-trace',
  '',
  '/',
  'maps/12345678901',
])('%s is nothing that is looked for', (path) => {
  expect(memberOf(path)).toBeUndefined();
});
