import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'call-tree',
  title: 'Call tree',
  question: 'What was each probed function called with, by whom, and what did it return?',
  needs: [['kprobes:*']],
  params: [
    { name: 'function', type: 'text', doc: 'only calls of this function' },
    { name: 'pid', type: 'integer', doc: 'only calls of this task' },
  ],
  columns: [
    nanos('ts', 'Time', 'entry, or the return when the entry is not in the capture'),
    integer('pid', 'PID', 'task that called'),
    text('comm', 'Comm', 'its name at the time'),
    integer('depth', 'Depth', 'calls of the capture around this one', 'count'),
    text('call', 'Call', 'function, indented by depth'),
    text('args', 'Arguments', 'as the probes at the entry printed them'),
    text('ret', 'Returned', 'as the probes at the return printed it; empty when no return is known'),
    text('errno', 'Error', 'name of the error that it returned'),
    nanos('dur', 'Duration', 'from entry to return; empty when the return is missing'),
    text('caller', 'Caller', 'from the return or from the stack'),
    text('context', 'Context', 'task, softirq or hardirq; empty: the capture does not tell'),
    text('confidence', 'Confidence', 'exact or inferred: do the two ends belong together'),
    line('parent_line_no', 'Inside', 'line of the call around it'),
    line('return_line_no', 'Return at', 'line of the return'),
    line('line_no', 'Line', 'line of the entry'),
  ],
  sql: loadSql(import.meta.url, 'call-tree.sql'),
});
