/** include/trace/events/{skb,net,napi}.h. Addresses are hashed since 4.15 and still tell one buffer from another. */
import { grammar } from './grammar.js';

const SKB = 'skbaddr=(\\S+)';
const HEX = '(?:0x)?([0-9a-f]+)';

export const NET_EVENTS = [
  // reason since 5.17, location as a symbol since 6.2, rx_sk since 6.11
  grammar('kfree_skb', `${SKB}(?: rx_sk=(\\S+))? protocol=(\\d+) location=(.*?)(?: reason: (\\S+))?`, {
    skbaddr: 'hex',
    rx_sk: 'hex',
    protocol: 'int',
    location: 'text',
    reason: 'text',
  }),
  // location since 6.3
  grammar('consume_skb', `${SKB}(?: location=(.*))?`, { skbaddr: 'hex', location: 'text' }),
  grammar('skb_copy_datagram_iovec', `${SKB} len=(-?\\d+)`, { skbaddr: 'hex', len: 'int' }),
  ...['net_dev_queue', 'netif_receive_skb', 'netif_rx'].map((name) =>
    grammar(name, `dev=(\\S*) ${SKB} len=(\\d+)`, { dev: 'text', skbaddr: 'hex', len: 'int' }),
  ),
  grammar('net_dev_xmit', `dev=(\\S*) ${SKB} len=(\\d+) rc=(-?\\d+)`, {
    dev: 'text',
    skbaddr: 'hex',
    len: 'int',
    rc: 'int',
  }),
  grammar(
    'net_dev_start_xmit',
    `dev=(\\S*) queue_mapping=(\\d+) ${SKB} vlan_tagged=(\\d+) vlan_proto=${HEX} vlan_tci=${HEX} protocol=${HEX} ip_summed=(\\d+) ` +
      `len=(\\d+) data_len=(\\d+) network_offset=(-?\\d+) transport_offset_valid=(\\d+) transport_offset=(-?\\d+) tx_flags=(\\d+) ` +
      `gso_size=(\\d+) gso_segs=(\\d+) gso_type=${HEX}`,
    {
      dev: 'text',
      queue_mapping: 'int',
      skbaddr: 'hex',
      vlan_tagged: 'int',
      vlan_proto: 'hex',
      vlan_tci: 'hex',
      protocol: 'hex',
      ip_summed: 'int',
      len: 'int',
      data_len: 'int',
      network_offset: 'int',
      transport_offset_valid: 'int',
      transport_offset: 'int',
      tx_flags: 'int',
      gso_size: 'int',
      gso_segs: 'int',
      gso_type: 'hex',
    },
  ),
  // Prose, no keys; work and budget since 4.8
  grammar('napi_poll', 'napi poll on napi struct (\\S+) for device (\\S*)(?: work (-?\\d+) budget (-?\\d+))?', {
    napi: 'hex',
    dev: 'text',
    work: 'int',
    budget: 'int',
  }),
];
