import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { SHOWS_OPENS, scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'paths',
  title: 'Files by path',
  question:
    'Which path was opened by whom how often, what failed, what stayed open, and how much was read and written?',
  needs: SHOWS_OPENS,
  params: scopeParams,
  columns: [
    text('path', 'Path', 'as the capture shows it; empty: opens whose path no event shows'),
    integer('pid', 'PID', 'task'),
    text('comm', 'Comm', 'its name'),
    integer('opens', 'Opens', 'by this task', 'count'),
    integer('failed', 'Failed', 'opens that returned an error', 'count'),
    text('errors', 'Errors', 'which, and how often'),
    integer('open_at_exit', 'Open at exit', 'descriptors that nothing closed before the task ended', 'count'),
    integer('open_at_end', 'Open at the end', 'descriptors still open where the capture ends', 'count'),
    integer('reads', 'Reads', 'calls on a descriptor of it that returned', 'count'),
    integer('bytes_read', 'Read', 'bytes that they returned', 'bytes'),
    integer('writes', 'Writes', 'calls on a descriptor of it that returned', 'count'),
    integer('bytes_written', 'Written', 'bytes that they took', 'bytes'),
    text(
      'confidence',
      'Confidence',
      'exact or inferred: lines are missing, or the path was joined with that of its directory',
    ),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'paths.sql'),
  findings(rows): Finding[] {
    const left = rows.filter((row) => Number(row.open_at_exit) > 0);
    if (left.length === 0) return [];
    const count = left.reduce((sum, row) => sum + Number(row.open_at_exit), 0);
    const first = left[0];
    return [
      {
        severity: 'info',
        text: `${count} descriptor${count === 1 ? ' was' : 's were'} still open when ${left.length === 1 ? 'its task' : 'their tasks'} ended, e.g. ${first?.path ?? 'one without a path'} of pid ${first?.pid}`,
        lines: left.slice(0, 3).map((row) => Number(row.line_no)),
        confidence: left.some((row) => row.confidence === 'inferred') ? 'inferred' : 'exact',
      },
    ];
  },
});
