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

const RAW = 'skb=0xff11000005299000';
const XMIT = `__dev_queue_xmit: (__dev_queue_xmit+0x0/0xe30) ${RAW}`;
const RCV = `ip_rcv: (ip_rcv+0x0/0x1d0) ${RAW} dev="lo"`;

it('[A] learns from events that coincide which hash stands for the address of a probe, and says that it is inferred', async () => {
  const text =
    hop(10, XMIT) +
    hop(20, `net_dev_queue: dev=lo ${SKB} len=47`) +
    hop(30, `netif_receive_skb: dev=lo ${SKB} len=33`) +
    hop(40, RCV) +
    hop(50, `tcp_v4_rcv: (tcp_v4_rcv+0x0/0xee0) ${RAW}`);
  expect((await hops(text)).map(([life, step, name, , , , confidence]) => [life, step, name, confidence])).toEqual([
    [1, 1, '__dev_queue_xmit', 'inferred'],
    [1, 2, 'net_dev_queue', 'exact'],
    [1, 3, 'netif_receive_skb', 'exact'],
    [1, 4, 'ip_rcv', 'inferred'],
    [1, 5, 'tcp_v4_rcv', 'inferred'],
  ]);
});

it('[A] merges nothing where one address stands beside two hashes', async () => {
  const text =
    hop(10, XMIT) +
    hop(20, `net_dev_queue: dev=lo ${SKB} len=47`) +
    hop(30, XMIT) +
    hop(40, 'net_dev_queue: dev=lo skbaddr=00000000e6ed9ec8 len=47');
  const rows = await hops(text);
  expect(rows.map(([life, step, name]) => [life, step, name])).toEqual([
    [1, 1, '__dev_queue_xmit'],
    [2, 1, 'net_dev_queue'],
    [3, 1, '__dev_queue_xmit'],
    [4, 1, 'net_dev_queue'],
  ]);
});

it.each([
  ['another device', RCV, `netif_receive_skb: dev=eth0 ${SKB} len=33`],
  [
    'a function that may have copied the buffer',
    `arp_process: (arp_process+0x4/0x960) ${RAW}`,
    `netif_receive_skb: dev=lo ${SKB} len=28`,
  ],
])('[A] does not learn from %s', async (_what, probe, event) => {
  const rows = await hops(hop(10, event) + hop(20, probe));
  expect(rows.map((row) => row[0])).toEqual([1, 2]);
});

it('[A] what a card sends and another takes in is the same buffer only on a virtual cable', async () => {
  const sent = (dev: string): string =>
    hop(10, `net_dev_queue: dev=${dev} ${SKB} len=42`) +
    hop(20, `net_dev_start_xmit: dev=${dev} ${START.replace('len=47', 'len=42')}`);
  const cable =
    sent('veth0') +
    hop(30, `netif_rx: dev=veth1 ${SKB} len=28`) +
    hop(40, `net_dev_xmit: dev=veth0 ${SKB} len=42 rc=0`) +
    hop(50, `netif_receive_skb: dev=veth1 ${SKB} len=28`);
  expect((await hops(cable)).map((row) => [row[0], row[6]])).toEqual(Array(5).fill([1, 'exact']));
  const cards =
    sent('eth0') +
    hop(40, `net_dev_xmit: dev=eth0 ${SKB} len=42 rc=0`) +
    hop(50, `netif_receive_skb: dev=eth1 ${SKB} len=28`);
  expect((await hops(cards)).map((row) => [row[0], row[6]])).toEqual([...Array(3).fill([1, 'exact']), [2, 'inferred']]);
});

it('[A] a free by another context, or of another protocol, may be that of a later buffer', async () => {
  const taken = hop(10, `net_dev_start_xmit: dev=lo ${START}`) + hop(20, `netif_receive_skb: dev=lo ${SKB} len=33`);
  const later = hop(90, `consume_skb: ${SKB}`).replace('wl-157 ', 'sh-200 ');
  expect((await hops(taken + later)).map((row) => [row[0], row[6]])).toEqual([
    [1, 'exact'],
    [1, 'exact'],
    [1, 'inferred'],
  ]);
  const arp = hop(90, `kfree_skb: ${SKB} protocol=2054 location=000000009c65f073 reason: NOT_SPECIFIED`);
  expect((await hops(taken + arp)).map((row) => row[0])).toEqual([1, 1, 2]);
});

