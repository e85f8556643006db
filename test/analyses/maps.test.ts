import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] shows the mapping with its file, in whole pages', async () => {
  const columns = ['pid', 'start_addr', 'end_addr', 'len', 'prot', 'path', 'fd', 'maps_status'];
  const { csv } = await answer('maps', KILLED, { columns });
  expect(csv).toBe(`${columns.join(',')}\n20,0x7f4000000000,0x7f4000002000,6144,PROT_READ|PROT_EXEC,/lib/libc.so.6,3,`);
});
