/** include/trace/events/signal.h; `grp` and `res` since 3.4. */
import { grammar, keyed } from './grammar.js';

export const SIGNAL_EVENTS = [
  grammar(
    'signal_generate',
    'sig=(\\d+) errno=(-?\\d+) code=(-?\\d+) comm=(.*) pid=(\\d+)(?: grp=(\\d+) res=(\\d+))?',
    {
      sig: 'int',
      errno: 'int',
      code: 'int',
      target_comm: 'text',
      target_pid: 'int',
      grp: 'int',
      res: 'int',
    },
    { kernel: 'sig errno code comm:target_comm pid:target_pid group:grp result:res' },
  ),
  grammar(
    'signal_deliver',
    'sig=(\\d+) errno=(-?\\d+) code=(-?\\d+) sa_handler=([0-9a-f]+) sa_flags=([0-9a-f]+)',
    { sig: 'int', errno: 'int', code: 'int', sa_handler: 'hex', sa_flags: 'hex' },
    { kernel: 'sig errno code sa_handler sa_flags' },
  ),
  // the log of a SystemTap script (ingest/layout-stap.ts)
  grammar(
    'stap_signal',
    'sig\\[(\\d+)\\] (\\S+) was sent to (.*) \\(pid:(\\d+)\\) by exec:(.*) -->:(\\d+) +uid:(\\d+) *',
    {
      sig: 'int',
      sig_name: 'text',
      target_comm: 'text',
      target_pid: 'int',
      sender_comm: 'text',
      sender_pid: 'int',
      uid: 'int',
    },
  ),
  // until 3.3
  keyed('signal_overflow_fail', 'sig:int group:int errno:int code:int'),
  keyed('signal_lose_info', 'sig:int group:int errno:int code:int'),
  // sched:sched_signal_send of 2.6.32
  grammar('sched_signal_send', 'sig: (\\d+)  task (.*):(\\d+)', { sig: 'int', target_comm: 'text', target_pid: 'int' }),
];
