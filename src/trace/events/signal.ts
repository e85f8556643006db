/** include/trace/events/signal.h; `grp` and `res` since 3.4. */
import { grammar } from './grammar.js';

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
  ),
  grammar('signal_deliver', 'sig=(\\d+) errno=(-?\\d+) code=(-?\\d+) sa_handler=([0-9a-f]+) sa_flags=([0-9a-f]+)', {
    sig: 'int',
    errno: 'int',
    code: 'int',
    sa_handler: 'hex',
    sa_flags: 'hex',
  }),
  grammar('signal_overflow_fail', 'sig=(\\d+) group=(\\d+) errno=(-?\\d+) code=(-?\\d+)', {
    sig: 'int',
    group: 'int',
    errno: 'int',
    code: 'int',
  }),
  grammar('signal_lose_info', 'sig=(\\d+) group=(\\d+) errno=(-?\\d+) code=(-?\\d+)', {
    sig: 'int',
    group: 'int',
    errno: 'int',
    code: 'int',
  }),
];
