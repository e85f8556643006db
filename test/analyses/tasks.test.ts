import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

const COLUMNS = ['pid', 'comm', 'parent_pid', 'death', 'exit_code', 'exit_signal', 'zombie_dur', 'reaper_pid'];

it('[A] lists each task with its parent and its end', async () => {
  const { csv } = await answer('tasks', KILLED, { columns: COLUMNS });
  expect(csv).toBe(`${COLUMNS.join(',')}\n10,bash,,alive,,,,\n20,a.out,10,killed,,SIGKILL,100000,10`);
});

it('[A] keeps the lives of a reused pid apart', async () => {
  const life = (at: number, code: number): string => `
            bash-10      [000] .....     ${at}.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20
               x-20      [001] .....     ${at}.000100: sys_exit_group(error_code: ${code})
               x-20      [001] .....     ${at}.000200: sched_process_exit: comm=x pid=20 prio=120
               x-20      [001] d..2.     ${at}.000300: signal_generate: sig=17 errno=0 code=1 comm=bash pid=10 grp=1 res=1`;
  // It is alive for sure only where it acts after the last place that could hide its end.
  const alive = '\n            bash-10      [000] .....     3.000000: sys_enter_getpid()\n';
  const { csv } = await answer('tasks', life(1, 3) + life(2, 4) + alive, { columns: ['pid', 'death', 'exit_code'] });
  expect(csv).toBe('pid,death,exit_code\n10,alive,\n20,exited,3\n20,exited,4');
});

it('[A] stands children below their parent, and counts the lives of a pid', async () => {
  const { rows } = await answer(
    'tasks',
    `
            bash-10      [000] .....     1.000000: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=20
             sub-20      [001] .....     1.000100: sched_process_fork: comm=sub pid=20 child_comm=sub child_pid=30
            leaf-30      [001] .....     1.000200: sched_process_exit: comm=leaf pid=30 prio=120
            bash-10      [000] .....     1.000300: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=40
            bash-10      [000] .....     1.000400: sched_process_fork: comm=bash pid=10 child_comm=bash child_pid=30
           again-30      [001] .....     1.000500: sched_process_exit: comm=again pid=30 prio=120`,
  );
  expect(rows.map((row) => [row.tree, row.life, row.lives])).toEqual([
    ['bash 10', 1, 1],
    ['  bash 20', 1, 1],
    ['    leaf 30', 1, 2],
    ['  bash 40', 1, 1],
    ['  again 30', 2, 2],
  ]);
});
