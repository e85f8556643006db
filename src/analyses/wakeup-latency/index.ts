import type { Column } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

const QUANTILE: Column = {
  name: 'quantile',
  type: 'number',
  label: 'Quantile',
  doc: 'share of all wake-ups that took no longer: 0 the fastest, 0.5 the median, 1 the slowest',
};

export default defineAnalysis({
  id: 'wakeup-latency',
  title: 'Wake-up latency',
  question: 'How long does it take from a wake-up until the task runs, in the usual and in the worst case?',
  needs: [
    ['sched_switch', 'sched_waking'],
    ['sched_switch', 'sched_wakeup'],
  ],
  params: scopeParams,
  columns: [
    QUANTILE,
    nanos('wakeup_latency', 'Latency', 'from the wake-up to the switch to the task'),
    integer('pid', 'PID', 'task of the wake-up at this place'),
    text('comm', 'Comm', 'its name'),
    text('waker', 'Waker', 'task or interrupt that woke it'),
    integer('wakeups', 'Wake-ups', 'how many were measured', 'count'),
    text('confidence', 'Confidence', 'inferred where lines are missing, or where only sched_wakeup shows the wake-up'),
    line('wake_line_no', 'Woken at', 'line of the wake-up'),
    line('line_no', 'Line', 'line of the switch to the task'),
  ],
  sql: loadSql(import.meta.url, 'wakeup-latency.sql'),
});
