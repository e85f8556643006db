/** Line numbers that the statements of a report name, the most important first. */
import type { ReportInput } from '../../report/report-input.js';
import { MAX_ROWS } from '../../report/sections/table.js';
import type { Wanted } from './evidence.js';

export function wantedLines(input: ReportInput): Wanted[] {
  const steps = input.chains.flatMap(({ chain }) => chain.steps.map((step) => step.line_no));
  const findings = [...input.verdicts, ...input.health, ...input.results.flatMap((result) => result.findings)];
  const links = input.timeline.links.flatMap((link) => [link.from_line, link.to_line]);
  return [
    { lines: findings.flatMap((finding) => finding.lines.slice(0, 6)), around: 5 },
    { lines: steps, around: 5 },
    { lines: links, around: 1 },
    { lines: tableLines(input), around: 1 },
    { lines: input.timeline.marks.map((mark) => mark.line_no), around: 0 },
  ];
}

function tableLines({ results }: ReportInput): number[] {
  return results.flatMap((result) => {
    const columns = result.columns.filter((column) => column.unit === 'line').map((column) => column.name);
    return result.rows
      .slice(0, MAX_ROWS)
      .flatMap((row) => columns.map((name) => row[name]).filter((line) => typeof line === 'number'));
  });
}
