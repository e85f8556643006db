import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text, words } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { signalParam } from '../params.js';

export default defineAnalysis({
  id: 'deaths',
  title: 'Deaths',
  question: 'Which processes ended, how, and who was behind it?',
  needs: [['sched_process_exit'], ['signal_generate'], ['sys_enter_exit_group']],
  params: [
    { name: 'death', type: 'text', words: ['exited', 'killed', 'dumped', 'unknown'], doc: 'only ends of this kind' },
    signalParam,
  ],
  columns: [
    nanos('ts', 'Time', 'when it ended'),
    integer('pid', 'PID', 'process that ended'),
    text('comm', 'Comm', 'its name'),
    text('death', 'Death', 'exited, killed, dumped or unknown'),
    integer('exit_code', 'Exit code', 'of the wait status'),
    text('signal', 'Signal', 'signal of the wait status'),
    integer('sender_pid', 'Sender', 'who sent the signal'),
    text('sender_comm', 'Sender comm', 'name of the sender'),
    text('cause', 'Cause', 'how the signal came about'),
    words('verdict', 'In words', 'the whole story in a sentence', 60),
    text('confidence', 'Confidence', 'exact, or inferred where a step is'),
    line('line_no', 'Line', 'line that shows the end'),
  ],
  sql: loadSql(import.meta.url, 'deaths.sql'),
  findings: (rows) =>
    rows
      .filter((row) => row.death === 'killed' || row.death === 'dumped')
      .map(
        (row): Finding => ({
          severity: 'bad',
          text: String(row.verdict),
          lines: typeof row.line_no === 'number' ? [row.line_no] : [],
          confidence: row.confidence === 'inferred' ? 'inferred' : 'exact',
        }),
      ),
});