it('[A] a probe and a tracepoint that both print the address need no learning', async () => {
  const text =
    hop(10, XMIT) +
    hop(20, 'net_dev_queue: dev=lo skbaddr=ff11000005299000 len=47') +
    hop(30, 'netif_rx: dev=lo skbaddr=ff11000005299000 len=33');
  expect((await hops(text)).map((row) => [row[0], row[2], row[6]])).toEqual([
    [1, '__dev_queue_xmit', 'exact'],
    [1, 'net_dev_queue', 'exact'],
    [1, 'netif_rx', 'exact'],
  ]);
});

const probe = (at: number, name: string, args: string, place = `${name}+0x4/0x90`): string =>
  hop(at, `${name}: (${place}) ${args}`);
const A = '0xff11000004aa4600';
const B = '0xff11000004aa4300';
const C = '0xff11000004aa4a00';
const OTHER = hop(90, 'net_dev_queue: dev=lo skbaddr=00000000aaaaaaaa len=47').replace('wl-157', ' sh-99');
const copies = async (text: string): Promise<unknown[][]> =>
  (await answer('packets', text + OTHER)).rows
    .filter((row) => row.skb !== '00000000aaaaaaaa')
    .map((row) => [row.lifetime_id, row.clone_of, row.function, row.confidence]);

it('[A] tells a copy from its original by what skb_clone was called with and what it returned', async () => {
  const text =
    hop(5, `net_dev_queue: dev=lo skbaddr=${A.slice(2)} len=47`) +
    probe(10, 'dev_hard_start_xmit', `skb=${A}`) +
    probe(20, 'skb_clone', `skb=${A}`) +
    probe(21, 'clone_ret', `ret=${B}`, 'dev_queue_xmit_nit+0x134/0x2d0 <- skb_clone') +
    probe(30, 'packet_rcv', `skb=${B}`) +
    hop(40, `net_dev_start_xmit: dev=lo ${START.replace('skbaddr=000000003b113aae', `skbaddr=${A.slice(2)}`)}`) +
    hop(50, `consume_skb: skbaddr=${B.slice(2)}`);
  expect(await copies(text)).toEqual([
    [1, null, 'net_dev_queue', 'exact'],
    [1, null, 'dev_hard_start_xmit', 'exact'],
    [1, null, 'skb_clone', 'exact'],
    [1, null, 'net_dev_start_xmit', 'exact'],
    [2, 1, 'skb_clone', 'exact'],
    [2, 1, 'packet_rcv', 'exact'],
    [2, 1, 'consume_skb', 'exact'],
  ]);
});

it('[A] without skb_clone, what TCP hands down and what a tap gets is likely a copy; of two nobody can tell', async () => {
  const tcp = probe(10, '__tcp_transmit_skb', `sk=0xff11000004000000 skb=${A}`);
  const sent = (at: number, skb: string): string => probe(at, '__dev_queue_xmit', `skb=${skb}`);
  expect(await copies(tcp + sent(20, B))).toEqual([
    [1, null, '__tcp_transmit_skb', 'exact'],
    [2, 1, '__dev_queue_xmit', 'inferred'],
  ]);
  const tap = probe(10, 'dev_queue_xmit_nit', `skb=${A} dev=0xff11000004c5d000`) + probe(20, 'packet_rcv', `skb=${B}`);
  expect((await copies(tap)).map((row) => row[1])).toEqual([null, 1]);
  expect((await copies(tcp + sent(20, B) + sent(30, C))).map((row) => row[1])).toEqual([null, null, null]);
  // An ACK goes down as it is.
  expect((await copies(tcp + sent(20, A))).map((row) => row[1])).toEqual([null, null]);
});
