/** What took longest from the signals that killed to the reaps, in sentences. Shares need no unit, so they hold for any clock. */
import type { Finding, Row } from '../../trace/result.js';

const EDGES = [
  ['send_dur', 'in the calls that sent the signals'],
  ['deliver_dur', 'until the signals were delivered'],
  ['die_dur', 'in dying'],
  ['zombie_dur', 'as zombies'],
] as const;

export function timeLost(rows: readonly Row[]): Finding[] {
  const whole = rows
    .filter((row) => typeof row.total_dur === 'number')
    .sort((a, b) => num(b, 'total_dur') - num(a, 'total_dur'));
  const [slowest] = whole;
  return [
    ...(slowest === undefined ? [] : [longestChain(slowest, whole.length)]),
    ...(whole.length > 1 ? shares(whole) : []),
    ...cutShort(rows),
  ];
}

const num = (row: Row, name: string): number => Number(row[name] ?? 0);
const lineNos = (row: Row, ...names: string[]): number[] =>
  names.flatMap((name) => (typeof row[name] === 'number' ? [row[name]] : []));
const inferred = (rows: readonly Row[]): Finding['confidence'] =>
  rows.some((row) => row.confidence === 'inferred') ? 'inferred' : 'exact';
const task = (row: Row): string => `${row.comm ?? 'pid'} ${row.pid}`;

function longestChain(row: Row, count: number): Finding {
  const which = count === 1 ? '' : `longest of ${count} chains, `;
  return {
    severity: 'info',
    text: `${which}kill to reap of ${task(row)}: ${row.longest ?? 'no step takes longer than the clock shows'}`,
    lines: lineNos(row, 'send_line_no', 'line_no', 'deliver_line_no', 'notify_line_no', 'reap_line_no'),
    confidence: inferred([row]),
  };
}

/** Of all chains together: a step that a chain does not show counts nowhere, so the shares may leave a rest. */
function shares(rows: readonly Row[]): Finding[] {
  const total = rows.reduce((sum, row) => sum + num(row, 'total_dur'), 0);
  if (total === 0) return [];
  const parts = EDGES.map(([name, words]) => {
    const share = Math.round((100 * rows.reduce((sum, row) => sum + num(row, name), 0)) / total);
    const worst = rows.reduce((most, row) => (num(row, name) > num(most, name) ? row : most));
    return { words, share, worst };
  })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  const text = parts.map(({ share, words }) => `${share} % ${words}`).join(', ');
  const lines = parts.map(({ worst }) => Number(worst.line_no));
  return [
    {
      severity: 'info',
      text: `where the time of ${rows.length} chains went: ${text}`,
      lines: [...new Set(lines)],
      confidence: inferred(rows),
    },
  ];
}

/** Chains whose end the capture does not show. */
function cutShort(rows: readonly Row[]): Finding[] {
  const open = rows.filter((row) => row.reap_line_no === null);
  if (open.length === 0) return [];
  const [first] = open as [Row];
  const who =
    open.length === 1
      ? `no reap of ${task(first)} is`
      : `the reaps of ${open.length} of ${rows.length} killed processes are not`;
  return [
    {
      severity: 'warn',
      text: `${who} in the capture`,
      lines: open.map((row) => Number(row.notify_line_no ?? row.deliver_line_no ?? row.line_no)),
      confidence: inferred(open),
    },
  ];
}
