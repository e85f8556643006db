import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { causeParam, senderParam, signalParam, targetParam } from '../params.js';

export default defineAnalysis({
  id: 'signals',
  title: 'Signals',
  question: 'Who sent which signal to whom, why, and did it arrive?',
  needs: [['signal_generate'], ['signal_deliver'], ['stap_signal']],
  params: [senderParam, targetParam, signalParam, causeParam],
  columns: [
    nanos('ts', 'Time', 'when it was generated; when it was delivered where the capture has no signal_generate'),
    text('signal', 'Signal', 'name'),
    integer('sender_pid', 'Sender', 'empty where no task asked for it, or where the capture does not show who did'),
    text('sender_comm', 'Sender comm', 'name of the sender'),
    integer('target_pid', 'Target', 'task or process it was sent to'),
    text('target_comm', 'Target comm', 'name of the target'),
    text('cause', 'Cause', 'what generated it'),
    text(
      'result',
      'Result',
      'what the kernel noted when it was generated: delivered (its word for queued: see arrival), ignored, already_pending, overflow_fail, lose_info',
    ),
    text(
      'arrival',
      'Arrival',
      'what became of it: delivered, taken (by sigwaitinfo), dropped (ignored, one was pending already, or the queue was full), not shown (queued: it may be pending)',
    ),
    text('code_name', 'Code', 'si_code by name'),
    text('disposition', 'Disposition', 'what the delivery met: default, ignore or handler'),
    nanos('latency', 'Latency', 'from generated to delivered'),
    text('evidence', 'Evidence', 'what the cause rests on'),
    text('confidence', 'Confidence', 'of the cause: exact or inferred'),
    line('line_no', 'Line', 'line of signal_generate'),
    line('deliver_line_no', 'Delivered at', 'line of signal_deliver'),
  ],
  sql: loadSql(import.meta.url, 'signals.sql'),
});
