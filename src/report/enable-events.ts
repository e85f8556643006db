import type { PlannedProbes } from '../trace/capture/plan.js';
import { PURPOSES } from '../trace/capture/purposes.js';

/** The commands that make the next capture answer a question: event names to lines for a root shell on the target. */
const GROUPS: readonly (readonly [pattern: RegExp, group: string])[] = [
  [/^sys_(?:enter|exit)_/, 'syscalls'],
  [/^sys_(?:enter|exit)$/, 'raw_syscalls'],
  [/^sched_/, 'sched'],
  [/^signal_/, 'signal'],
  [/^task_/, 'task'],
  [/^(?:kfree_skb|consume_skb|skb_)/, 'skb'],
  [/^(?:net_|netif_)/, 'net'],
  [/^(?:napi_poll)$/, 'napi'],
  [/^(?:irq_handler_|softirq_|tasklet_)/, 'irq'],
  [/^(?:mm_page_|kmalloc|kfree|kmem_|mm_)/, 'kmem'],
  [/^(?:block_)/, 'block'],
  [/^(?:timer_|hrtimer_|itimer_)/, 'timer'],
  [/^(?:page_fault_)/, 'exceptions'],
  [/^(?:oom_|mark_victim)/, 'oom'],
  [/^(?:tcp_)/, 'tcp'],
  [/^(?:exit_mmap)/, 'mmap'],
];

const ROOT = '/sys/kernel/tracing';

/** `echo 1 > .../enable` where the group is known; the kernel's set_event takes a bare name otherwise. */
export function enableCommand(event: string): string | null {
  if (!/^[A-Za-z_][\w]*(?::[\w*]+)?\*?$/.test(event)) return null;
  const [first = '', second] = event.split(':');
  if (second !== undefined)
    return second === '*'
      ? `echo 1 > ${ROOT}/events/${first}/enable`
      : `echo 1 > ${ROOT}/events/${first}/${second}/enable`;
  if (/^sys_(?:enter|exit)_\*$/.test(event)) return `echo 1 > ${ROOT}/events/syscalls/enable`;
  if (event.endsWith('*')) return `echo '${event}' >> ${ROOT}/set_event`;
  const group = GROUPS.find(([pattern]) => pattern.test(event))?.[1];
  return group === undefined
    ? `echo ${event} >> ${ROOT}/set_event`
    : `echo 1 > ${ROOT}/events/${group}/${event}/enable`;
}

/** A probe has to be made before it can be enabled: the first of those that a capture script makes. */
const EXAMPLE_PROBES = PURPOSES.calls.probes.slice(0, 1).flatMap(({ name, ways, returns }: PlannedProbes) => {
  const { symbol, args } = ways[0] as PlannedProbes['ways'][number];
  return [
    `echo 'p:${name} ${symbol} ${args.replaceAll('@', '$arg')}' >> ${ROOT}/kprobe_events`,
    `echo 'r:${name}_ret ${symbol} ${returns}' >> ${ROOT}/kprobe_events`,
  ];
});

/** All commands of a list, each once, in order. */
export function enableCommands(events: readonly string[]): string[] {
  const commands = events.flatMap((event) => [...(event === 'kprobes:*' ? EXAMPLE_PROBES : []), enableCommand(event)]);
  return [...new Set(commands.filter((command) => command !== null))];
}
