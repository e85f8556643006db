import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'zombies',
  title: 'Zombies',
  question: 'Which processes were left as zombies when the capture ended?',
  needs: [['sys_exit_wait4'], ['sys_exit_waitid']],
  params: [],
  columns: [
    nanos('ts', 'Since', 'when its parent was told, or when it exited'),
    integer('pid', 'PID', 'process that no wait in the capture reaped'),
    text('comm', 'Comm', 'its name'),
    integer('parent_pid', 'Parent', 'who should have waited for it'),
    text('parent_comm', 'Parent comm', 'name of the parent'),
    text('death', 'Death', 'how it ended'),
    nanos('zombie_dur', 'Zombie for', 'until the capture ended'),
    text('confidence', 'Confidence', 'inferred: it rests on a wait that is not there'),
    line('line_no', 'Line', 'line that shows the end'),
  ],
  sql: loadSql(import.meta.url, 'zombies.sql'),
  findings: (rows) =>
    rows.map(
      (row): Finding => ({
        severity: 'warn',
        text: `${row.comm ?? 'pid'} ${row.pid} seems to be a zombie when the capture ends: no wait of ${row.parent_comm ?? 'pid'} ${row.parent_pid} that reaped it is in the capture`,
        lines: [Number(row.line_no)],
        confidence: 'inferred',
      }),
    ),
});
