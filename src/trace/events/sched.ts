/** include/trace/events/sched.h, the text since 2.6.33; 2.6.32 and trace-cmd's plugins print it in other words. */
import { type EventGrammar, grammar, keyed } from './grammar.js';

const wakeup = (name: string): EventGrammar =>
  // success until 4.2
  grammar(
    name,
    'comm=(.*) pid=(\\d+) prio=(-?\\d+)(?: success=(\\d+))? target_cpu=(\\d+)',
    { task_comm: 'text', task_pid: 'int', prio: 'int', success: 'int', target_cpu: 'int' },
    {
      kernel: 'comm:task_comm pid:task_pid prio target_cpu',
      other: [
        ['task (.*):(\\d+) \\[(-?\\d+)\\] success=(\\d+) \\[(\\d+)\\]', 'task_comm task_pid prio success target_cpu'],
        [
          '(.*):(\\d+) \\[(-?\\d+)\\](?: success=(\\d+))?(?: CPU:(\\d+))?',
          'task_comm task_pid prio success target_cpu',
        ],
      ],
    },
  );

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
    {
      kernel: 'prev_comm prev_pid prev_prio prev_state/state next_comm next_pid next_prio',
      other: [
        [
          '(?:task )?(.*):(\\d+) \\[(-?\\d+)\\] \\(?([^\\s()]+)\\)? ==> (.*):(\\d+) \\[(-?\\d+)\\]',
          'prev_comm prev_pid prev_prio prev_state next_comm next_pid next_prio',
        ],
      ],
    },
  ),
  ...['sched_waking', 'sched_wakeup', 'sched_wakeup_new'].map(wakeup),
  grammar(
    'sched_migrate_task',
    'comm=(.*) pid=(\\d+) prio=(-?\\d+) orig_cpu=(\\d+) dest_cpu=(\\d+)(?: running=(\\d+))?',
    { task_comm: 'text', task_pid: 'int', prio: 'int', orig_cpu: 'int', dest_cpu: 'int', running: 'int' },
    {
      kernel: 'comm:task_comm pid:task_pid prio orig_cpu dest_cpu',
      other: [
        ['task (.*):(\\d+) \\[(-?\\d+)\\] from: (\\d+) {1,2}to: (\\d+)', 'task_comm task_pid prio orig_cpu dest_cpu'],
      ],
    },
  ),
  ...['wait', 'sleep', 'iowait', 'blocked'].map((what) =>
    grammar(
      `sched_stat_${what}`,
      'comm=(.*) pid=(\\d+) delay=(\\d+) \\[ns\\]',
      { task_comm: 'text', task_pid: 'int', delay: 'int' },
      {
        kernel: 'comm:task_comm pid:task_pid delay',
        other: [['task: (.*):(\\d+) \\w+: (\\d+) \\[ns\\]', 'task_comm task_pid delay']],
      },
    ),
  ),
  // vruntime until 6.7
  grammar(
    'sched_stat_runtime',
    'comm=(.*) pid=(\\d+) runtime=(\\d+) \\[ns\\](?: vruntime=(\\d+) \\[ns\\])?',
    { task_comm: 'text', task_pid: 'int', runtime: 'int', vruntime: 'int' },
    {
      kernel: 'comm:task_comm pid:task_pid runtime',
      other: [
        [
          'task: (.*):(\\d+) runtime: (\\d+) \\[ns\\],? vruntime: (\\d+) \\[ns\\]',
          'task_comm task_pid runtime vruntime',
        ],
      ],
    },
  ),
  keyed('sched_pi_setprio', 'comm>task_comm:text pid>task_pid:int oldprio:int newprio:int', {
    kernel: 'comm:task_comm pid:task_pid oldprio newprio',
  }),
  // Android: why a task slept uninterruptibly
  keyed('sched_blocked_reason', 'pid>task_pid:int iowait:int caller:text'),
  keyed('sched_wake_idle_without_ipi', 'cpu>target_cpu:int', { kernel: 'cpu:target_cpu' }),
];
