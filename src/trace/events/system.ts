/** include/trace/events/{module,power,raw_syscalls,printk}.h, a little of kvm. */
import { grammar, keyed } from './grammar.js';

export const SYSTEM_EVENTS = [
  // six values however many the call takes
  grammar(
    'sys_enter',
    'NR (-?\\d+) \\(([0-9a-f]+), ([0-9a-f]+), ([0-9a-f]+), ([0-9a-f]+), ([0-9a-f]+), ([0-9a-f]+)\\)',
    { nr: 'int', a0: 'hex', a1: 'hex', a2: 'hex', a3: 'hex', a4: 'hex', a5: 'hex' },
  ),
  grammar('sys_exit', 'NR (-?\\d+) = (-?\\d+)', { nr: 'int', ret: 'int' }, { kernel: 'id:nr ret' }),
  grammar('module_load', '(\\S*) ?(.*)', { module: 'text', taints: 'text' }),
  grammar('module_free', '(.*)', { module: 'text' }),
  ...['module_get', 'module_put'].map((name) =>
    grammar(name, '(\\S*) call_site=(.*?) refcnt=(-?\\d+)', { module: 'text', call_site: 'text', refcnt: 'int' }),
  ),
  grammar('module_request', '(\\S*) wait=(\\d+) call_site=(.*)', { module: 'text', wait: 'int', call_site: 'text' }),
  // 4294967295 is leaving the state
  ...['cpu_idle', 'cpu_frequency'].map((name) => keyed(name, 'state:int cpu_id:int', { kernel: 'state cpu_id' })),
  keyed('cpu_frequency_limits', 'min:int max:int cpu_id:int'),
  grammar('suspend_resume', '(.*)\\[(-?\\d+)\\] (begin|end)', { action: 'text', val: 'int', phase: 'text' }),
  ...['wakeup_source_activate', 'wakeup_source_deactivate'].map((name) =>
    grammar(name, '(.*) state=0x([0-9a-f]+)', { source: 'text', state: 'hex' }),
  ),
  grammar('console', '(?:\\[ *(\\d+\\.\\d+)\\](?:\\[.{5,9}\\])? )?(.*)', { stamp: 'text', text: 'text' }),
  grammar('kvm_exit', '(?:vcpu (\\d+) )?reason (\\S+) (?:rip 0x([0-9a-f]+) )?(.*)', {
    vcpu: 'int',
    reason: 'text',
    rip: 'hex',
    rest: 'text',
  }),
  grammar('kvm_entry', 'vcpu (\\d+)(?:, rip 0x([0-9a-f]+))?(.*)', { vcpu: 'int', rip: 'hex', rest: 'text' }),
];
