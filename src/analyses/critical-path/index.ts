import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text, words } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'critical-path',
  title: 'Critical path',
  question: 'Which runs, waits and wake-ups led to an event, and how long did each take?',
  needs: [['sched_switch']],
  params: [
    { name: 'line', type: 'integer', doc: 'the event on this line; of a sched_switch, the task that it switches to' },
    {
      name: 'pid',
      type: 'integer',
      doc: 'the last line of this task, where no line is given; without either, of the process that ended last',
    },
    { name: 'life', type: 'integer', doc: 'which life of a reused pid: 1 is the first in the capture' },
    { name: 'turns', type: 'integer', doc: 'how many turns on a CPU to go back (50)' },
  ],
  columns: [
    nanos('ts', 'Time', 'when it began'),
    nanos('dur', 'Took', 'how long'),
    integer('pid', 'PID', 'task'),
    text('comm', 'Comm', 'its name'),
    integer('cpu', 'CPU', 'where it ran or was to run'),
    text(
      'state',
      'State',
      'running, runnable (ready, not on a CPU), sleeping, uninterruptible, stopped, unknown; gap: the path ends',
    ),
    words('text', 'What happened', 'in words', 60),
    text('confidence', 'Confidence', 'inferred where lines are missing, or where only sched_wakeup shows the waker'),
    line('line_no', 'Line', 'line where it began'),
    line('end_line_no', 'End line', 'line where it ended'),
  ],
  sql: loadSql(import.meta.url, 'critical-path.sql'),
});
