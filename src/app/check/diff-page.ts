/** A difference -> the tables of its page. */
import { formatCount, formatDur } from '../../base/format-time.js';
import type { Difference, Section, StackCount } from '../../check/diff/difference.js';
import type { DiffPageInput, DiffTable } from '../../report/diff/diff-input.js';
import { captureName } from '../open-input.js';
import { VERSION } from '../version.js';

const MAX_ROWS = 300;

export function diffPage(difference: Difference, stacks: readonly StackCount[]): DiffPageInput {
  const { base, head, findings, notes, sections } = difference;
  return {
    toolVersion: VERSION,
    // Never more of a path than names the capture: the page must not depend on where it was made.
    title: `${captureName(base.capture)} against ${captureName(head.capture)}`,
    base: `${captureName(base.capture)}, ${formatCount(base.events)} events`,
    head: `${captureName(head.capture)}, ${formatCount(head.events)} events`,
    findings,
    notes,
    tables: [
      ...sections.slice(0, 4).map(sectionTable),
      durationTable(difference),
      ...sections.slice(4).map(sectionTable),
    ],
    stacks,
  };
}

function sectionTable({ id, title, missing, new: fresh, gone, changed }: Section): DiffTable {
  // A folded stack has no place where a line could break.
  const what = (key: string): string => (id === 'stacks' ? key.replaceAll(';', '; ') : key);
  const rows = [
    ...fresh.map(({ key, count, line_no }) => [
      'new',
      what(key),
      '',
      formatCount(count),
      line_no === null ? '' : `line ${line_no} of the head`,
    ]),
    ...gone.map(({ key, count, line_no }) => [
      'gone',
      what(key),
      formatCount(count),
      '',
      line_no === null ? '' : `line ${line_no} of the base`,
    ]),
    ...changed.map(({ key, base, head }) => ['changed', what(key), formatCount(base), formatCount(head), '']),
  ];
  return {
    id,
    title,
    columns: ['Change', 'What', 'Base', 'Head', 'First at'],
    rows: rows.slice(0, MAX_ROWS),
    total: rows.length,
    reason: missing.length === 0 ? null : `Not compared: only one side has ${missing.join(', ')}.`,
  };
}

function durationTable({ durations }: Difference): DiffTable {
  const rows = durations.map(({ key, base, head, shift, noise, cost }) => [
    key,
    `${shift > 0 ? '+' : '-'}${formatDur(Math.abs(shift))}`,
    `${cost > 0 ? '+' : '-'}${formatDur(Math.abs(cost))}`,
    formatDur(noise),
    ...[base.p50, head.p50, base.p99, head.p99].map(formatDur),
    formatCount(base.n),
    formatCount(head.n),
  ]);
  return {
    id: 'durations',
    title: 'Durations that moved',
    columns: [
      'What',
      'Moved by',
      'Cost',
      'Noise',
      'Median, base',
      'Median, head',
      'p99, base',
      'p99, head',
      'Times, base',
      'Times, head',
    ],
    rows: rows.slice(0, MAX_ROWS),
    total: rows.length,
    reason: null,
  };
}
