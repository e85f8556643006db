/** Copies of packets in a real capture: skb_clone's own lines say of which buffer each copy was made. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { storeOfFile } from '../support/store-of.js';

const CAPTURE = 'test/fixtures/network/clones.trace';

let store: Store;
beforeAll(async () => {
  store = await storeOfFile(CAPTURE);
});
afterAll(() => store.close());

/** Line of each skb_clone and of its return, by task and order: nothing interrupts them here. */
function clonings(): [number, number][] {
  const open = new Map<string, number>();
  return readFileSync(CAPTURE, 'latin1')
    .split('\n')
    .flatMap((text, i): [number, number][] => {
      const [task] = text.split(/ +\[/, 1);
      if (/: skb_clone: /.test(text)) open.set(task as string, i + 1);
      return /: skb_clone_ret: /.test(text) ? [[open.get(task as string) as number, i + 1]] : [];
    });
}

it('each copy is a life of its own, and joined to the life of its original', async () => {
  const rows = await store.rows(
    `SELECT o.line_no AS from_line, e.line_no AS line, h.clone_of = p.lifetime_id AND h.lifetime_id <> p.lifetime_id AS joined
     FROM packet_hop h JOIN event e USING (event_id) JOIN event o ON o.event_id = h.prev_event_id JOIN packet_hop p ON p.event_id = h.prev_event_id
     WHERE h.step = 1 AND h.clone_of IS NOT NULL ORDER BY line`,
  );
  expect(rows.map((row) => [row.from_line, row.line])).toEqual(clonings());
  expect(rows.every((row) => row.joined === true)).toBe(true);
  expect(rows).toHaveLength(17);
});

it('what TCP sends is the copy: its way to the other end is in the life of the copy', async () => {
  const rows = await store.rows(
    `SELECT string_agg(function, ' ' ORDER BY step) AS way FROM packet_hop WHERE clone_of IS NOT NULL GROUP BY lifetime_id
     HAVING bool_or(function = 'tcp_v4_rcv') ORDER BY lifetime_id`,
  );
  expect(rows).toHaveLength(4);
  for (const { way } of rows)
    expect(way).toMatch(/^skb_clone __dev_queue_xmit net_dev_queue .*netif_receive_skb ip_rcv tcp_v4_rcv/);
});
