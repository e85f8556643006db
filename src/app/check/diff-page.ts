/** A difference -> the tables of its page. */
import { formatCount, formatDur } from '../../base/format-time.js';
import type { Difference, Section, StackCount } from '../../check/diff/difference.js';
import type { DiffPageInput, DiffTable } from '../../report/diff/diff-input.js';
import { VERSION } from '../version.js';

const MAX_ROWS = 300;

export function diffPage(difference: Difference, stacks: readonly StackCount[]): DiffPageInput {
  const { base, head, findings, notes, sections } = difference;
  return {
    toolVersion: VERSION,
    title: `${base.capture} against ${head.capture}`,
    base: `${base.capture}, ${formatCount(base.events)} events`,
    head: `${head.capture}, ${formatCount(head.events)} events`,
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
  const rows = [
    ...fresh.map(({ key, count, line_no }) => [
      'new',
      key,
      '',
      formatCount(count),
      line_no === null ? '' : `line ${line_no} of the head`,
    ]),
    ...gone.map(({ key, count, line_no }) => [
      'gone',
      key,
      formatCount(count),
      '',
      line_no === null ? '' : `line ${line_no} of the base`,
    ]),
    ...changed.map(({ key, base, head }) => ['changed', key, formatCount(base), formatCount(head), '']),
  ];
  return {
    id,
    title,
    columns: ['', 'What', 'Base', 'Head', 'First at'],
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
    columns: ['What', 'Moved by', 'Cost', 'Noise', 'Median, base', 'head', 'p99, base', 'head', 'Times, base', 'head'],
    rows: rows.slice(0, MAX_ROWS),
    total: rows.length,
    reason: null,
  };
}
