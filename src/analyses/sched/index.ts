import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'sched',
  title: 'Scheduling',
  question: 'How long did each task run and wait for a CPU, and how fast did it run after a wake-up?',
  needs: [['sched_switch']],
  params: [],
  columns: [
    integer('pid', 'PID', 'task; a reused pid is one row'),
    text('comm', 'Comm', 'name at its last turn'),
    integer('turns', 'Turns', 'times that a CPU switched to it', 'count'),
    nanos('run_dur', 'Ran', 'time on a CPU, where the switch away is in the capture'),
    nanos('max_run_dur', 'Longest turn', 'longest time on a CPU without a break'),
    nanos('runnable_dur', 'Waited for CPU', 'time between being ready and running'),
    nanos('p50_wakeup_latency', 'Wake-up median', 'from wake-up to running, median'),
    nanos('p99_wakeup_latency', 'Wake-up p99', 'from wake-up to running, 99 %'),
    nanos('max_wakeup_latency', 'Wake-up max', 'from wake-up to running, longest'),
    integer('preempted', 'Preempted', 'turns that ended although it could go on', 'count'),
    integer('uninterruptible', 'Blocked', 'turns that ended in uninterruptible sleep', 'count'),
    line('max_line_no', 'Longest at', 'line of the switch after the longest wake-up'),
    line('line_no', 'First at', 'line of its first turn'),
  ],
  sql: loadSql(import.meta.url, 'sched.sql'),
});
