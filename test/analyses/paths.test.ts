import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const STORY = `
             cat-20      [001] .....     1.000001: sys_openat(dfd: ffffff9c, filename: 7f30, flags: 0, mode: 0)
             cat-20      [001] .....     1.000002: opn: (do_sys_openat2+0x0/0x170) path="/etc/none"
             cat-20      [001] .....     1.000003: sys_openat -> 0xfffffffffffffffe
             cat-20      [001] .....     1.000004: sys_openat(dfd: ffffff9c, filename: 7f20, flags: 0, mode: 0)
             cat-20      [001] .....     1.000005: opn: (do_sys_openat2+0x0/0x170) path="/var/log/x"
             cat-20      [001] .....     1.000006: sys_openat -> 0x3
             cat-20      [001] .....     1.000007: sys_read(fd: 3, buf: 7f40, count: 1000)
             cat-20      [001] .....     1.000008: sys_read -> 0x100
             cat-20      [001] .....     1.000009: sys_dup(fildes: 3)
             cat-20      [001] .....     1.000010: sys_dup -> 0x4
             cat-20      [001] .....     1.000011: sys_write(fd: 4, buf: 7f40, count: 1000)
             cat-20      [001] .....     1.000012: sys_write -> 0x20
             cat-20      [001] .....     1.000013: sys_write(fd: 4, buf: 7f40, count: 1000)
             cat-20      [001] .....     1.000014: sys_write -> 0xfffffffffffffff7
             cat-20      [001] .....     1.000014: sys_close(fd: 4)
             cat-20      [001] .....     1.000014: sys_close -> 0x0
             cat-20      [001] .....     1.000015: sys_exit_group(error_code: 0)
             cat-20      [001] .....     1.000016: sched_process_exit: comm=cat pid=20 prio=120
`;

it('[A] counts opens, errors, bytes through any descriptor of the path, and what the exit found open', async () => {
  const columns = [
    'path',
    'pid',
    'opens',
    'failed',
    'errors',
    'open_at_exit',
    'open_at_end',
    'reads',
    'bytes_read',
    'writes',
    'bytes_written',
    'confidence',
  ];
  const { csv, findings } = await answer('paths', STORY, { columns });
  expect(csv).toBe(
    `${columns.join(',')}\n/etc/none,20,1,1,ENOENT,0,0,0,,0,,exact\n/var/log/x,20,1,0,,1,0,1,256,1,32,exact`,
  );
  expect(findings.map((finding) => finding.text)).toEqual([
    '1 descriptor was still open when its task ended, e.g. /var/log/x of pid 20',
  ]);
});

it('[B] names the events to enable where nothing shows an open', async () => {
  const { status, missing } = await answer('paths', '             cat-20      [001] .....     1.000001: sys_getpid()');
  expect([status, missing]).toEqual(['not-applicable', ['sys_enter_openat', 'sys_exit_openat']]);
});

it('[A] a probe of any name is enough', async () => {
  const { rows } = await answer(
    'paths',
    '             cat-20      [001] .....     1.000001: mine: (do_filp_open+0x0/0x100) dfd=1 p="x" pathname="/a"',
  );
  expect(rows.map((row) => [row.path, row.opens])).toEqual([['/a', 1]]);
});
