/** Where packets went and why they were dropped, on a cut of a real capture: test/fixtures/network/README.md says what happened. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explain } from '../../src/app/explain/index.js';
import type { Store } from '../../src/store/store.js';
import { answerOf } from '../support/answer-of.js';
import { storeOfFile } from '../support/store-of.js';

let store: Store;
beforeAll(async () => {
  store = await storeOfFile('test/fixtures/network/drops.trace');
});
afterAll(() => store.close());

it('ranks the drops by site and reason', async () => {
  const { rows } = await answerOf(store, 'drops');
  expect(rows.map((row) => [row.drops, row.reason, row.site, row.protocol, row.devices])).toEqual([
    [4, 'SOCKET_RCVBUFF', 'udp_queue_rcv_one_skb', 'IPv4', 'lo'],
    [3, 'NOT_SPECIFIED', 'udp_destruct_common', 'IPv4', 'lo'],
    [2, 'NO_SOCKET', '__udp4_lib_rcv', 'IPv4', 'lo, veth1'],
    [1, 'NO_SOCKET', 'tcp_v4_rcv', 'IPv4', 'lo'],
    [1, 'NOT_SPECIFIED', 'tcp_v4_rcv', 'IPv4', 'lo'],
    [1, 'UDP_CSUM', '__udp4_lib_rcv', 'IPv4', 'lo'],
    [1, 'IP_NOPROTO', 'ip_local_deliver_finish', 'IPv4', 'lo'],
    [1, 'TCP_CSUM', 'tcp_v4_rcv', 'IPv4', 'lo'],
    [1, 'IP_INNOROUTES', 'ip_error', 'IPv4', 'veth1'],
    [1, 'NOT_SPECIFIED', 'ip_rcv_finish_core.constprop.0', 'IPv4', 'veth1'],
    [1, 'IP_RPFILTER', 'ip_rcv_finish_core.constprop.0', 'IPv4', 'veth1'],
    [1, 'NEIGH_FAILED', 'neigh_invalidate', 'IPv4', null],
  ]);
});

it('leads from the drop back over every hop to the sending, and into the functions around it', async () => {
  const { verdict, steps } = await explain(store, { line: 34 });
  expect(verdict).toBe(
    'line 34: packet 1 is dropped (NO_SOCKET), last seen on lo, IPv4, 1.674 ms later; 13 events led to it',
  );
  expect(
    steps.filter((step) => step.kind !== 'call').map((step) => [step.line_no, step.kind, step.confidence]),
  ).toEqual([
    [13, 'hop', 'inferred'],
    [14, 'hop', 'exact'],
    [15, 'hop', 'exact'],
    [16, 'hop', 'inferred'],
    [17, 'hop', 'exact'],
    [18, 'hop', 'exact'],
    [20, 'hop', 'exact'],
    [21, 'hop', 'inferred'],
    [22, 'hop', 'exact'],
    [23, 'hop', 'inferred'],
    [24, 'hop', 'inferred'],
    [34, 'drop', 'exact'],
  ]);
});

it('sees 128 KiB of TCP arrive whole: every segment that was queued is taken in, and none of them dropped', async () => {
  const HEADERS = 14 + 20 + 32;
  const rows = await store.rows(
    `SELECT max(len) - ${HEADERS} AS bytes, bool_or(function = 'tcp_v4_rcv') AS received, bool_or(is_drop(function, drop_reason)) AS dropped
     FROM packet_hop GROUP BY lifetime_id HAVING max(len) > 5000 ORDER BY min(event_id)`,
  );
  expect(rows.map((row) => row.bytes)).toEqual([16384, 32741, 32741, 32741, 16465]);
  expect(rows.reduce((sum, row) => sum + Number(row.bytes), 0)).toBe(131072);
  expect(rows.every((row) => row.received === true && row.dropped === false)).toBe(true);
});

it('follows each buffer over a virtual cable, and gives every probe of the way to the life of one buffer', async () => {
  const [cable] = await store.rows(
    `SELECT string_agg(function || coalesce(' ' || dev, ''), ', ' ORDER BY step) AS way FROM packet_hop
     WHERE lifetime_id = (SELECT lifetime_id FROM packet_hop WHERE drop_reason = 'IP_RPFILTER') AND skb <= 4294967295`,
  );
  expect(cable?.way).toBe(
    '__dev_queue_xmit, net_dev_queue veth0, net_dev_start_xmit veth0, eth_type_trans, netif_rx_entry veth1, netif_rx veth1, ' +
      'net_dev_xmit veth0, __netif_receive_skb_core, netif_receive_skb veth1, ip_rcv veth1, kfree_skb',
  );
  // The address of a probe stays beside the hashes only where no hash is known.
  expect(await store.rows('SELECT count(*) AS n FROM packet_hop WHERE skb > 4294967295')).toEqual([{ n: 0 }]);
});

it('shows the way to the drops as stacks for a flame graph', async () => {
  const { rows } = await answerOf(store, 'drop-paths');
  expect(rows.reduce((sum, row) => sum + Number(row.count), 0)).toBe(18);
  const full = rows.find((row) => row.reason === 'SOCKET_RCVBUFF');
  expect([full?.count, full?.site]).toEqual([4, 'udp_queue_rcv_one_skb']);
  expect(String(full?.stack)).toMatch(
    /^entry_SYSCALL_64_after_hwframe;do_syscall_64;.*;__udp4_lib_rcv;udp_unicast_rcv_skb;udp_queue_rcv_one_skb$/,
  );
});
