import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text, words } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'life',
  title: 'Life of a process',
  question: 'What happened to one process from its fork to its reap?',
  needs: [],
  params: [
    { name: 'pid', type: 'integer', doc: 'pid of the process', required: true },
    {
      name: 'life',
      type: 'integer',
      doc: 'which life of a reused pid: 1 is the first (default: the one that ended last)',
    },
  ],
  columns: [
    nanos('ts', 'Time', 'when'),
    line('line_no', 'Line', 'line of the trace'),
    integer('pid', 'PID', 'task in whose context the event was recorded'),
    text('comm', 'Comm', 'saved comm of that task'),
    text('kind', 'Kind', 'what the event is in the story'),
    words('text', 'What happened', 'in words', 64),
    text('confidence', 'Confidence', 'exact or inferred'),
    integer('life', 'Life', 'which life of the pid is told'),
    integer('lives', 'Lives', 'lives that the pid has in the capture'),
    integer('event_id', 'Event', 'event_id'),
  ],
  sql: loadSql(import.meta.url, 'life.sql'),
  findings(rows): Finding[] {
    const [first] = rows;
    if (first === undefined || Number(first.lives) < 2) return [];
    const text = `the pid has ${first.lives} lives in the capture, this is life ${first.life}; --life tells of another`;
    return [{ severity: 'info', text, lines: [Number(first.line_no)], confidence: 'exact' }];
  },
});
