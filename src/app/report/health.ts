/** Can the capture be trusted? What was lost, what was not understood, and whether the kernel's own count agrees. */
import { formatCount } from '../../base/format-time.js';
import type { ReportCapture } from '../../report/report-input.js';
import type { Finding, Row } from '../../trace/result.js';

const exact = (severity: Finding['severity'], text: string, lines: readonly number[] = []): Finding => ({
  severity,
  text,
  lines,
  confidence: 'exact',
});

/** `losses` are rows of table `loss`, `issues` those of `import_issue`. */
export function captureHealthFindings(
  capture: ReportCapture,
  losses: readonly Row[],
  issues: readonly Row[],
): Finding[] {
  const findings = [...lossFindings(losses), ...countFindings(capture), ...issueFindings(issues)];
  return findings.length > 0 ? findings : [exact('info', allIsWell(capture))];
}

function allIsWell({ entries_in_buffer, lines }: ReportCapture): string {
  const understood = `All ${formatCount(lines)} lines were understood`;
  return entries_in_buffer === null
    ? `${understood}. The header does not say how many records there should be, so a loss would not be seen.`
    : `${understood}, the kernel's own count of ${formatCount(entries_in_buffer)} records is met, and nothing was lost.`;
}

function lossFindings(losses: readonly Row[]): Finding[] {
  const byKind = new Map<string, Row[]>();
  for (const loss of losses) {
    const kind = String(loss.kind);
    byKind.set(kind, [...(byKind.get(kind) ?? []), loss]);
  }
  return [...byKind].flatMap(([kind, rows]) => {
    const cpus = [...new Set(rows.map((row) => row.cpu).filter((cpu) => cpu !== null && cpu !== undefined))];
    const where =
      cpus.length === 0 ? '' : ` on CPU ${cpus.slice(0, 8).join(', ')}${cpus.length > 8 ? ' and others' : ''}`;
    const text = lossText(kind, rows, where);
    return text === null
      ? []
      : [
          exact(
            'warn',
            text,
            rows.map((row) => Number(row.line_no)),
          ),
        ];
  });
}

function lossText(kind: string, rows: readonly Row[], where: string): string | null {
  const known = rows.every((row) => row.events !== null);
  const sum = formatCount(rows.reduce((total, row) => total + Number(row.events ?? 0), 0));
  switch (kind) {
    case 'overwritten':
      return `The ring buffer had overwritten ${known ? `${sum} older entries` : 'older entries'} before the trace was read: the capture starts in the middle of the story.`;
    case 'lost':
      return `${known ? `${sum} events were` : 'Events were'} lost${where} (${formatCount(rows.length)} ${rows.length === 1 ? 'place' : 'places'}): what is missing there cannot be told.`;
    case 'line_too_big':
      return `${formatCount(rows.length)} ${rows.length === 1 ? 'record was' : 'records were'} too long for the kernel to print.`;
    case 'buffer_started':
      return `The capture of ${rows.length === 1 ? 'one CPU' : `${rows.length} CPUs`} begins later than that of the others${where}.`;
    // The header's own line tells it with both numbers.
    case 'count_mismatch':
      return null;
    case 'elision':
      return `Lines were left out of the text (${formatCount(rows.length)} ${rows.length === 1 ? 'place' : 'places'}): what stood there cannot be told.`;
    default:
      return `Something is missing${where} (${kind.replaceAll('_', ' ')}).`;
  }
}

function countFindings({ entries_in_buffer, records }: ReportCapture): Finding[] {
  if (entries_in_buffer === null || entries_in_buffer === records) return [];
  return [
    exact(
      'warn',
      `The kernel counted ${formatCount(entries_in_buffer)} records in the buffer, the file holds ${formatCount(records)}: it was cut, edited or misread.`,
    ),
  ];
}

function issueFindings(issues: readonly Row[]): Finding[] {
  return issues.map((issue) => {
    const count = Number(issue.count);
    const code = String(issue.code).replaceAll('_', ' ');
    return exact(
      'warn',
      `${formatCount(count)} ${count === 1 ? 'place' : 'places'} not fully understood (${code}): ${String(issue.text).slice(0, 160)}`,
      [Number(issue.line_no)],
    );
  });
}
