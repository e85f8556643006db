import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text, words } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'tasks',
  title: 'Tasks',
  question: 'Which tasks are in the capture, who started them, and how did they end?',
  needs: [],
  params: scopeParams,
  columns: [
    integer('pid', 'PID', 'task id of the kernel: a thread'),
    integer('tgid', 'TGID', 'process that the task belongs to; empty when the capture does not tell'),
    text('comm', 'Comm', 'last name that an event shows; the saved comm where no event does'),
    words('tree', 'Tree', 'the task below its parent, two spaces a generation', 28),
    text('death', 'Death', 'exited, killed, dumped, alive or unknown'),
    integer('life', 'Life', 'which life of the pid: 1 is the first in the capture'),
    integer('lives', 'Lives', 'lives that the pid has in the capture'),
    integer('parent_pid', 'Parent', 'task that forked it'),
    text('parent_comm', 'Parent comm', 'name of the parent'),
    nanos('fork_ts', 'Forked', 'when it was forked'),
    text('exec_path', 'Program', 'path of its last successful execve'),
    nanos('exit_ts', 'Ended', 'when it exited'),
    integer('exit_code', 'Exit code', 'of the wait status'),
    text('exit_signal', 'Signal', 'signal of the wait status'),
    nanos('zombie_dur', 'Zombie', 'from telling the parent until the reap'),
    integer('reaper_pid', 'Reaper', 'task whose wait reaped it'),
    line('line_no', 'Line', 'line of the fork, or the first line of the task'),
    integer('task_id', 'Task', 'one per life of a pid'),
  ],
  sql: loadSql(import.meta.url, 'tasks.sql'),
});
