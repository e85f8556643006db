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
  expect(csv).toBe(`${columns.join(',')}\n20,0x7f4000000000,0x7f4000002000,8192,PROT_READ|PROT_EXEC,/lib/libc.so.6,3,`);
});

/** The comparison of the text with saved maps of pid 20: address, path that the maps name, outcome. */
async function compared(text: string, saved: string): Promise<unknown[][]> {
  const path = scratch().file('maps', saved);
  const store = await Store.create();
  try {
    const { captureId } = await importTrace(store, { name: 'trace', chunks: Readable.from([Buffer.from(text)]) });
    await importSideFiles(store, captureId, { maps: [{ pid: 20, path }] });
    await deriveAll(store);
    const read = (sql: string, values: Parameters<typeof store.rows>[1]) => store.rows(sql, values);
    const { rows } = await runAnalysis(read, maps, {}, await eventNames(store));
    return rows.map((row) => [row.start_addr, row.maps_path, row.maps_status]);
  } finally {
    store.close();
  }
}

const withMore = (more: string): string => {
  const lines = KILLED.trim().split('\n');
  lines.splice(10, 0, ...more.trim().split('\n'));
  return `${lines.join('\n')}\n`;
};

const CALLS = `
           a.out-20      [001] .....     1.000116: sys_mmap(addr: 7f4000001000, len: 1000, prot: 3, flags: 12, fd: 3, off: 1000)
           a.out-20      [001] .....     1.000117: sys_mmap -> 0x7f4000001000
           a.out-20      [001] .....     1.000118: sys_mprotect(start: 7f4000001000, len: 1000, prot: 1)
           a.out-20      [001] .....     1.000119: sys_mprotect -> 0x0`;

it('[A] compares with the saved maps line by line, and says why a line differs', async () => {
  const saved = `5584d0023000-5584d0024000 r--p 00000000 00:02 23    /usr/bin/a.out
5584d0024000-5584d0026000 rw-p 00000000 00:00 0
5584d1600000-5584d1620000 rw-p 00000000 00:00 0      [heap]
7f4000000000-7f4000001000 r-xp 00000000 00:02 56     /lib/libc.so.6
7f4000001000-7f4000002000 r--p 00001000 00:02 56     /lib/libc.so.6
7ffce05e4000-7ffce0605000 rw-p 00000000 00:00 0      [stack]
`;
  expect(await compared(withMore(CALLS), saved)).toEqual([
    ['0x7f4000000000', '/lib/libc.so.6', 'confirmed'],
    ['0x7f4000001000', null, 'only in the trace: mapped over on line 11'],
    ['0x7f4000001000', null, 'only in the trace: protected anew on line 13'],
    ['0x7f4000001000', '/lib/libc.so.6', 'confirmed'],
    [
      '0x5584d0023000',
      '/usr/bin/a.out',
      'only in the saved maps: no mmap in the capture makes it: execve (line 5) maps the program without one',
    ],
    [
      '0x5584d0024000',
      null,
      'only in the saved maps: execve (line 5) makes the zeroed memory of a program behind its file',
    ],
    ['0x5584d1600000', '[heap]', 'only in the saved maps: brk makes it, and no brk of the task is in the capture'],
    ['0x7ffce05e4000', '[stack]', 'only in the saved maps: execve maps it, line 5'],
  ]);
});

it('[A] finds the moment at which maps were saved that are older than the end of the capture', async () => {
  const saved = `7f4000000000-7f4000001000 r-xp 00000000 00:02 56     /lib/libc.so.6
7f4000001000-7f4000002000 rw-p 00001000 00:02 56     /lib/libc.so.6
`;
  const later = `${CALLS}
           a.out-20      [001] .....     1.000119: sys_munmap(addr: 7f4000000000, len: 1000)
           a.out-20      [001] .....     1.000119: sys_munmap -> 0x0`;
  expect(await compared(withMore(later), saved)).toEqual([
    ['0x7f4000000000', '/lib/libc.so.6', 'confirmed'],
    ['0x7f4000001000', null, 'only in the trace: mapped over on line 11'],
    ['0x7f4000001000', '/lib/libc.so.6', 'confirmed'],
    ['0x7f4000001000', null, 'only in the trace: made after the moment that the maps fit'],
  ]);
});

it('[A] says where the maps contradict the trace', async () => {
  const saved = `7f4000000000-7f4000001000 r-xp 00003000 00:02 56     /lib/libc.so.6
7f4000001000-7f4000002000 rwxp 00001000 00:02 56     /lib/libc.so.6
7f5000000000-7f5000001000 r--p 00000000 00:00 0
`;
  expect(await compared(withMore(CALLS), saved)).toEqual([
    ['0x7f4000000000', '/lib/libc.so.6', 'differs: the maps name another part of the file there'],
    ['0x7f4000001000', null, 'only in the trace: mapped over on line 11'],
    ['0x7f4000001000', null, 'only in the trace: protected anew on line 13'],
    ['0x7f4000001000', '/lib/libc.so.6', 'differs: the maps say rwxp'],
    [
      '0x7f5000000000',
      null,
      'only in the saved maps: no mmap in the capture makes it: execve (line 5) maps the program without one',
    ],
  ]);
});

it('[A] takes what a forked task has from its parent for confirmed', async () => {
  const text = `
            bash-10      [000] .....     0.900000: sys_execve(filename: 55f0, argv: 55f1, envp: 55f2)
            bash-10      [000] .....     0.900001: sys_execve -> 0x0
            bash-10      [000] .....     0.900002: sys_mmap(addr: 0, len: 3000, prot: 3, flags: 22, fd: ffffffff, off: 0)
            bash-10      [000] .....     0.900003: sys_mmap -> 0x7f4000000000
            bash-10      [000] .....     1.000000: sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
            bash-10      [000] .....     1.000010: sys_clone -> 0x14
            bash-20      [001] .....     1.000020: sys_clone -> 0x0
            bash-10      [000] .....     1.000030: sys_munmap(addr: 7f4000000000, len: 3000)
            bash-10      [000] .....     1.000040: sys_munmap -> 0x0
`;
  const saved = `55f000000000-55f000001000 r--p 00000000 00:02 89     /bin/bash
7f4000000000-7f4000003000 rw-p 00000000 00:00 0
`;
  expect(await compared(text.slice(1), saved)).toEqual([
    ['0x7f4000000000', null, null],
    [
      '0x55f000000000',
      '/bin/bash',
      'only in the saved maps: inherited at the fork, line 5, its parent made it before the capture',
    ],
    ['0x7f4000000000', null, 'confirmed: inherited from 10, which made it on line 3'],
  ]);
});
