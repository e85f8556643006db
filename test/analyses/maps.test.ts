import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import maps from '../../src/analyses/maps/index.js';
import { runAnalysis } from '../../src/analyses/run.js';
import { eventNames } from '../../src/app/capture-info.js';
import { deriveAll } from '../../src/app/derive.js';
import { importTrace } from '../../src/app/import-trace.js';
import { importSideFiles } from '../../src/app/side-files.js';
import { Store } from '../../src/store/store.js';
import { answer, KILLED } from '../support/blueprint.js';
import { scratch } from '../support/scratch.js';

it('[A] shows the mapping with its file, in whole pages', async () => {
  const columns = ['pid', 'start_addr', 'end_addr', 'len', 'prot', 'path', 'fd', 'maps_status'];
  const { csv } = await answer('maps', KILLED, { columns });
  expect(csv).toBe(`${columns.join(',')}\n20,0x7f4000000000,0x7f4000002000,6144,PROT_READ|PROT_EXEC,/lib/libc.so.6,3,`);
});

it('[A] compares with the saved maps line by line, and says why a line differs', async () => {
  const path = scratch().file(
    'maps',
    `5584d0023000-5584d0024000 r--p 00000000 00:02 23    /usr/bin/a.out
5584d1600000-5584d1620000 rw-p 00000000 00:00 0      [heap]
7f4000000000-7f4000001000 r-xp 00000000 00:02 56     /lib/libc.so.6
7f4000001000-7f4000002000 r--p 00001000 00:02 56     /lib/libc.so.6
7ffce05e4000-7ffce0605000 rw-p 00000000 00:00 0      [stack]
`,
  );
  const more = `
           a.out-20      [001] .....     1.000116: sys_mmap(addr: 7f4000001000, len: 1000, prot: 3, flags: 12, fd: 3, off: 1000)
           a.out-20      [001] .....     1.000117: sys_mmap -> 0x7f4000001000
           a.out-20      [001] .....     1.000118: sys_mprotect(start: 7f4000001000, len: 1000, prot: 1)
           a.out-20      [001] .....     1.000119: sys_mprotect -> 0x0`;
  const lines = KILLED.trim().split('\n');
  lines.splice(10, 0, ...more.trim().split('\n'));
  const store = await Store.create();
  try {
    const { captureId } = await importTrace(store, {
      name: 'trace',
      chunks: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
    });
    await importSideFiles(store, captureId, { maps: [{ pid: 20, path }] });
    await deriveAll(store);
    const read = (sql: string, values: Parameters<typeof store.rows>[1]) => store.rows(sql, values);
    const { rows } = await runAnalysis(read, maps, {}, await eventNames(store));
    expect(rows.map((row) => [row.start_addr, row.maps_path, row.maps_status])).toEqual([
      ['0x7f4000000000', '/lib/libc.so.6', 'confirmed'],
      ['0x7f4000001000', '/lib/libc.so.6', 'confirmed: mprotect on line 13 made it r--p'],
      [
        '0x5584d0023000',
        '/usr/bin/a.out',
        'only in the saved maps: no mmap in the capture begins in it: execve (line 5) maps the program without one',
      ],
      ['0x5584d1600000', '[heap]', 'only in the saved maps: brk makes it, and no brk is in the capture'],
      ['0x7ffce05e4000', '[stack]', 'only in the saved maps: execve maps it, line 5'],
    ]);
  } finally {
    store.close();
  }
});
