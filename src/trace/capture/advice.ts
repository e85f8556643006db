/** Which script records what a question misses: the purposes asked the other way round. */
import { PURPOSE_NAMES, type Purpose, type PurposeName } from './plan.js';
import { PURPOSES } from './purposes.js';

/** Events that a whole system stands for in a plan. */
const SYSTEMS: Readonly<Record<string, RegExp>> = { net: /^(?:net_|netif_|napi_gro_)/ };
/** Side files, which every script saves, and the words that stand for a probe on the path of an open. */
const ALWAYS = ['--dmesg FILE'];
const PATHS = ['kprobes:do_sys_openat2', 'path=+0($arg2):string'];

/** Does the script of this purpose record an event, as `needs` of an analysis names it? */
function records({ events, syscalls, everybodysSyscalls, probes }: Purpose, event: string): boolean {
  if (ALWAYS.includes(event)) return true;
  if (event === 'kprobes:*') return probes.some(({ returns }) => returns !== undefined);
  if (PATHS.includes(event)) return probes.some(({ ways }) => ways.some(({ args }) => args.startsWith('path=')));
  const call = /^sys_(?:enter|exit)_(\w+|\*)$/.exec(event)?.[1];
  if (call !== undefined)
    return syscalls === 'all' || (call !== '*' && [...syscalls, ...everybodysSyscalls].includes(call));
  return events.some(({ event: planned }) => {
    const [system = '', name] = planned.split('/');
    return name === undefined ? SYSTEMS[system]?.test(event) === true : name === event;
  });
}

/** The purposes in the order in which they are offered: those that record least first. */
const NARROW_FIRST: readonly PurposeName[] = ['sched', 'packets', 'signals', 'files', 'calls', 'life'];

/** The purpose whose script records all of these; undefined: none does, or nothing is asked for. */
export function purposeFor(events: readonly string[]): PurposeName | undefined {
  if (events.length === 0) return undefined;
  return NARROW_FIRST.find((name) => events.every((event) => records(PURPOSES[name], event)));
}

/** The purposes whose scripts together record what can be recorded of these, in the order of the help. */
export function purposesFor(groups: readonly (readonly string[])[]): PurposeName[] {
  const found = new Set(groups.map(purposeFor));
  // What a broader purpose records as well needs no script of its own.
  const kept = [...found].filter(
    (name) =>
      name !== undefined &&
      ![...found].some(
        (other) =>
          other !== undefined &&
          other !== name &&
          groups
            .filter((group) => purposeFor(group) === name)
            .every((group) => group.every((event) => records(PURPOSES[other], event))),
      ),
  );
  return PURPOSE_NAMES.filter((name) => kept.includes(name));
}
