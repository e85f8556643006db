import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'kernel-log',
  title: 'Kernel log',
  question: 'What did the kernel log say, and what was the trace doing then?',
  needs: [['--dmesg FILE']],
  params: [],
  columns: [
    nanos('ts', 'Time', 'as printk stamped it; empty for wall time (dmesg -T)'),
    nanos('trace_ts', 'In the trace', 'the same on the clock of the trace; empty where they have none in common'),
    text('clock', 'Clock', 'how the two clocks differ, and what tells'),
    integer('log_line_no', 'Log line', 'line of the log file'),
    text('kind', 'Kind', 'oom_kill, killed, segfault, trap; entry, after and return of a function; empty: other text'),
    integer('pid', 'PID', 'task that the line is about, or the caller that printed it'),
    text('function', 'Function', 'of an entry or a return'),
    text('ret', 'Returned', 'as printed; of an entry, by the line that closes it'),
    text('errno', 'Error', 'name of the error that it returned'),
    nanos('dur', 'Duration', 'of a call whose two ends are in the log'),
    integer('return_log_line_no', 'Return at', 'line of the log file that closes the call'),
    text('confidence', 'Confidence', 'exact or inferred: are the two ends of one call'),
    text('level', 'Level', 'where the log has it'),
    text('caller', 'Caller', 'T and a pid, or C and a CPU, where the log has it'),
    text('text', 'Text', 'of the line'),
    text('beside', 'Event before', 'last event of the trace at that time; empty where the two have no common time'),
    line('line_no', 'Line', 'its line'),
  ],
  sql: loadSql(import.meta.url, 'kernel-log.sql'),
});
