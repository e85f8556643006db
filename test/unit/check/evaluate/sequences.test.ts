/** Sequences beyond the plain one: whose events they are, fields of earlier steps, the end of the capture, enabled events. */
import { describe, expect, it } from 'vitest';
import { judgeOne, traceOf } from '../../../support/check.js';

const TRACE = traceOf(`
            bash-10      [000] .....     1.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20
            bash-11      [000] .....     1.000005: sched_process_exec: filename=/bin/x pid=11 old_pid=11
           a.out-20      [001] .....     1.000010: sched_process_exec: filename=/bin/a pid=20 old_pid=20
           a.out-20      [001] .....     1.000020: sched_process_exit: comm=a.out pid=20 prio=120
`);
const FORK = '{ event: sched_process_fork, as: fork }';
const EXEC = '{ event: sched_process_exec }';
const CHILD = '{ event: sched_process_exec, match: { pid: fork.child_pid } }';
const status = async (assert: string, more = ''): Promise<[string, string]> => {
  const rule = await judgeOne(TRACE, assert, more);
  return [rule.status, rule.found];
};

describe('sequence', () => {
  it.each([
    ['of one task', `{ sequence: [ ${FORK}, ${EXEC} ] }`, 'failed', 'no sched_process_exec follows (1 of 1)'],
    ['of one CPU', `{ sequence: [ ${FORK}, ${EXEC} ], per: cpu, within: 5us }`, 'passed', '1 time'],
    [
      'of the whole capture',
      `{ sequence: [ ${EXEC}, { event: sched_process_exit } ], per: capture, within: 10us, happens: eventually }`,
      'passed',
      '1 time',
    ],
    [
      'by a field of an earlier step',
      `{ sequence: [ ${FORK}, ${CHILD}, { event: sched_process_exit } ], within: 20us }`,
      'passed',
      '1 time',
    ],
    ['too late', `{ sequence: [ ${FORK}, ${CHILD} ], within: 9us }`, 'failed', 'it took 10 us (1 of 1)'],
    [
      'by a field and the CPU, which differs',
      `{ sequence: [ ${FORK}, ${CHILD} ], per: cpu }`,
      'failed',
      'no sched_process_exec follows (1 of 1)',
    ],
    ['that must not happen', `{ sequence: [ ${FORK}, ${CHILD} ], happens: never }`, 'failed', '1 time'],
    [
      'that must not happen so soon',
      `{ sequence: [ ${FORK}, ${CHILD} ], happens: never, within: 9us }`,
      'passed',
      'not once',
    ],
    [
      'cut off by the end of the capture',
      `{ sequence: [ ${FORK}, ${EXEC} ], within: 1h }`,
      'not-applicable',
      'all 1 are cut off by the end of the capture',
    ],
    [
      'whose first event does not happen',
      `{ sequence: [ { event: sched_process_fork, where: "child_pid = 9" }, ${EXEC} ] }`,
      'not-applicable',
      'sched_process_fork where child_pid = 9 did not happen',
    ],
  ])('%s', async (_what, assert, expected, found) => {
    expect(await status(assert)).toEqual([expected, found]);
  });

  it('names a step that there is, and a column that the event has', async () => {
    await expect(
      status(`{ sequence: [ ${FORK}, { event: sched_process_exec, match: { pid: fokr.child_pid } } ] }`),
    ).rejects.toThrow(
      'rules.yaml:2: rule "one": match.pid: fokr.child_pid names no earlier step (fork); did you mean fork?',
    );
    await expect(
      status(`{ sequence: [ ${FORK}, { event: sched_process_exec, match: { pid: fork.child } } ] }`),
    ).rejects.toThrow(/rule "one": SQL: .*child/);
    await expect(status('{ never: { event: sched_process_exec, where: "pid = 1) OR (1 = 1" } }')).rejects.toThrow(
      'is no SQL condition',
    );
  });
});

describe('absence', () => {
  it.each([
    ['for a time', '{ absent: sched_process_exit, after: { event: sched_process_exec }, within: 9us }', 'passed'],
    [
      'for a longer time',
      '{ absent: sched_process_exit, after: { event: sched_process_exec }, within: 10us }',
      'failed',
    ],
    ['to the end', '{ absent: sched_process_exit, after: { event: sched_process_exec } }', 'failed'],
    [
      'of another task',
      '{ absent: sched_process_exit, after: { event: sched_process_exec, where: "pid = 11" } }',
      'passed',
    ],
    [
      'after what does not happen',
      '{ absent: sched_process_exit, after: { event: sched_process_exec, where: "pid = 1" } }',
      'not-applicable',
    ],
  ])('%s', async (_what, assert, expected) => {
    expect((await status(assert))[0]).toBe(expected);
  });
});

describe('an event that the recording enables and that does not occur', () => {
  it.each([
    ['did not happen', '{ never: signal_generate }', 'passed'],
    ['did not happen, whatever the condition', '{ never: { event: signal_generate, where: "sig = 9" } }', 'passed'],
    ['is missing where it must happen', '{ eventually: signal_generate }', 'failed'],
    ['does not follow', `{ sequence: [ ${FORK}, { event: signal_generate } ] }`, 'failed'],
    ['leaves an analysis without rows', '{ analysis: signals, rows: 0 }', 'passed'],
    ['says nothing where all of them are asked for', '{ always: signal_generate, holds: "sig = 9" }', 'not-applicable'],
  ])('%s', async (_what, assert, expected) => {
    expect((await judgeOne(TRACE, assert, '', 'enabled: [signal_*]\n')).status).toBe(expected);
    expect((await judgeOne(TRACE, assert)).status).toBe('not-applicable');
  });
});
