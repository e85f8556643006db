import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { causeParam, scopeParams, senderParam, signalParam, targetParam } from '../params.js';

export default defineAnalysis({
  id: 'signal-pairs',
  title: 'Who signals whom',
  question: 'Which pairs of sender and target exchange how many signals?',
  needs: [['signal_generate'], ['signal_deliver'], ['stap_signal']],
  params: [senderParam, targetParam, signalParam, causeParam, ...scopeParams],
  columns: [
    integer('sender_pid', 'Sender', 'empty where no task asked for it, or where the capture does not show who did'),
    text('sender_comm', 'Sender comm', 'name of the sender'),
    integer('target_pid', 'Target', 'task or process it was sent to'),
    text('target_comm', 'Target comm', 'name of the target'),
    text('signal', 'Signal', 'name'),
    text('cause', 'Cause', 'what generated it'),
    integer(
      'signals',
      'Signals',
      'how many were generated; where the capture has no signal_generate, how many arrived',
      'count',
    ),
    integer('delivered', 'Delivered', 'how many were seen to arrive', 'count'),
    integer('ignored', 'Ignored', 'how many the kernel dropped because the target ignores them', 'count'),
    nanos('avg_latency', 'Average latency', 'from generated to delivered'),
    nanos('max_latency', 'Longest latency', 'from generated to delivered'),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'signal-pairs.sql'),
  parts: {
    keys: ['sender_pid', 'target_pid', 'signal', 'cause'],
    facets: ['cpu', 'ts'],
    measures: ['signals', 'delivered', 'ignored'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
});
