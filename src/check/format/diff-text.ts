/** A difference for the terminal: what matters, then everything in its section. */
import { formatCount, formatDur } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import { movedText } from '../diff/compare-captures.js';
import type { Difference, Section, Side } from '../diff/difference.js';

export function differenceText(difference: Difference, limit: number): string {
  const { base, head, findings, sections, durations, notes } = difference;
  const lines = [`base  ${sideText(base)}`, `head  ${sideText(head)}`, ''];
  lines.push(findings.length === 0 ? 'nothing differs beyond chance' : 'What matters most');
  for (const text of findings) lines.push(`  ${visible(text)}`);
  for (const section of sections) lines.push(...sectionLines(section, limit));
  if (durations.length > 0) {
    lines.push('', 'Durations that moved, by the time they cost');
    for (const moved of durations.slice(0, limit)) {
      const cost = `${moved.cost > 0 ? '+' : '-'}${formatDur(Math.abs(moved.cost))}`;
      lines.push(`  ~ ${cost.padStart(10)}  ${visible(movedText(moved))}`);
    }
    lines.push(...cut(durations.length, limit));
  }
  if (notes.length > 0) lines.push('', ...notes.map((note) => `note: ${visible(note)}`));
  return `${lines.join('\n')}\n`;
}

const sideText = ({ capture, events, lost_events }: Side): string => {
  const lost =
    lost_events === null ? ', an unknown number lost' : lost_events > 0 ? `, ${formatCount(lost_events)} lost` : '';
  return `${visible(capture)}: ${formatCount(events)} events${lost}`;
};

function sectionLines(section: Section, limit: number): string[] {
  if (section.missing.length > 0) {
    return ['', section.title, `  not compared: only one side has ${visible(section.missing.join(', '))}`];
  }
  if (section.new.length + section.gone.length + section.changed.length === 0) return [];
  const lines = ['', section.title];
  const where = (line: number | null): string => (line === null ? '' : `, line ${line}`);
  const times = (count: number): string => `${formatCount(count)} ${count === 1 ? 'time' : 'times'}`;
  for (const { key, count, line_no } of section.new.slice(0, limit))
    lines.push(`  + ${visible(key)}  (${times(count)}${where(line_no)})`);
  lines.push(...cut(section.new.length, limit));
  for (const { key, count, line_no } of section.gone.slice(0, limit))
    lines.push(`  - ${visible(key)}  (${times(count)}${where(line_no)} of the base)`);
  lines.push(...cut(section.gone.length, limit));
  for (const { key, base, head } of section.changed.slice(0, limit))
    lines.push(`  ~ ${visible(key)}  (${formatCount(base)} -> ${formatCount(head)})`);
  lines.push(...cut(section.changed.length, limit));
  return lines;
}

const cut = (count: number, limit: number): string[] =>
  count > limit ? [`    and ${formatCount(count - limit)} more (--limit)`] : [];
