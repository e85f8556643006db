import { expect, it } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { purposeFor, purposesFor } from '../../../src/trace/capture/advice.js';

it.each(ANALYSES.filter(({ needs }) => needs.length > 0).map((analysis) => [analysis.id, analysis] as const))(
  'a script records what %s needs',
  (_, { needs }) => {
    expect(needs.some((events) => purposeFor(events) !== undefined)).toBe(true);
  },
);

it.each([
  [['sched_switch', 'sched_waking'], 'sched'],
  [['kfree_skb'], 'packets'],
  [['netif_receive_skb'], 'packets'],
  [['kprobes:*'], 'calls'],
  [['signal_generate', 'signal_deliver'], 'signals'],
  [['sys_exit_wait4'], 'signals'],
  [['sys_enter_openat', 'sys_exit_openat'], 'files'],
  [['kprobes:do_sys_openat2', 'path=+0($arg2):string'], 'files'],
  [['sys_enter_*'], 'life'],
  [['ext4_da_write_begin'], undefined],
  [[], undefined],
])('%j is recorded for %s', (events, purpose) => {
  expect(purposeFor(events)).toBe(purpose);
});

it('offers no script whose events another one records as well', () => {
  expect(purposesFor([['signal_generate'], ['sys_enter_*'], ['kfree_skb'], ['no_such']])).toEqual(['life', 'packets']);
});
