import type { Column } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

const RATE: Column = {
  name: 'per_second',
  type: 'number',
  label: 'Per second',
  doc: 'events over the time of the stretch; empty when the clock of the capture does not count seconds',
};

export default defineAnalysis({
  id: 'rates',
  title: 'Events over time',
  question: 'When did how many events happen?',
  needs: [],
  params: scopeParams,
  columns: [
    nanos('ts', 'From', 'begin of the stretch; stretches without events have no row'),
    nanos('dur', 'Length', 'of the stretch: a sixtieth of the capture, made round'),
    integer('events', 'Events', 'lines in the stretch', 'count'),
    RATE,
    text('most', 'Most', 'the event that happened most'),
    integer('most_events', 'Of it', 'how many of those', 'count'),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'rates.sql'),
  parts: {
    keys: ['ts'],
    facets: ['pid', 'cpu'],
    measures: ['events'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
