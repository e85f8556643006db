import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const hop = (at: number, text: string): string =>
  `              wl-157     [001] b....     8.${String(at).padStart(6, '0')}: ${text}\n`;
const START =
  'queue_mapping=0 skbaddr=000000003b113aae vlan_tagged=0 vlan_proto=0x0000 vlan_tci=0x0000 protocol=0x0800 ip_summed=3 len=47 data_len=0 ' +
  'network_offset=14 transport_offset_valid=1 transport_offset=34 tx_flags=0 gso_size=0 gso_segs=0 gso_type=0x0';
const SKB = 'skbaddr=000000003b113aae';
const COLUMNS = ['lifetime_id', 'step', 'function', 'dev', 'dur_since_prev', 'drop_reason', 'confidence'];

const hops = async (text: string): Promise<unknown[][]> =>
  (await answer('packets', text)).rows.map((row) => COLUMNS.map((name) => row[name]));

it('[A] follows a buffer from hop to hop up to its end; a used address is a new life', async () => {
  const text =
    hop(10, `net_dev_queue: dev=lo ${SKB} len=47`) +
    hop(20, `net_dev_start_xmit: dev=lo ${START}`) +
    hop(30, `netif_rx: dev=lo ${SKB} len=33`) +
    hop(35, `net_dev_xmit: dev=lo ${SKB} len=47 rc=0`) +
    hop(40, `netif_receive_skb: dev=lo ${SKB} len=33`) +
    hop(90, `kfree_skb: ${SKB} protocol=2048 location=000000009c65f073 reason: NO_SOCKET`) +
    hop(95, `netif_receive_skb: dev=eth0 ${SKB} len=80`) +
    hop(99, `consume_skb: ${SKB}`);
  expect(await hops(text)).toEqual([
    [1, 1, 'net_dev_queue', 'lo', null, null, 'exact'],
    [1, 2, 'net_dev_start_xmit', 'lo', 10_000, null, 'exact'],
    [1, 3, 'netif_rx', 'lo', 10_000, null, 'exact'],
    [1, 4, 'net_dev_xmit', 'lo', 5000, null, 'exact'],
    [1, 5, 'netif_receive_skb', 'lo', 5000, null, 'exact'],
    [1, 6, 'kfree_skb', null, 50_000, 'NO_SOCKET', 'exact'],
    [2, 1, 'netif_receive_skb', 'eth0', null, null, 'exact'],
    [2, 2, 'consume_skb', null, 4000, null, 'exact'],
  ]);
});

it('[A] an address that is queued again without an end is a new life, a forwarded buffer likely the same', async () => {
  const text =
    hop(10, `netif_receive_skb: dev=veth0 ${SKB} len=84`) +
    hop(20, `net_dev_queue: dev=eth0 ${SKB} len=98`) +
    hop(30, `net_dev_xmit: dev=eth0 ${SKB} len=98 rc=0`) +
    hop(40, `net_dev_queue: dev=eth0 ${SKB} len=54`);
  expect((await hops(text)).map(([life, step, name, , , , confidence]) => [life, step, name, confidence])).toEqual([
    [1, 1, 'netif_receive_skb', 'exact'],
    [1, 2, 'net_dev_queue', 'inferred'],
    [1, 3, 'net_dev_xmit', 'exact'],
    [2, 1, 'net_dev_queue', 'exact'],
  ]);
});

it('[A] does not merge the raw address of a kprobe with the hash of a tracepoint', async () => {
  const text =
    hop(10, '__dev_queue_xmit: (__dev_queue_xmit+0x0/0xe30) skb=0xff11000005299000') +
    hop(20, `net_dev_queue: dev=lo ${SKB} len=47`);
  expect((await hops(text)).map((row) => row[2])).toEqual(['net_dev_queue']);
});
