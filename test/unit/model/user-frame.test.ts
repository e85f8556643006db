import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { runAnalysis } from '../../../src/analyses/run.js';
import stacks from '../../../src/analyses/stacks/index.js';
import { eventNames } from '../../../src/app/capture-info.js';
import { deriveAll } from '../../../src/app/derive.js';
import { explain } from '../../../src/app/explain/index.js';
import { importTrace } from '../../../src/app/import-trace.js';
import { importSideFiles } from '../../../src/app/side-files.js';
import { Store } from '../../../src/store/store.js';
import { scratch } from '../../support/scratch.js';

/** A loader maps a library over itself, forks, and the child calls from it; then the parent maps something else there. */
const TEXT = `
            task-10      [000] .....     1.000000: sys_execve(filename: 55f0, argv: 55f1, envp: 55f2)
            task-10      [000] .....     1.000001: sys_execve -> 0x0
            task-10      [000] .....     1.000002: sys_openat(dfd: ffffff9c, filename: 7f20, flags: 80000, mode: 0)
            task-10      [000] .....     1.000003: opn: (do_sys_openat2+0x0/0x170) path="/lib/libc.so.6"
            task-10      [000] .....     1.000004: sys_openat -> 0x3
            task-10      [000] .....     1.000005: sys_mmap(addr: 0, len: 10000, prot: 1, flags: 2, fd: 3, off: 0)
            task-10      [000] .....     1.000006: sys_mmap -> 0x7f0000000000
            task-10      [000] .....     1.000007: sys_mmap(addr: 7f0000002000, len: 4000, prot: 5, flags: 12, fd: 3, off: 26000)
            task-10      [000] .....     1.000008: sys_mmap -> 0x7f0000002000
            task-10      [000] .....     1.000009: sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
            task-10      [000] .....     1.000010: sys_clone -> 0xb
            task-10      [000] .....     1.000011: sys_munmap(addr: 7f0000000000, len: 10000)
            task-10      [000] .....     1.000012: sys_munmap -> 0x0
            task-11      [000] .....     1.000013: sys_clone -> 0x0
            task-11      [000] .....     1.000014: sys_getpid()
            task-11      [000] .....     1.000015: <user stack trace>
 =>  <00007f0000002123>
 =>  <0000560000001456>
            task-10      [000] .....     1.000016: sys_getppid()
            task-10      [000] .....     1.000017: <user stack trace>
 =>  <00007f0000002123>
`.slice(1);
const RECORDS = TEXT.split('\n').filter((line) => line.trim() !== '' && !line.startsWith(' =>')).length;

async function capture(maps: readonly { pid: number; text: string }[] = []): Promise<Store> {
  const store = await Store.create();
  const { captureId } = await importTrace(store, {
    name: 'trace',
    chunks: Readable.from([
      Buffer.from(`# tracer: nop\n#\n# entries-in-buffer/entries-written: ${RECORDS}/${RECORDS}   #P:1\n#\n${TEXT}`),
    ]),
  });
  const files = scratch();
  await importSideFiles(store, captureId, {
    maps: maps.map(({ pid, text }) => ({ pid, path: files.file(`maps.${pid}`, text) })),
  });
  await deriveAll(store);
  return store;
}

const FRAMES =
  'SELECT e.pid, depth, path, lower(hex("offset")) AS at, confidence FROM user_frame JOIN event_row e USING (event_id) ORDER BY event_id, depth';

it('names the file and the place in it of an address, by the mapping that a fork left, and not by one that is gone', async () => {
  const store = await capture();
  expect(await store.rows(FRAMES)).toEqual([
    { pid: 11, depth: 0, path: '/lib/libc.so.6', at: '26123', confidence: 'exact' },
  ]);
  store.close();
});

it('asks the saved maps for what the trace did not map, and says so', async () => {
  const store = await capture([
    {
      pid: 11,
      text: '560000001000-560000002000 r-xp 00004000 00:02 89 /bin/task\n7f0000000000-7f0000010000 r-xp 0 0:0 0 /other\n',
    },
  ]);
  expect(await store.rows(FRAMES)).toEqual([
    { pid: 11, depth: 0, path: '/lib/libc.so.6', at: '26123', confidence: 'exact' },
    { pid: 11, depth: 1, path: '/bin/task', at: '4456', confidence: 'inferred' },
  ]);
  const read = (sql: string, values: Parameters<typeof store.rows>[1]) => store.rows(sql, values);
  const { rows } = await runAnalysis(read, stacks, {}, await eventNames(store));
  expect(rows.map((row) => [row.event, row.stack])).toEqual([
    ['sys_enter_getpid', '/bin/task+0x4456;/lib/libc.so.6+0x26123'],
    ['sys_enter_getppid', '0x7f0000002123'],
  ]);
  const { steps } = await explain(store, { line: 19 });
  expect(steps.map((step) => step.text)).toContain(
    'sys_enter_getpid; in user space at /lib/libc.so.6+0x26123 < /bin/task+0x4456 (by the saved maps)',
  );
  store.close();
});
