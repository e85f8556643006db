/** include/trace/events/{skb,net,napi,qdisc}.h */
import { type EventGrammar, grammar, keyed } from './grammar.js';

const METADATA = 'vlan_tagged:int vlan_proto:hex vlan_tci:hex protocol:hex ip_summed:int';

/** Entry of a receive function: everything about the buffer, since 3.14. */
const received = (name: string): EventGrammar =>
  keyed(
    name,
    `dev:text napi_id:hex queue_mapping:int skbaddr:hex ${METADATA} hash:hex l4_hash:int len:int data_len:int truesize:int ` +
      'mac_header_valid:int mac_header:int nr_frags:int gso_size:int gso_type:hex',
  );

const RECEIVERS = ['napi_gro_frags', 'napi_gro_receive', 'netif_receive_skb', 'netif_rx'];

export const NET_EVENTS = [
  // reason since 5.17, rx_sk since 6.11; location was a hashed address until 6.3
  grammar(
    'kfree_skb',
    'skbaddr=(\\S+)(?: rx_sk=\\s*(\\S+))? protocol=(\\d+) location=(.+?)(?: reason: (\\S+))?',
    { skbaddr: 'hex', rx_sk: 'hex', protocol: 'int', location: 'text', reason: 'text' },
    {
      kernel: 'skbaddr location protocol reason',
      other: [
        [
          'skbaddr=(?:0x)?([0-9a-f]+)(?: \\(-?\\d+\\))? location=(.*) rx_sk=(?:0x)?([0-9a-f]+)(?: \\(-?\\d+\\))? protocol=0x[0-9a-f]+ \\((\\d+)\\) reason=(.*)',
          'skbaddr location rx_sk protocol reason',
        ],
      ],
    },
  ),
  grammar(
    'consume_skb',
    'skbaddr=(\\S+)(?: location=(.*))?',
    { skbaddr: 'hex', location: 'text' },
    { kernel: 'skbaddr location' },
  ),
  keyed('skb_copy_datagram_iovec', 'skbaddr:hex len:int', { kernel: 'skbaddr len' }),
  keyed('net_dev_xmit', 'dev:text skbaddr:hex len:int rc:int', { kernel: 'skbaddr len rc name:dev' }),
  ...['net_dev_queue', 'netif_receive_skb', 'netif_rx'].map((name) =>
    keyed(name, 'dev:text skbaddr:hex len:int', { kernel: 'skbaddr len name:dev' }),
  ),
  keyed(
    'net_dev_start_xmit',
    `dev:text queue_mapping:int skbaddr:hex ${METADATA} len:int data_len:int network_offset:int transport_offset_valid:int ` +
      'transport_offset:int tx_flags:int gso_size:int gso_segs:int gso_type:hex',
  ),
  ...[...RECEIVERS, 'netif_receive_skb_list', 'netif_rx_ni'].map((name) => received(`${name}_entry`)),
  ...[...RECEIVERS, 'netif_receive_skb_list', 'netif_rx_ni'].map((name) =>
    keyed(`${name}_exit`, 'ret:int', { kernel: 'ret' }),
  ),
  keyed('net_dev_xmit_timeout', 'dev:text driver:text queue:int'),
  // work and budget since 4.6
  grammar('napi_poll', 'napi poll on napi struct (\\S+) for device (.*?)(?: work (-?\\d+) budget (-?\\d+))?', {
    napi: 'hex',
    dev: 'text',
    work: 'int',
    budget: 'int',
  }),
  grammar(
    'qdisc_dequeue',
    'dequeue ifindex=(\\d+) qdisc handle=0x([0-9A-Fa-f]+) parent=0x([0-9A-Fa-f]+) txq_state=0x([0-9A-Fa-f]+) packets=(-?\\d+) skbaddr=(\\S+)',
    { ifindex: 'int', handle: 'text', parent: 'text', txq_state: 'text', packets: 'int', skbaddr: 'hex' },
  ),
  grammar(
    'qdisc_enqueue',
    'enqueue ifindex=(\\d+) qdisc handle=0x([0-9A-Fa-f]+) parent=0x([0-9A-Fa-f]+) skbaddr=(\\S+)',
    { ifindex: 'int', handle: 'text', parent: 'text', skbaddr: 'hex' },
  ),
];
