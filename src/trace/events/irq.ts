/** include/trace/events/{irq,ipi,csd}.h, arch/x86/include/asm/trace/irq_vectors.h */
import { type EventGrammar, grammar, keyed } from './grammar.js';

/** `vec=3 [action=NET_RX]` */
const softirq = (name: string): EventGrammar =>
  grammar(name, 'vec=(\\d+) \\[action=(\\S+)\\]', { vec: 'int', action: 'text' }, { kernel: 'vec' });

const VECTORS = [
  ...['local_timer', 'spurious_apic', 'error_apic', 'x86_platform_ipi', 'irq_work', 'reschedule', 'call_function'],
  ...['call_function_single', 'threshold_apic', 'deferred_error_apic', 'thermal_apic'],
];

export const IRQ_EVENTS = [
  keyed('irq_handler_entry', 'irq:int name>handler:text', { kernel: 'irq name:handler' }),
  grammar(
    'irq_handler_exit',
    'irq=(\\d+) ret=(handled|unhandled)',
    { irq: 'int', ret: 'text' },
    { other: [['irq=(\\d+) return=(handled|unhandled)', 'irq ret']] },
  ),
  ...['softirq_entry', 'softirq_exit', 'softirq_raise'].map(softirq),
  ...['tasklet_entry', 'tasklet_exit', 'tasklet_hi_entry', 'tasklet_hi_exit'].map((name) =>
    grammar(name, '(?:tasklet=(\\S+) )?function=(.*)', { tasklet: 'hex', func: 'text' }),
  ),
  ...VECTORS.flatMap((vector) => ['entry', 'exit'].map((end) => keyed(`${vector}_${end}`, 'vector:int'))),
  grammar('ipi_raise', 'target_mask=(\\S+) \\((.*)\\)', { target_mask: 'text', reason: 'text' }),
  ...['ipi_entry', 'ipi_exit'].map((name) => grammar(name, '\\((.*)\\)', { reason: 'text' })),
  keyed('ipi_send_cpu', 'cpu>target_cpu:int callsite:text callback:text'),
  keyed('ipi_send_cpumask', 'cpumask:word callsite:text callback:text'),
  keyed('csd_queue_cpu', 'cpu>target_cpu:int callsite:text func:word csd:hex'),
  ...['csd_function_entry', 'csd_function_exit'].map((name) =>
    grammar(name, 'func=(.*), csd=(\\S+)', { func: 'text', csd: 'hex' }),
  ),
];
