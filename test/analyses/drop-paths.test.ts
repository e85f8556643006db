import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const drop = (at: number, reason: string, frames: readonly string[]): string => `
              wl-157     [001] ..s1.     8.5268${at}: kfree_skb: skbaddr=00000000000000${at} protocol=2048 location=000000009c65f073 reason: ${reason}
              wl-157     [001] ..s1.     8.5268${at}: <stack trace>
${frames.map((frame) => ` => ${frame}`).join('\n')}
`;

it('[A] folds the stacks of the drops from the outermost function to the site', async () => {
  const free = ['trace_event_raw_event_kfree_skb', 'kfree_skb_reason'];
  const { rows } = await answer(
    'drop-paths',
    drop(10, 'NO_SOCKET', [...free, '__udp4_lib_rcv', 'ip_rcv']) +
      drop(20, 'NO_SOCKET', [...free, '__udp4_lib_rcv', 'ip_rcv']) +
      drop(30, 'TCP_CSUM', [...free, 'tcp_v4_rcv', 'ip_rcv']) +
      drop(40, 'NOT_DROPPED_YET', [...free, 'sock_release']),
  );
  expect(rows.map((row) => [row.count, row.site, row.reason, row.stack])).toEqual([
    [2, '__udp4_lib_rcv', 'NO_SOCKET', 'ip_rcv;__udp4_lib_rcv'],
    [1, 'tcp_v4_rcv', 'TCP_CSUM', 'ip_rcv;tcp_v4_rcv'],
  ]);
});
