/** include/trace/events/timer.h */
import { grammar, keyed } from './grammar.js';

export const TIMER_EVENTS = [
  ...['timer_init', 'timer_cancel', 'timer_expire_exit'].map((name) => keyed(name, 'timer:hex', { kernel: 'timer' })),
  // cpu, idx and flags since 4.x, bucket_expiry since 5.x and 6.12
  grammar(
    'timer_start',
    'timer=(\\S+) function=(.*?) expires=(-?\\d+) \\[timeout=(-?\\d+)\\](?: bucket_expiry=(-?\\d+))?(?: cpu=(\\d+) idx=(\\d+) flags=(\\S*))?',
    {
      timer: 'hex',
      func: 'text',
      expires: 'int',
      timeout: 'int',
      bucket_expiry: 'int',
      timer_cpu: 'int',
      idx: 'int',
      timer_flags: 'text',
    },
    { kernel: 'timer function:func expires bucket_expiry now:timeout flags:timer_flags' },
  ),
  grammar('timer_expire_entry', 'timer=(\\S+)(?: function=(.*?))? now=(-?\\d+)(?: baseclk=(-?\\d+))?', {
    timer: 'hex',
    func: 'text',
    now: 'int',
    baseclk: 'int',
  }),
  ...['hrtimer_init', 'hrtimer_setup'].map((name) =>
    grammar(name, 'hrtimer=(\\S+)(?: function=(.*?))? clockid=(\\S+) mode=(\\S+)', {
      hrtimer: 'hex',
      func: 'text',
      clockid: 'text',
      mode: 'text',
    }),
  ),
  grammar(
    'hrtimer_start',
    'hrtimer=(\\S+) function=(.*?) expires=(-?\\d+) softexpires=(-?\\d+)(?: mode=(\\S+))?(?: was_armed=(\\d+))?',
    { hrtimer: 'hex', func: 'text', expires: 'int', softexpires: 'int', mode: 'text', was_armed: 'int' },
  ),
  grammar(
    'hrtimer_expire_entry',
    'hrtimer=(\\S+)(?: function=(.*?))? now=(-?\\d+)',
    { hrtimer: 'hex', func: 'text', now: 'int' },
    { kernel: 'hrtimer now function:func' },
  ),
  ...['hrtimer_cancel', 'hrtimer_expire_exit'].map((name) => keyed(name, 'hrtimer:hex', { kernel: 'hrtimer' })),
  grammar('itimer_state', 'which=(\\d+) expires=(-?\\d+)(?:\\.(\\d+))? it_value=(-?[\\d.]+) it_interval=(-?[\\d.]+)', {
    which: 'int',
    expires_s: 'int',
    expires_fraction: 'text',
    it_value: 'text',
    it_interval: 'text',
  }),
  keyed('itimer_expire', 'which:int pid>task_pid:int now:int'),
  grammar('tick_stop', 'success=(\\d+) (?:dependency=(\\S+)|msg=(.*))', {
    success: 'int',
    dependency: 'text',
    msg: 'text',
  }),
];
