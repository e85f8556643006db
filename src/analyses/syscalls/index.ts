import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'syscalls',
  title: 'Syscalls',
  question: 'Which syscalls were made, how often did they fail, and how long did they take?',
  needs: [['sys_enter_*'], ['sys_exit_*']],
  params: scopeParams,
  columns: [
    text('name', 'Syscall', "the kernel's name"),
    integer('calls', 'Calls', 'enters, and returns whose enter is not in the capture', 'count'),
    integer('errors', 'Errors', 'returns of an error', 'count'),
    integer('unfinished', 'Unfinished', 'enters without a return in the capture', 'count'),
    nanos('total_dur', 'Total', 'time from enter to return, summed'),
    nanos('avg_dur', 'Average', 'mean time'),
    nanos('p50_dur', 'Median', 'half of the calls took no longer'),
    nanos('p99_dur', 'p99', '99 % of the calls took no longer'),
    nanos('max_dur', 'Longest', 'longest call'),
    line('max_line_no', 'Longest at', 'line of the longest call'),
    line('line_no', 'First at', 'line of the first call'),
  ],
  sql: loadSql(import.meta.url, 'syscalls.sql'),
  parts: {
    keys: ['name'],
    facets: ['pid', 'cpu', 'ts'],
    measures: ['calls', 'errors', 'unfinished', 'total_dur'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
