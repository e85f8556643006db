import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] names the path that a probe printed inside the open, and the error of a failed one', async () => {
  const { csv, findings } = await answer('files', KILLED, { columns: ['pid', 'path', 'fd', 'errno', 'flags_text'] });
  expect(csv).toBe(
    'pid,path,fd,errno,flags_text\n20,/lib/libc.so.6,3,,O_RDONLY|O_CLOEXEC\n20,/etc/none,,ENOENT,O_RDONLY',
  );
  expect(findings.map((finding) => finding.text)).toEqual(['1 of 2 opens failed: /etc/none (ENOENT)']);
});

it('[A] shows a path that was cut off as cut off', async () => {
  const { rows } = await answer(
    'files',
    `
      irqbalance-1328  [005] .... 2773211.189573: myprobe: (do_filp_open+0x0/0x100) dfd=4294967295 pathname="/proc/interrupts"
            bash-15864 [004] .... 2773212.197525: myprobe: (do_filp_open+0x0/0x100) dfd=638259 pathname="/sys/kernel/debug/tracing/`,
  );
  expect(rows.map((row) => row.path)).toEqual([
    '/proc/interrupts',
    '/sys/kernel/debug/tracing/… (cut off in the capture)',
  ]);
});

it('[A] names descriptors of calls that open no path for what they are', async () => {
  const { csv, findings } = await answer(
    'files',
    `
           a.out-20      [001] .....     1.000000: sys_socket(family: 1, type: 80001, protocol: 0)
           a.out-20      [001] .....     1.000001: sys_socket -> 0x3
           a.out-20      [001] .....     1.000002: sys_eventfd2(count: 0, flags: 80000)
           a.out-20      [001] .....     1.000003: sys_eventfd2 -> 0x4
           a.out-20      [001] .....     1.000004: sys_close(fd: 3)
           a.out-20      [001] .....     1.000005: sys_close -> 0x0
           a.out-20      [001] .....     1.000006: sys_epoll_create1(flags: 80000)
           a.out-20      [001] .....     1.000007: sys_epoll_create1 -> 0xffffffffffffffe8
           a.out-20      [001] .....     1.000008: sys_openat(dfd: ffffff9c, filename: 7f30, flags: 0, mode: 0)
           a.out-20      [001] .....     1.000009: sys_openat -> 0xfffffffffffffffe
`,
    { columns: ['kind', 'fd', 'path', 'errno', 'close_ts', 'ended', 'source', 'line_no'] },
  );
  expect(csv).toBe(
    [
      'kind,fd,path,errno,close_ts,ended,source,line_no',
      'socket,3,,,1000004000,close,socket,5',
      'eventfd,4,,,,end of capture,eventfd2,7',
      'file,,,ENOENT,,,openat,13',
    ].join('\n'),
  );
  expect(findings.map((finding) => finding.text)).toEqual(['1 of 1 opens failed: a file (ENOENT)']);
});
