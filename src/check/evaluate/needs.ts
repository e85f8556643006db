/** Which events a rule needs, and which of them the capture lacks. */
import type { CheckCapture } from '../capture.js';
import { didYouMean } from '../rules/nearest.js';
import { matchesStar } from './words.js';

/** What a rule can rely on: events of the capture, and those that the rules file says the recording enables. */
export interface Events {
  readonly names: ReadonlySet<string>;
  readonly enabled: readonly string[];
}

export const occurs = (name: string, { names }: Pick<Events, 'names'>): boolean =>
  name.includes('*') ? [...names].some((each) => matchesStar(name, each)) : names.has(name);

const known = (name: string, events: Events): boolean =>
  occurs(name, events) || events.enabled.some((pattern) => matchesStar(pattern, name));

/** Of several alternatives the one that lacks the least. */
export function missingOf(needs: readonly (readonly string[])[], events: Events): readonly string[] {
  const lacks = needs.map((all) => all.filter((name) => !known(name, events)));
  const [first, ...rest] = lacks;
  if (first === undefined) return [];
  return rest.reduce((least, list) => (list.length < least.length ? list : least), first);
}

/** `the capture has no X`, with the name that was meant where there is one. */
export function missingText(missing: readonly string[], { names }: Pick<Events, 'names'>): string {
  const [only] = missing;
  const meant = missing.length === 1 && only !== undefined ? didYouMean(only, names) : '';
  return `the capture has no ${missing.join(', ')}${meant || '; enable it when recording'}`;
}

/** Derived tables and the events without which they are empty for want of events, not for want of anything happening. */
const DERIVED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  syscall: [['sys_enter_*'], ['sys_exit_*']],
  signal: [['signal_generate'], ['signal_deliver']],
  wait: [['sys_enter_wait*'], ['sys_exit_wait*']],
  sched: [['sched_switch']],
  mapping: [['sys_enter_mmap', 'sys_exit_mmap']],
  mapping_part: [['sys_enter_mmap', 'sys_exit_mmap']],
  packet_hop: [['net_dev_*'], ['netif_receive_*'], ['napi_gro_*'], ['kfree_skb'], ['consume_skb']],
};

/** Events that a statement reads: relations of schema ev, and what derived tables are made of. */
export async function missingOfSql(sql: string, capture: CheckCapture, events: Events): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const relation of await capture.relationsOf(sql)) {
    const needs = relation.startsWith('ev.') ? [[relation.slice(3)]] : (DERIVED[relation] ?? []);
    for (const name of missingOf(needs, events)) missing.add(name);
  }
  return [...missing];
}
