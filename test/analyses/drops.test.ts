import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const COLUMNS = ['drops', 'site', 'reason', 'protocol', 'devices', 'location'];

it('[A] ranks drops by site and reason, with the device of the same buffer', async () => {
  const { csv, findings } = await answer(
    'drops',
    `
              wl-157     [001] b....     8.523727: net_dev_queue: dev=lo skbaddr=000000003b113aae len=47
              wl-157     [001] ..s1.     8.526864: kfree_skb: skbaddr=000000003b113aae protocol=2048 location=000000009c65f073 reason: NO_SOCKET
              wl-157     [001] ..s1.     8.529010: <stack trace>
 => trace_event_raw_event_kfree_skb
 => kfree_skb_reason
 => __udp4_lib_rcv
 => ip_protocol_deliver_rcu
              wl-157     [001] ..s1.     9.000000: kfree_skb: skbaddr=0000000000000077 protocol=2054 location=00000000ad0bc389 reason: NOT_DROPPED_YET
`,
    { columns: COLUMNS },
  );
  expect(csv).toBe(`${COLUMNS.join(',')}\n1,__udp4_lib_rcv,NO_SOCKET,IPv4,lo,000000009c65f073`);
  expect(findings).toEqual([
    {
      severity: 'warn',
      text: '1 IPv4 packet was dropped in __udp4_lib_rcv (NO_SOCKET: no socket takes it)',
      lines: [6],
      confidence: 'exact',
    },
  ]);
});

it.each([
  ['2.6.32', 'skbaddr=ffff88003b113aae protocol=2054 location=ffffffff81523f5c', null, 'ffffffff81523f5c'],
  [
    '5.17',
    'skbaddr=000000003b113aae protocol=2054 location=000000009c65f073 reason: TCP_CSUM',
    'TCP_CSUM',
    '000000009c65f073',
  ],
  [
    '6.2',
    'skbaddr=000000003b113aae protocol=2054 location=nf_hook_slow+0x9a/0xf0 [nf_tables] reason: NETFILTER_DROP',
    'NETFILTER_DROP',
    'nf_hook_slow+0x9a/0xf0 [nf_tables]',
  ], // prettier-ignore
  [
    '6.11',
    'skbaddr=000000003b113aae rx_sk=0000000000000000 protocol=2054 location=tcp_v4_rcv+0x9e/0x1380 reason: 0x20001',
    '0x20001',
    'tcp_v4_rcv+0x9e/0x1380',
  ], // prettier-ignore
])('[A] reads the kfree_skb of %s', async (_kernel, args, reason, location) => {
  const { rows } = await answer('drops', `              wl-157     [001] ..s1.     8.526864: kfree_skb: ${args}\n`);
  expect(rows.map((row) => [row.drops, row.protocol, row.reason, row.location, row.site])).toEqual([
    [1, 'ARP', reason, location, location.includes('+') ? location : null],
  ]);
});

it('[A] names the event to enable where a capture has no drops to show', async () => {
  const { status, missing } = await answer(
    'drops',
    `              wl-157     [001] ..s1.     8.526864: netif_rx_exit: ret=0\n`,
  );
  expect([status, missing]).toEqual(['not-applicable', ['kfree_skb']]);
});
