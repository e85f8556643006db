import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

const MAX_NAMED = 3;

export default defineAnalysis({
  id: 'calls',
  title: 'Calls of probed functions',
  question: 'How often was each probed function called, what did it return, and how long did it take?',
  needs: [['kprobes:*']],
  params: [{ name: 'function', type: 'text', doc: 'only calls of this function' }, ...scopeParams],
  columns: [
    text('function', 'Function', 'symbol, or the address of a probe in a program'),
    integer('calls', 'Calls', 'entries, and returns whose entry is not in the capture', 'count'),
    integer('returns', 'Returns', 'calls whose return is known', 'count'),
    integer('missed', 'Missed', 'calls without a known return; empty when no return was probed', 'count'),
    integer('unentered', 'Unentered', 'returns whose entry is not in the capture', 'count'),
    integer('failures', 'Failures', 'returns of a negative error', 'count'),
    text('errors', 'Errors', 'errors by name and how many of each'),
    nanos('p50_dur', 'Median', 'half of the calls took no longer'),
    nanos('p99_dur', 'p99', '99 % of the calls took no longer'),
    nanos('max_dur', 'Longest', 'longest call'),
    line('max_line_no', 'Longest at', 'line of the longest call'),
    text('slowest', 'Slowest', 'the five longest calls, as line: duration'),
    text('histogram', 'Durations', 'how many calls took how long: each class ends at twice the time of the one before'),
    integer('tasks', 'Tasks', 'tasks that called it', 'count'),
    text('callers', 'Callers', 'the functions that called it and how often, from its returns or from stacks'),
    text('caller', 'Caller', 'the function that called it most often, from its returns or from stacks'),
    integer('inferred', 'Inferred', 'calls whose ends are not certain to belong together', 'count'),
    line('error_line_no', 'Failed at', 'line of the first call that failed'),
    line('line_no', 'First at', 'line of the first call'),
  ],
  sql: loadSql(import.meta.url, 'calls.sql'),
  parts: {
    keys: ['function'],
    facets: ['pid', 'cpu', 'ts'],
    measures: ['calls', 'returns'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
  findings(rows): Finding[] {
    const failed = rows
      .filter((row) => Number(row.failures) > 0)
      .sort((a, b) => Number(b.failures) - Number(a.failures))
      .slice(0, MAX_NAMED);
    return failed.map((row) => ({
      severity: 'info',
      text: `${row.failures} of ${row.returns} returns of ${row.function} were errors: ${row.errors}`,
      lines: [Number(row.error_line_no)],
      confidence: Number(row.inferred) > 0 ? 'inferred' : 'exact',
    }));
  },
});
