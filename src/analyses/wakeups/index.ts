import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'wakeups',
  title: 'Who wakes whom',
  question: 'Which task or interrupt woke which task, how often, and how long was it until the woken task ran?',
  needs: [
    ['sched_switch', 'sched_waking'],
    ['sched_switch', 'sched_wakeup'],
  ],
  params: scopeParams,
  columns: [
    integer(
      'waker_pid',
      'Waker',
      'task that woke it; empty where an interrupt did, or where the capture does not tell',
    ),
    text('waker_comm', 'Waker comm', 'name of that task'),
    text('waker', 'Woken by', 'task, idle, or the interrupt; the task that an interrupt met is nobody’s waker'),
    integer('pid', 'PID', 'task that was woken'),
    text('comm', 'Comm', 'its name'),
    integer('wakeups', 'Wake-ups', 'how many', 'count'),
    nanos('p50_wakeup_latency', 'Median', 'from wake-up to running, median'),
    nanos('p90_wakeup_latency', 'p90', 'from wake-up to running, 90 %'),
    nanos('p99_wakeup_latency', 'p99', 'from wake-up to running, 99 %'),
    nanos('max_wakeup_latency', 'Longest', 'from wake-up to running, longest'),
    text('confidence', 'Confidence', 'inferred where lines are missing, or where only sched_wakeup shows the waker'),
    line('max_line_no', 'Longest at', 'line of the switch after the longest'),
    line('line_no', 'First at', 'line of the first wake-up'),
  ],
  sql: loadSql(import.meta.url, 'wakeups.sql'),
});
