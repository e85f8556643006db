/** Records of ftrace itself (kernel/trace/trace_entries.h): functions, tracers' own, texts written by users. */
import { type EventGrammar, grammar } from './grammar.js';

/** `vfs_read+0x0/0x10 [mod] <ffffffff812a1b20>` with options sym-offset and sym-addr; arguments since 6.15. */
const FUNCTION =
  '([^\\s(<]\\S*?|\\[[^\\]]+\\])(?:\\+0x[0-9a-f]+/0x[0-9a-f]+)?(?: \\[[\\w-]+\\])?(\\(.*\\))?(?: <([0-9a-f]{8,16})>)?';

/** `   17: 98:I ==> [000]      18: 98:R comm` */
const switching = (name: string): EventGrammar =>
  grammar(name, ' *(\\d+): *(-?\\d+):(.) +(?:==>|\\+) +\\[(\\d+)\\] +(\\d+): *(-?\\d+):(.) (.*)', {
    prev_pid: 'int',
    prev_prio: 'int',
    prev_state: 'text',
    next_cpu: 'int',
    next_pid: 'int',
    next_prio: 'int',
    next_state: 'text',
    next_comm: 'text',
  });

export const FTRACE_EVENTS = [
  grammar(
    'function',
    `${FUNCTION}(?: <--? ?(.+?))?(?: \\(repeats: (\\d+), last_ts: *([\\d.]+)\\))?`,
    {
      func: 'text',
      func_args: 'text',
      address: 'hex',
      parent: 'text',
      repeats: 'int',
      last_ts: 'text',
      // option raw: both as addresses
    },
    { other: [['([0-9a-f]{8,16}) ([0-9a-f]{8,16}) *', 'address parent']] },
  ),
  grammar(
    'funcgraph_entry',
    '(\\S+?)\\((.*)\\)(?: \\{|;)(?: /\\*(?: <-(\\S+))?.*\\*/)?',
    { func: 'text', func_args: 'text', parent: 'text' },
    // irq: 1 in an interrupt that arrows tell of
    { values: ['depth', 'dur', 'irq'] },
  ),
  // the function with option funcgraph-tail; the value with funcgraph-retval: `= 0x0` until 6.12, `ret=0x0` since
  grammar(
    'funcgraph_exit',
    '(?:\\}|(\\S+?)\\((.*)\\);)(?: /\\*(?: <-(\\S+))?(?: ([A-Za-z_.][^\\s=]*))?(?: (?:= |ret=)(-?\\d+|0x[0-9a-f]+))? \\*/)?',
    { leaf: 'text', func_args: 'text', parent: 'text', func: 'text', retval: 'text' },
    { values: ['depth', 'dur'] },
  ),
  switching('context_switch'),
  switching('wakeup'),
  grammar('raw_data', '# ([0-9a-f]+) buf:((?: [0-9a-f]{2})*) *', { id: 'hex', bytes: 'text' }),
  // Android and others: B begin, E end, C counter, S and F asynchronous, I instant ...
  grammar('tracing_mark_write', '(?:([BECSFINGH])(?:\\|(\\d+)(?:\\|([^|\\n]*)(?:\\|([^\\n]*))?)?)?\\n?|(.*))', {
    phase: 'text',
    marker_pid: 'int',
    label: 'text',
    value: 'text',
    text: 'text',
  }),
  // tracer osnoise: times in us; 6 counters since 5.14
  grammar('osnoise', ' *(\\d+) +(\\d+) +(\\d+\\.\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)', {
    runtime_us: 'int',
    noise_us: 'int',
    available_percent: 'text',
    max_single_us: 'int',
    hw: 'int',
    nmi: 'int',
    irq: 'int',
    softirq: 'int',
    thread: 'int',
  }),
  grammar('timerlat', ' *#(\\d+) +context +(\\S+) timer_latency +(\\d+) ns', {
    seq: 'int',
    context: 'text',
    latency: 'int',
  }),
  grammar(
    'hwlat',
    ' *#(\\d+) +inner/outer\\(us\\): +(\\d+)/(\\d+) +ts:(\\d+\\.\\d+)(?: count:(\\d+))?(?: nmi-total:(\\d+))?(?: nmi-count:(\\d+))?',
    { seq: 'int', inner_us: 'int', outer_us: 'int', at: 'text', hits: 'int', nmi_total: 'int', nmi_count: 'int' },
  ),
  // tracepoints of osnoise and timerlat
  ...['irq_noise', 'softirq_noise', 'thread_noise', 'nmi_noise'].map((name) =>
    grammar(name, '(?:(.*?):(\\d+) )?start (\\d+\\.\\d+) duration (\\d+) ns', {
      what: 'text',
      number: 'int',
      start: 'text',
      noise: 'int',
    }),
  ),
  grammar('sample_threshold', 'start (\\d+\\.\\d+) duration (\\d+) ns interference (\\d+)', {
    start: 'text',
    noise: 'int',
    interference: 'int',
  }),
  grammar('branch', '\\[(  ok  | MISS )\\] (.*?):(.*):(\\d+)', {
    result: 'text',
    func: 'text',
    file: 'text',
    line: 'int',
  }),
];
