/**
 * The question of a module that watched arp_process: does it call ip_route_input, fib_validate_source and fib_lookup, and with
 * which arguments and results? What the kernel counted itself is in samples/arp-route/ground-truth.txt.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explain } from '../../src/app/explain/index.js';
import type { Store } from '../../src/store/store.js';
import type { Row } from '../../src/trace/result.js';
import { answerOf } from '../support/answer-of.js';
import { storeOfFile } from '../support/store-of.js';

let store: Store;
beforeAll(async () => {
  store = await storeOfFile('samples/arp-route/trace');
});
afterAll(() => store.close());

const rowsOf = async (id: string): Promise<readonly Row[]> => (await answerOf(store, id)).rows;

/** Function, its arguments without the addresses of memory, what it returned. */
function told(row: Row): string {
  const args = String(row.args ?? '')
    .split(' ')
    .filter((arg) => !/^(skb|dev)=0xff/.test(arg));
  const ret = String(row.ret).replace('ret=', '');
  const words = [String(row.call), ...args, '->', ret];
  return (row.errno === null ? words : [...words, String(row.errno)]).filter((word) => word !== '').join(' ');
}

it('counts what the kernel counted: every hit of a probe is the entry or the return of a call', async () => {
  const truth = readFileSync('samples/arp-route/ground-truth.txt', 'utf8');
  const hits = (probe: string): number => Number(new RegExp(`^${probe} (\\d+) 0$`, 'm').exec(truth)?.[1]);
  expect(
    (await rowsOf('calls')).map((row) => [row.function, row.calls, row.returns, row.errors, row.caller, row.inferred]),
  ).toEqual([
    ['fib_table_lookup', hits('fib_table_lookup'), 20, 'EAGAIN 1', 'ip_route_input_slow', 0],
    ['arp_process', hits('arp_process'), 6, null, '__netif_receive_skb_list_core', 0],
    ['ip_route_input_noref', hits('ip_route_input'), 6, 'EXDEV 1', 'arp_process', 0],
    ['fib_validate_source', hits('fib_validate_source'), 5, 'EXDEV 1', 'ip_route_input_slow', 0],
  ]);
});

it('shows what arp_process asked, and what it was told: arguments beside the results, call inside call', async () => {
  const rows = await rowsOf('call-tree');
  const inside = new Map<number, Row[]>();
  for (const row of rows) {
    const parent = row.parent_line_no === null ? undefined : inside.get(Number(row.parent_line_no));
    if (row.call === 'arp_process') inside.set(Number(row.line_no), [row]);
    else if (parent !== undefined) {
      parent.push(row);
      inside.set(Number(row.line_no), parent);
    }
  }
  const asked = [...new Set(inside.values())].sort((a, b) => Number(a[0]?.line_no) - Number(b[0]?.line_no));
  expect(asked.map((calls) => calls.map(told))).toEqual([
    [
      'arp_process -> 0',
      '  ip_route_input_noref daddr=0xf02000a saddr=0x202000a -> 0',
      '    fib_table_lookup tb_id=254 iif=2 saddr=0x202000a daddr=0xf02000a -> 0',
      '    fib_validate_source src=0x202000a dst=0xf02000a oif=0 -> 1',
      '      fib_table_lookup tb_id=254 iif=1 saddr=0xf02000a daddr=0x202000a -> 0',
      '  fib_table_lookup tb_id=255 iif=0 saddr=0x0 daddr=0x202000a -> 0',
    ],
    ['arp_process -> 0'],
    [
      'arp_process -> 0',
      '  ip_route_input_noref daddr=0x6302000a saddr=0x202000a -> 0',
      '    fib_table_lookup tb_id=254 iif=2 saddr=0x202000a daddr=0x6302000a -> 0',
    ],
    [
      'arp_process -> 0',
      '  ip_route_input_noref daddr=0xf02000a saddr=0x70200c0 -> -18 EXDEV',
      '    fib_table_lookup tb_id=254 iif=2 saddr=0x70200c0 daddr=0xf02000a -> 0',
      '    fib_validate_source src=0x70200c0 dst=0xf02000a oif=0 -> -18 EXDEV',
      '      fib_table_lookup tb_id=254 iif=1 saddr=0xf02000a daddr=0x70200c0 -> -11 EAGAIN',
    ],
    [
      'arp_process -> 0',
      '  ip_route_input_noref daddr=0xf02000a saddr=0x202000a -> 0',
      '    fib_table_lookup tb_id=254 iif=2 saddr=0x202000a daddr=0xf02000a -> 0',
      '    fib_validate_source src=0x202000a dst=0xf02000a oif=0 -> 1',
      '      fib_table_lookup tb_id=254 iif=1 saddr=0xf02000a daddr=0x202000a -> 0',
    ],
    ['arp_process -> 0'],
  ]);
});

it('tells the calls of arp_process from those of ip_rcv', async () => {
  const callers = (await rowsOf('call-tree'))
    .filter((row) => String(row.call).trim() === 'ip_route_input_noref')
    .map((row) => String(row.caller).replace(/\+.*/, ''));
  expect(callers.sort()).toEqual([...Array(4).fill('arp_process'), ...Array(2).fill('ip_rcv_finish_core.constprop.0')]);
});

it('leads from the look-up that failed back to arp_process, and from arp_process on to what it caused', async () => {
  const back = await explain(store, { line: 142 });
  expect(
    back.steps.filter((step) => step.kind === 'call').map((step) => [step.line_no, step.kind, step.confidence]),
  ).toEqual([
    [118, 'call', 'exact'],
    [138, 'call', 'exact'],
    [141, 'call', 'exact'],
    [142, 'call', 'exact'],
  ]);
  const forth = await explain(store, { line: 118, effects: true });
  expect(forth.steps.filter((step) => step.kind === 'return').map((step) => step.text)).toEqual([
    'fib_table_lookup returns ret=0 after 13 us',
    'fib_table_lookup returns ret=-11 (EAGAIN) after 26 us',
    'fib_validate_source returns ret=-18 (EXDEV) after 52 us',
    'ip_route_input_noref returns ret=-18 (EXDEV) after 123 us',
    'arp_process returns ret=0 after 276 us',
  ]);
});

it('does not take a packet that a card took in for the one that another card sent, whatever the address', async () => {
  const rows = (await answerOf(store, 'packets')).rows.filter((row) => String(row.function).startsWith('net'));
  expect(rows.filter((row) => Number(row.step) > 1)).toEqual([]);
  expect(rows.filter((row) => row.confidence === 'inferred').length).toBeGreaterThan(0);
});
