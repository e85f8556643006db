import type { Finding } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'packets',
  title: 'Packets',
  question: 'Which way did each packet go, and how long did it take from hop to hop?',
  needs: [
    ['net_dev_queue'],
    ['net_dev_xmit'],
    ['netif_receive_skb'],
    ['napi_gro_receive_entry'],
    ['kfree_skb'],
    ['consume_skb'],
  ],
  params: [],
  columns: [
    integer('lifetime_id', 'Packet', 'one life of one socket buffer'),
    integer('step', 'Hop', 'number of the hop in that life', 'count'),
    integer(
      'clone_of',
      'Clone of',
      'the packet that this one is a copy of (skb_clone and the like); empty: of none, or not shown',
    ),
    nanos('ts', 'Time', 'time of the hop'),
    text('function', 'Event', 'what happened to it: an event, or a probed function'),
    text('dev', 'Device', 'where'),
    integer('len', 'Length', 'as the event prints it', 'bytes'),
    text('protocol', 'Protocol', 'EtherType by name, where the event prints it'),
    nanos('dur_since_prev', 'Since', 'time since the hop before'),
    text('drop_reason', 'Reason', 'why kfree_skb freed it'),
    text('location', 'Location', 'of a free, as printed'),
    text(
      'skb',
      'Buffer',
      'address as the tracepoints print it, hashed since 4.15; of a probe whose hash the capture does not show, its own',
    ),
    integer('pid', 'PID', 'task that ran; on the way in that is often not the receiver'),
    text('comm', 'Comm', 'its name'),
    text(
      'confidence',
      'Confidence',
      'exact or inferred: does the hop belong to this life; of a first hop: does a life begin here',
    ),
    line('line_no', 'Line', 'line of the hop'),
  ],
  sql: loadSql(import.meta.url, 'packets.sql'),
  findings(rows): Finding[] {
    const first = rows[0];
    if (first === undefined) return [];
    const lives = rows.filter((row) => Number(row.step) === 1).length;
    const ended = (...names: string[]): number =>
      new Set(rows.filter((row) => names.includes(String(row.function))).map((row) => row.lifetime_id)).size;
    const freed = ended('kfree_skb', 'consume_skb');
    const copies = rows.filter((row) => Number(row.step) === 1 && row.clone_of !== null).length;
    return [
      {
        severity: 'info',
        text: `${lives} packet buffers${copies === 0 ? '' : `, ${copies} of them copies of others,`} in ${rows.length} hops: the end of ${freed} is shown, that of ${ended('kfree_skb')} by kfree_skb`,
        lines: [Number(first.line_no)],
        confidence: rows.some((row) => row.confidence === 'inferred') ? 'inferred' : 'exact',
      },
    ];
  },
});
