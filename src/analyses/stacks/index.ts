import { defineAnalysis } from '../analysis.js';
import { integer, line, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'stacks',
  title: 'Stacks',
  question: 'By which ways did the kernel come to each event, and how often?',
  needs: [],
  toRecord: ['echo 1 > /sys/kernel/tracing/options/stacktrace'],
  params: scopeParams,
  columns: [
    integer('count', 'Events', 'events with this stack', 'count'),
    text('event', 'Event', 'name'),
    text(
      'stack',
      'Stack',
      'frames parted by semicolons, the outermost first; of user space as file and place in it where that is known',
    ),
    text('confidence', 'Confidence', 'inferred: saved maps name a frame, or lines are missing'),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'stacks.sql'),
  parts: {
    keys: ['event', 'stack'],
    facets: ['pid', 'cpu', 'ts'],
    measures: ['count'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
