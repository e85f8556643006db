/** include/trace/events/{tcp,sock,udp}.h */
import { type EventGrammar, grammar, keyed } from './grammar.js';

/** Both ends in the three ways in which they are printed. */
const ENDS = 'sport:int dport:int saddr:word daddr:word saddrv6:word daddrv6:word';

/** family since 5.15, cookie where the kernel has one. */
const socket = (name: string, rest = ''): EventGrammar => keyed(name, `[family:word] ${ENDS} ${rest}`);

export const TCP_EVENTS = [
  // skbaddr, skaddr, src, dest and reason since 6.10
  grammar(
    'tcp_send_reset',
    '(?:skbaddr=(\\S+) skaddr=(\\S+) )?(?:src=(\\S+) dest=(\\S+) )?(?:family=(\\S+) )?(?:sport=(\\d+) dport=(\\d+) saddr=(\\S+) daddr=(\\S+) saddrv6=(\\S+) daddrv6=(\\S+) )?state=(\\S+)(?: reason=(\\S+))?',
    {
      skbaddr: 'hex',
      skaddr: 'hex',
      src: 'text',
      dest: 'text',
      family: 'text',
      sport: 'int',
      dport: 'int',
      saddr: 'text',
      daddr: 'text',
      saddrv6: 'text',
      daddrv6: 'text',
      state: 'text',
      reason: 'text',
    },
  ),
  // err since 6.13
  grammar(
    'tcp_retransmit_skb',
    '(?:skbaddr=(\\S+) skaddr=(\\S+) )?(?:family=(\\S+) )?sport=(\\d+) dport=(\\d+) saddr=(\\S+) daddr=(\\S+) saddrv6=(\\S+) daddrv6=(\\S+)(?: state=(\\S+))?(?: err=(-?\\d+))?',
    {
      skbaddr: 'hex',
      skaddr: 'hex',
      family: 'text',
      sport: 'int',
      dport: 'int',
      saddr: 'text',
      daddr: 'text',
      saddrv6: 'text',
      daddrv6: 'text',
      state: 'text',
      err: 'int',
    },
  ),
  ...['tcp_receive_reset', 'tcp_destroy_sock', 'tcp_rcv_space_adjust'].map((name) => socket(name, '[sock_cookie:hex]')),
  socket('tcp_retransmit_synack'),
  socket('tcp_cong_state_set', 'cong_state:int'),
  keyed('tcp_bad_csum', 'src:word dest:word'),
  grammar(
    'tcp_probe',
    '(?:family=(\\S+) )?src=(\\S+) dest=(\\S+) mark=0x([0-9a-f]+|0) data_len=(\\d+) snd_nxt=0x([0-9a-f]+) snd_una=0x([0-9a-f]+) snd_cwnd=(\\d+) ssthresh=(\\d+) snd_wnd=(\\d+) srtt=(\\d+) rcv_wnd=(\\d+)(?: sock_cookie=([0-9a-f]+))?(?: skbaddr=(\\S+) skaddr=(\\S+))?',
    {
      family: 'text',
      src: 'text',
      dest: 'text',
      mark: 'hex',
      data_len: 'int',
      snd_nxt: 'hex',
      snd_una: 'hex',
      snd_cwnd: 'int',
      ssthresh: 'int',
      snd_wnd: 'int',
      srtt: 'int',
      rcv_wnd: 'int',
      sock_cookie: 'hex',
      skbaddr: 'hex',
      skaddr: 'hex',
    },
  ),
  keyed('inet_sock_set_state', `family:word protocol:word ${ENDS} oldstate:word newstate:word`),
  keyed('inet_sk_error_report', `family:word protocol:word ${ENDS} error:int`),
  grammar('sock_rcvqueue_full', 'rmem_alloc=(-?\\d+) truesize=(\\d+) sk_rcvbuf=(-?\\d+)', {
    rmem_alloc: 'int',
    truesize: 'int',
    sk_rcvbuf: 'int',
  }),
  keyed('udp_fail_queue_rcv_skb', 'rc:int [family:word] [port:int] [sport:int] [dport:int] [saddr:word] [daddr:word]'),
  ...['sock_send_length', 'sock_recv_length'].map((name) =>
    grammar(
      name,
      'sk address = (\\S+), family = (\\S+) protocol = (\\S+), length = (-?\\d+), error = (-?\\d+), flags = 0x([0-9a-f]+)',
      { sk: 'hex', family: 'text', protocol: 'text', length: 'int', error: 'int', msg_flags: 'hex' },
    ),
  ),
  grammar('sk_data_ready', 'family=(\\d+) protocol=(\\d+) func=(.*)', { family: 'int', protocol: 'int', func: 'text' }),
];
