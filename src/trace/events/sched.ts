/** include/trace/events/sched.h, the text since 2.6.33. */
import { grammar } from './grammar.js';

export const SCHED_EVENTS = [
  grammar(
    'sched_switch',
    'prev_comm=(.*) prev_pid=(\\d+) prev_prio=(-?\\d+) prev_state=(\\S+) ==> next_comm=(.*) next_pid=(\\d+) next_prio=(-?\\d+)',
    {
      prev_comm: 'text',
      prev_pid: 'int',
      prev_prio: 'int',
      prev_state: 'text',
      next_comm: 'text',
      next_pid: 'int',
      next_prio: 'int',
    },
  ),
  // success until 4.2
  ...['sched_waking', 'sched_wakeup', 'sched_wakeup_new'].map((name) =>
    grammar(name, 'comm=(.*) pid=(\\d+) prio=(-?\\d+)(?: success=(\\d+))? target_cpu=(\\d+)', {
      task_comm: 'text',
      task_pid: 'int',
      prio: 'int',
      success: 'int',
      target_cpu: 'int',
    }),
  ),
  grammar(
    'sched_migrate_task',
    'comm=(.*) pid=(\\d+) prio=(-?\\d+) orig_cpu=(\\d+) dest_cpu=(\\d+)(?: running=(\\d+))?',
    {
      task_comm: 'text',
      task_pid: 'int',
      prio: 'int',
      orig_cpu: 'int',
      dest_cpu: 'int',
      running: 'int',
    },
  ),
  ...['sched_stat_wait', 'sched_stat_sleep', 'sched_stat_iowait', 'sched_stat_blocked'].map((name) =>
    grammar(name, 'comm=(.*) pid=(\\d+) delay=(\\d+) \\[ns\\]', { task_comm: 'text', task_pid: 'int', delay: 'int' }),
  ),
  // vruntime until 6.7
  grammar('sched_stat_runtime', 'comm=(.*) pid=(\\d+) runtime=(\\d+) \\[ns\\](?: vruntime=(\\d+) \\[ns\\])?', {
    task_comm: 'text',
    task_pid: 'int',
    runtime: 'int',
    vruntime: 'int',
  }),
  grammar('sched_pi_setprio', 'comm=(.*) pid=(\\d+) oldprio=(-?\\d+) newprio=(-?\\d+)', {
    task_comm: 'text',
    task_pid: 'int',
    oldprio: 'int',
    newprio: 'int',
  }),
];
