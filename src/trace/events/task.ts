/** include/trace/events/{task,oom}.h and the process events of sched.h. */
import { grammar, keyed } from './grammar.js';

export const TASK_EVENTS = [
  grammar(
    'sched_process_fork',
    'comm=(.*) pid=(\\d+) child_comm=(.*) child_pid=(\\d+)',
    { parent_comm: 'text', parent_pid: 'int', child_comm: 'text', child_pid: 'int' },
    {
      kernel: 'parent_comm parent_pid child_comm child_pid',
      other: [['parent (.*):(\\d+) {1,2}child (.*):(\\d+)', 'parent_comm parent_pid child_comm child_pid']],
    },
  ),
  grammar(
    'sched_process_exec',
    'filename=(.*) pid=(\\d+) old_pid=(\\d+)',
    { filename: 'text', task_pid: 'int', old_pid: 'int' },
    { kernel: 'filename pid:task_pid old_pid' },
  ),
  grammar(
    'sched_prepare_exec',
    'interp=(.*) filename=(.*) pid=(\\d+) comm=(.*)',
    { interp: 'text', filename: 'text', task_pid: 'int', task_comm: 'text' },
    { kernel: 'interp filename pid:task_pid comm:task_comm' },
  ),
  // group_dead since 6.16
  grammar(
    'sched_process_exit',
    'comm=(.*) pid=(\\d+) prio=(-?\\d+)(?: group_dead=(true|false))?',
    { task_comm: 'text', task_pid: 'int', prio: 'int', group_dead: 'bool' },
    {
      kernel: 'comm:task_comm pid:task_pid prio',
      other: [
        ['task (.*):(\\d+) \\[(-?\\d+)\\]', 'task_comm task_pid prio'],
        [
          'comm=(.*) pid=0x[0-9a-f]+ \\((\\d+)\\) prio=0x[0-9a-f]+ \\((-?\\d+)\\) group_dead=\\(([01])\\)',
          'task_comm task_pid prio group_dead',
        ],
      ],
    },
  ),
  ...['sched_process_free', 'sched_process_wait', 'sched_wait_task'].map((name) =>
    grammar(
      name,
      'comm=(.*) pid=(\\d+) prio=(-?\\d+)',
      { task_comm: 'text', task_pid: 'int', prio: 'int' },
      {
        kernel: 'comm:task_comm pid:task_pid prio',
        other: [['task (.*):(\\d+) \\[(-?\\d+)\\]', 'task_comm task_pid prio']],
      },
    ),
  ),
  keyed('sched_process_hang', 'comm>task_comm:text pid>task_pid:int'),
  grammar(
    'task_newtask',
    'pid=(\\d+) comm=(.*) clone_flags=([0-9a-f]+) oom_score_adj=(-?\\d+)',
    { task_pid: 'int', task_comm: 'text', clone_flags: 'hex', oom_score_adj: 'int' },
    { kernel: 'pid:task_pid comm:task_comm clone_flags oom_score_adj' },
  ),
  // Some 6.15 .. 6.18 kernels print no pid.
  grammar(
    'task_rename',
    '(?:pid=(\\d+) )?oldcomm=(.*) newcomm=(.*) oom_score_adj=(-?\\d+)',
    { task_pid: 'int', oldcomm: 'text', newcomm: 'text', oom_score_adj: 'int' },
    { kernel: 'pid:task_pid oldcomm newcomm oom_score_adj' },
  ),
  keyed('task_prctl_unknown', 'option:int arg2:int arg3:int arg4:int arg5:int'),
  // 6.9 and stable back-ports print the long form, which mixes = and :
  grammar(
    'mark_victim',
    'pid=(\\d+)(?: comm=(.*) total-vm=(\\d+)kB anon-rss=(\\d+)kB file-rss:(\\d+)kB shmem-rss:(\\d+)kB uid=(\\d+) pgtables=(\\d+)kB oom_score_adj=(-?\\d+))?',
    {
      task_pid: 'int',
      task_comm: 'text',
      total_vm_kb: 'int',
      anon_rss_kb: 'int',
      file_rss_kb: 'int',
      shmem_rss_kb: 'int',
      uid: 'int',
      pgtables_kb: 'int',
      oom_score_adj: 'int',
    },
  ),
  ...['wake_reaper', 'start_task_reaping', 'finish_task_reaping', 'skip_task_reaping'].map((name) =>
    keyed(name, 'pid>task_pid:int'),
  ),
  keyed('oom_score_adj_update', 'pid>task_pid:int comm>task_comm:text oom_score_adj:int', {
    kernel: 'pid:task_pid comm:task_comm oom_score_adj',
  }),
];
