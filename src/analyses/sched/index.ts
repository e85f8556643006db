import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

export default defineAnalysis({
  id: 'sched',
  title: 'Scheduling',
  question: 'How long did each task run, wait for a CPU and sleep, and how fast did it run after a wake-up?',
  needs: [['sched_switch']],
  params: scopeParams,
  columns: [
    integer('pid', 'PID', 'task; each life of a reused pid is a row'),
    text('comm', 'Comm', 'its name'),
    integer('turns', 'Turns', 'times that a CPU switched to it', 'count'),
    nanos('run_dur', 'Ran', 'time on a CPU, where both switches are in the capture'),
    nanos('max_run_dur', 'Longest turn', 'longest time on a CPU without a break'),
    nanos('runnable_dur', 'Waited for CPU', 'time between being ready and running'),
    nanos(
      'sleep_dur',
      'Slept',
      'interruptible sleep, and idle sleep of kernel threads (prev_state S, I), until the wake-up',
    ),
    nanos('uninterruptible_dur', 'Blocked', 'uninterruptible sleep (prev_state D) until the wake-up'),
    nanos('stopped_dur', 'Stopped', 'stopped by a signal or a tracer (prev_state T, t)'),
    integer('wakeups', 'Wake-ups', 'turns that followed a wake-up', 'count'),
    nanos(
      'p50_wakeup_latency',
      'Wake-up median',
      'from wake-up to running, median; from sched_waking where it is recorded',
    ),
    nanos('p90_wakeup_latency', 'Wake-up p90', 'from wake-up to running, 90 %'),
    nanos('p99_wakeup_latency', 'Wake-up p99', 'from wake-up to running, 99 %'),
    nanos('max_wakeup_latency', 'Wake-up max', 'from wake-up to running, longest'),
    integer('preempted', 'Preempted', 'turns that ended although it could go on (prev_state R, R+)', 'count'),
    integer('uninterruptible', 'Times blocked', 'turns that ended in uninterruptible sleep', 'count'),
    text('confidence', 'Confidence', 'inferred where lines are missing: a turn may then hide a break'),
    line('max_line_no', 'Longest at', 'line of the switch after the longest wake-up'),
    line('line_no', 'First at', 'line of its first turn'),
    integer('task_id', 'Task', 'one per life of a pid'),
  ],
  sql: loadSql(import.meta.url, 'sched.sql'),
  parts: {
    keys: ['task_id'],
    facets: ['cpu', 'ts'],
    measures: ['turns', 'run_dur'],
    sql: loadSql(import.meta.url, 'parts.sql'),
  },
  findings(rows): Finding[] {
    const guessed = rows.find((row) => row.confidence === 'inferred');
    if (guessed === undefined) return [];
    return [
      {
        severity: 'info',
        text: 'lines are missing from the capture, or it has no sched_waking: times are inferred, and left out where a gap could hide a switch',
        lines: [Number(guessed.line_no)],
        confidence: 'inferred',
      },
    ];
  },
});
