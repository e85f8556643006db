import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { SHOWS_OPENS } from '../params.js';

const MAX_NAMED = 3;

export default defineAnalysis({
  id: 'files',
  title: 'Files',
  question: 'Who opened which file, and which opens failed?',
  needs: SHOWS_OPENS,
  params: [],
  columns: [
    nanos('ts', 'Time', 'when the open returned'),
    integer('pid', 'PID', 'task that opened it'),
    text('comm', 'Comm', 'its name'),
    text(
      'path',
      'Path',
      'as the capture shows it, after a known directory when it is relative; empty when no event shows it',
    ),
    text('kind', 'Kind', 'file, or what the call made: socket, eventfd, epoll, memfd ...'),
    integer('fd', 'fd', 'descriptor that the open returned'),
    text('errno', 'Error', 'name of the error, empty on success'),
    text('flags_text', 'Flags', 'flags of the open by name'),
    nanos('close_ts', 'Closed', 'when the descriptor was closed'),
    text(
      'ended',
      'End',
      'close, replace (by dup2), exec (close-on-exec); exit or end of capture: still open then; unknown: lines are missing',
    ),
    text('confidence', 'Confidence', 'of the path: inferred where it was joined with that of its directory'),
    text('source', 'Source', 'what shows it: the syscall, and the probe that printed the path'),
    line('line_no', 'Line', 'line of the open'),
  ],
  sql: loadSql(import.meta.url, 'files.sql'),
  findings(rows): Finding[] {
    const failed = rows.filter((row) => row.errno !== null);
    if (failed.length === 0) return [];
    const named = failed.slice(0, MAX_NAMED).map((row) => `${row.path ?? 'a file'} (${row.errno})`);
    const more = failed.length > MAX_NAMED ? ` and ${failed.length - MAX_NAMED} more` : '';
    return [
      {
        severity: 'warn',
        text: `${failed.length} of ${rows.filter((row) => row.kind === 'file').length} opens failed: ${named.join(', ')}${more}`,
        lines: failed.slice(0, MAX_NAMED).map((row) => Number(row.line_no)),
        confidence: 'exact',
      },
    ];
  },
});
