import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'life',
  title: 'Life of a process',
  question: 'What happened to one process from its fork to its reap?',
  needs: [],
  params: [
    { name: 'pid', type: 'integer', doc: 'pid of the process; every life of a reused pid is shown', required: true },
  ],
  columns: [
    nanos('ts', 'Time', 'when'),
    line('line_no', 'Line', 'line of the trace'),
    integer('pid', 'PID', 'task in whose context the event was recorded'),
    text('comm', 'Comm', 'saved comm of that task'),
    text('kind', 'Kind', 'what the event is in the story'),
    text('text', 'What happened', 'in words'),
    text('confidence', 'Confidence', 'exact or inferred'),
    integer('event_id', 'Event', 'event_id'),
  ],
  sql: loadSql(import.meta.url, 'life.sql'),
});
