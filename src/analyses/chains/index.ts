import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { causeParam, senderParam, signalParam } from '../params.js';
import { timeLost } from './time-lost.js';

export default defineAnalysis({
  id: 'chains',
  title: 'Chains from kill to reap',
  question: 'How long did each step take from the signal that killed a process until it was reaped?',
  needs: [
    ['signal_generate', 'signal_deliver'],
    ['signal_generate', 'sched_process_exit'],
  ],
  params: [senderParam, signalParam, causeParam],
  columns: [
    nanos('ts', 'Time', 'when the killing signal was generated'),
    integer('pid', 'PID', 'process that was killed'),
    text('comm', 'Comm', 'its name'),
    text('signal', 'Signal', 'signal that killed it'),
    nanos('send_dur', 'Send', 'from the enter of the sending syscall to signal_generate'),
    nanos('deliver_dur', 'Deliver', 'from signal_generate to signal_deliver'),
    nanos('die_dur', 'Die', 'from signal_deliver until the parent was told'),
    nanos('zombie_dur', 'Zombie', 'from telling the parent until the reap'),
    nanos('total_dur', 'Total', 'from the send, or the generate, to the reap'),
    integer('sender_pid', 'Sender', 'who sent it'),
    text('sender_comm', 'Sender comm', 'name of the sender'),
    text('cause', 'Cause', 'how it was sent'),
    text('longest', 'Where the time went', 'the step that took longest, in words'),
    integer('reaper_pid', 'Reaper', 'who reaped it'),
    text('verdict', 'In words', 'the chain in a sentence'),
    text('confidence', 'Confidence', 'exact, or inferred where a step is'),
    line('send_line_no', 'Send line', 'enter of the sending syscall'),
    line('line_no', 'Line', 'signal_generate'),
    line('deliver_line_no', 'Deliver line', 'signal_deliver'),
    line('notify_line_no', 'Notify line', 'signal_generate that told the parent'),
    line('reap_line_no', 'Reap line', 'return of the wait'),
  ],
  sql: loadSql(import.meta.url, 'chains.sql'),
  findings: timeLost,
});
