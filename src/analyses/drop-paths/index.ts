import { defineAnalysis } from '../analysis.js';
import { integer, line, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'drop-paths',
  title: 'Paths to the drops',
  question: 'Through which functions did the packets come that were dropped?',
  needs: [['kfree_skb']],
  params: scopeParams,
  columns: [
    integer('count', 'Drops', 'buffers dropped on this path', 'count'),
    text('site', 'Site', 'the function that dropped them'),
    text('reason', 'Reason', 'as the kernel names it; empty before 5.17'),
    text(
      'stack',
      'Path',
      'functions of the stack, outermost first, up to the site; needs a stacktrace trigger on kfree_skb',
    ),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'drop-paths.sql'),
  parts: {
    keys: ['site', 'reason', 'stack'],
    facets: ['pid', 'cpu', 'ts'],
    measures: ['count'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
