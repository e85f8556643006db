import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] tells one process from its fork to its reap', async () => {
  const { rows } = await answer('life', KILLED, { params: { pid: 20 } });
  expect(rows.map((row) => row.kind)).toEqual([
    'fork',
    'exec_enter',
    'exec',
    'open',
    'map',
    'open',
    'generate',
    'deliver',
    'exit',
    'generate',
    'reap',
  ]);
});

it('[A] chooses among the lives of a pid, and says how many there are', async () => {
  const fork = (second: number): string => `
            bash-10      [000] .....     ${second}.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20
           job${second}-20      [001] .....     ${second}.000100: sys_exit_group(error_code: ${second})
           job${second}-20      [001] .....     ${second}.000200: sched_process_exit: comm=job${second} pid=20 prio=120`;
  const records = fork(1) + fork(2) + fork(3);
  const last = await answer('life', records, { params: { pid: 20 } });
  expect(last.rows[1]).toMatchObject({ text: 'job3 20 calls exit with code 3', life: 3, lives: 3 });
  expect(last.findings[0]?.text).toContain('3 lives in the capture, this is life 3');
  const second = await answer('life', records, { params: { pid: 20, life: 2 } });
  expect(second.rows[1]).toMatchObject({ text: 'job2 20 calls exit with code 2', life: 2 });
  expect((await answer('life', records, { params: { pid: 20, life: 4 } })).status).toBe('empty');
});

it('[A] tells of a parent whom it started, what it sent, and whom it reaped', async () => {
  const { rows } = await answer('life', KILLED, { params: { pid: 10 } });
  expect(rows.map((row) => row.kind)).toEqual(['fork', 'send', 'generate', 'generate', 'wait_enter', 'reap']);
});
