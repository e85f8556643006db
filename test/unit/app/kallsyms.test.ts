import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { deriveAll } from '../../../src/app/derive.js';
import { importTrace } from '../../../src/app/import-trace.js';
import { importSideFiles } from '../../../src/app/side-files.js';
import { Store } from '../../../src/store/store.js';
import { answerOf } from '../../support/answer-of.js';
import { scratch } from '../../support/scratch.js';

const drop = (location: string): string =>
  `              wl-157     [001] ..s1.     8.526864: kfree_skb: skbaddr=ffff88003b113aae protocol=2048 location=${location}\n`;

async function withSymbols(
  location: string,
  symbols: string,
  name = 'kallsyms',
): Promise<{ site: unknown; remarks: string[] }> {
  const store = await Store.create();
  try {
    const { captureId } = await importTrace(store, {
      name: 'trace',
      chunks: Readable.from([Buffer.from(drop(location))]),
    });
    const remarks = await importSideFiles(store, captureId, { kallsyms: scratch().file(name, symbols) });
    await deriveAll(store);
    const { rows } = await answerOf(store, 'drops');
    return { site: rows[0]?.site ?? null, remarks };
  } finally {
    store.close();
  }
}

const SYMBOLS = `ffffffff81523f00 T icmp_rcv
ffffffff81524200 t icmp_unreach
ffffffff81524400 D a_variable
ffffffffc0a01000 t nft_do_chain\t[nf_tables]
`;

it('names the function that a raw address lies in', async () => {
  expect(await withSymbols('ffffffff81523f5c', SYMBOLS)).toEqual({ site: 'icmp_rcv', remarks: [] });
  expect((await withSymbols('ffffffffc0a01010', SYMBOLS)).site).toBe('nft_do_chain');
});

it('names the frames of stacks that are addresses alone', async () => {
  const store = await Store.create();
  const stack = `              wl-157     [001] ..s1.     8.526864: <stack trace>
 => <ffffffff81523f5c>
 => <ffffffffc0a01010>
 => <ffffffff81524444>
 => <ffffffff80000000>
 => known+0x1/0x2
`;
  const chunks = Readable.from([Buffer.from(drop('ffffffff81523f5c') + stack)]);
  const { captureId } = await importTrace(store, { name: 'trace', chunks });
  await importSideFiles(store, captureId, { kallsyms: scratch().file('kallsyms', SYMBOLS) });
  const rows = await store.rows('SELECT symbol, "offset", module FROM stack_frame ORDER BY depth');
  store.close();
  expect(rows.map(({ symbol, offset, module }) => [symbol, offset, module])).toEqual([
    ['icmp_rcv', 0x5c, null],
    ['nft_do_chain', 0x10, 'nf_tables'],
    [null, null, null],
    [null, null, null],
    ['known', 1, null],
  ]);
});

it.each([
  ['below all functions', 'ffffffff80000000'],
  ['in data', 'ffffffff81524444'],
  ['far behind the last function of the kernel', 'ffffffff99999999'],
])('names none for an address %s', async (_where, location) => {
  expect((await withSymbols(location, SYMBOLS)).site).toBeNull();
});

it('says that a hash is no address, and names nothing', async () => {
  const { site, remarks } = await withSymbols('000000009c65f073', SYMBOLS);
  expect(site).toBeNull();
  expect(remarks).toEqual([expect.stringMatching(/^1 drop locations are hashed .* which no symbol table resolves/)]);
});

it('says why a table of zeros names nothing', async () => {
  const { site, remarks } = await withSymbols('ffffffff81523f5c', '0000000000000000 T icmp_rcv\n');
  expect(site).toBeNull();
  expect(remarks).toEqual([expect.stringMatching(/all addresses are 0 \(kptr_restrict\)/)]);
});

it('says of a System.map that it fits only a kernel that was not relocated', async () => {
  const { site, remarks } = await withSymbols('ffffffff81523f5c', SYMBOLS, 'System.map-6.1.0');
  expect(site).toBe('icmp_rcv');
  expect(remarks).toEqual([expect.stringMatching(/KASLR/)]);
});
