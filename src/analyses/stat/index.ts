import type { Column } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

const RATE: Column = {
  name: 'per_second',
  type: 'number',
  label: 'Per second',
  doc: 'events over the time of the whole capture; empty when its clock does not count seconds',
};

export default defineAnalysis({
  id: 'stat',
  title: 'Events by name',
  question: 'How many events of each name are there, and at what rate?',
  needs: [],
  params: [],
  columns: [
    text('name', 'Event', 'name of the event'),
    integer('events', 'Events', 'lines of this event in the capture', 'count'),
    RATE,
    integer('tasks', 'Tasks', 'pids that it shows', 'count'),
    integer('cpus', 'CPUs', 'CPUs that it was seen on', 'count'),
    nanos('first_ts', 'First', 'time of the first'),
    nanos('last_ts', 'Last', 'time of the last'),
    line('line_no', 'First at', 'line of the first'),
    line('last_line_no', 'Last at', 'line of the last'),
  ],
  sql: loadSql(import.meta.url, 'stat.sql'),
});
