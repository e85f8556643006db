/** Numbers with one name each: errors, signals, protocols and the like, as reference relations and macros. */
import { ERRNO_NAMES } from '../../trace/errno.js';
import { ETHERTYPES } from '../../trace/ethertype.js';
import { PREV_STATES } from '../../trace/prev-state.js';
import { GENERIC_CODES, SIGNAL_CODES } from '../../trace/signal-codes.js';
import { SIGNALS } from '../../trace/signals.js';
import { SOFTIRQS } from '../../trace/softirq.js';
import { SYSCALL_NUMBERS } from '../../trace/syscall-numbers.js';
import { constantView, lookup, macro } from './literals.js';

export function nameViews(): string[] {
  const codes = [[null, GENERIC_CODES] as const, ...SIGNAL_CODES].flatMap(([sig, names]) =>
    [...names].map(([code, name]) => [sig, code, name]),
  );
  const numbers = Object.entries(SYSCALL_NUMBERS).flatMap(([arch, names]) =>
    [...names].map(([nr, name]) => [arch, nr, name]),
  );
  const signals = SIGNALS.map(({ sig, name, defaultAction }) => [sig, name, defaultAction]);
  return [
    constantView('ref.errno', ['errno INTEGER', 'name VARCHAR'], [...ERRNO_NAMES]),
    constantView('ref.signal', ['sig INTEGER', 'name VARCHAR', 'default_action VARCHAR'], signals),
    // sig is NULL for the codes that every signal shares.
    constantView('ref.signal_code', ['sig INTEGER', 'code INTEGER', 'name VARCHAR'], codes),
    constantView('ref.ethertype', ['protocol INTEGER', 'name VARCHAR'], [...ETHERTYPES]),
    constantView('ref.softirq', ['vec INTEGER', 'name VARCHAR'], [...SOFTIRQS]),
    constantView('ref.prev_state', ['letter VARCHAR', 'meaning VARCHAR'], [...PREV_STATES]),
    constantView('ref.syscall_number', ['arch VARCHAR', 'nr INTEGER', 'name VARCHAR'], numbers),
  ];
}

export function nameMacros(): string[] {
  const signals = new Map(SIGNALS.map(({ sig, name }) => [sig, name]));
  const actions = new Map(SIGNALS.map(({ sig, defaultAction }) => [sig, defaultAction]));
  const bySignal = [...SIGNAL_CODES].map(([sig, names]) => `WHEN sig = ${String(sig)} THEN ${lookup('code', names)}`);
  return [
    macro('errno_name', { params: 'n', body: lookup('n', ERRNO_NAMES) }),
    macro('signal_name', { params: 'sig', body: lookup('sig', signals) }),
    macro('signal_default_action', { params: 'sig', body: lookup('sig', actions) }),
    macro('signal_code_name', {
      params: 'sig, code',
      body: `coalesce(${lookup('code', GENERIC_CODES)}, CASE ${bySignal.join('\n')} END)`,
    }),
    macro('ethertype_name', { params: 'protocol', body: lookup('protocol', ETHERTYPES) }),
    macro('softirq_name', { params: 'vec', body: lookup('vec', SOFTIRQS) }),
  ];
}
