import { BLOCK_EVENTS } from './block.js';
import { FILE_EVENTS } from './file.js';
import { FTRACE_EVENTS } from './ftrace.js';
import type { EventGrammar } from './grammar.js';
import { IRQ_EVENTS } from './irq.js';
import { MEMORY_EVENTS } from './memory.js';
import { NET_EVENTS } from './net.js';
import { SCHED_EVENTS } from './sched.js';
import { SIGNAL_EVENTS } from './signal.js';
import { SYSTEM_EVENTS } from './system.js';
import { TASK_EVENTS } from './task.js';
import { TCP_EVENTS } from './tcp.js';
import { TIMER_EVENTS } from './timer.js';
import { WORKQUEUE_EVENTS } from './workqueue.js';

export type { EventGrammar, FieldType, TextForm } from './grammar.js';

const CORE = [SIGNAL_EVENTS, TASK_EVENTS, SCHED_EVENTS, FILE_EVENTS].flat();
const OTHER = [
  ...[NET_EVENTS, TCP_EVENTS, IRQ_EVENTS, TIMER_EVENTS, WORKQUEUE_EVENTS, BLOCK_EVENTS],
  ...[MEMORY_EVENTS, SYSTEM_EVENTS, FTRACE_EVENTS],
].flat();

/** Events whose text is known; every other event's columns are inferred from its lines. */
export const KNOWN_EVENTS: ReadonlyMap<string, EventGrammar> = new Map([...CORE, ...OTHER].map((g) => [g.name, g]));

/** Known events whose relation exists in every store, empty where a capture does not have them. */
export const CORE_EVENTS: ReadonlySet<string> = new Set([
  ...CORE.map(({ name }) => name),
  ...['kfree_skb', 'consume_skb', 'skb_copy_datagram_iovec', 'net_dev_queue', 'net_dev_start_xmit', 'net_dev_xmit'],
  ...['netif_receive_skb', 'netif_rx', 'napi_poll'],
]);
