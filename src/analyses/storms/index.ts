import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'storms',
  title: 'Signal storms',
  question: 'In which seconds were there unusually many signals, and between whom?',
  needs: [['signal_generate'], ['stap_signal']],
  params: scopeParams,
  columns: [
    nanos('ts', 'Second', 'begin of the second; empty where the capture has no time: all of it'),
    integer('signals', 'Signals', 'generated in it', 'count'),
    integer('senders', 'Senders', 'different senders', 'count'),
    integer('targets', 'Targets', 'different targets', 'count'),
    text('top_signal', 'Most often', 'signal that was sent most'),
    text('top_sender', 'Top sender', 'sender of the busiest pair'),
    text('top_target', 'Top target', 'target of the busiest pair'),
    integer('top_signals', 'Top pair', 'signals of the busiest pair', 'count'),
    text('top_pairs', 'Top pairs', 'the three busiest pairs of sender and target, with their signals'),
    line('line_no', 'Line', 'first line of the second'),
  ],
  sql: loadSql(import.meta.url, 'storms.sql'),
  findings(rows): Finding[] {
    const [worst] = rows;
    if (worst === undefined) return [];
    return [
      {
        severity: 'warn',
        text: `${worst.signals} signals in ${worst.ts === null ? 'a capture without time' : 'one second'}, most often ${worst.top_signal}; the busiest pairs: ${worst.top_pairs}`,
        lines: [Number(worst.line_no)],
        confidence: 'exact',
      },
    ];
  },
});
