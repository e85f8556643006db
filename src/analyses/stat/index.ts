import type { Column } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

const RATE: Column = {
  name: 'per_second',
  type: 'number',
  label: 'Per second',
  doc: 'events over the time of the interval, or of the whole capture; empty when its clock does not count seconds',
};

export default defineAnalysis({
  id: 'stat',
  title: 'Events by name',
  question: 'How many events of each name are there, and at what rate?',
  needs: [],
  params: [
    {
      name: 'event',
      short: 'e',
      type: 'text',
      doc: 'only these events: names parted by commas, * stands for any letters',
    },
    { name: 'interval', short: 'I', type: 'duration', doc: 'a row for each stretch of this length, e.g. 100ms' },
    { name: 'by', type: 'text', words: ['task', 'cpu'], doc: 'a row for each of these' },
    ...scopeParams,
  ],
  columns: [
    nanos('ts', 'From', 'begin of the interval; empty without one'),
    text('name', 'Event', 'name of the event'),
    integer('pid', 'PID', 'task; empty unless by task'),
    text('comm', 'Comm', 'a name that it had; empty unless by task'),
    integer('cpu', 'CPU', 'empty unless by cpu'),
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
  parts: {
    keys: ['name'],
    facets: ['pid', 'cpu', 'ts'],
    measures: ['events'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
