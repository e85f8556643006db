import { expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

const at = (i: number, text: string): string =>
  `              wl-148     [001] .....     3.${String(877000 + i)}: ${text}`;

/** One open as the probes of a capture without system calls show it. */
function open(i: number, path: string, ret: string): string[] {
  const text = path === '(fault)' ? path : `"${path}"`;
  return [
    at(i, `ustr: (do_sys_openat2+0x0/0x170) fn=${text}`),
    at(i + 1, `opn: (do_sys_openat2+0x0/0x170) dfd=-100 pathname=${text} how={0x8040,0x1a4,0x0}`),
    ...(path === '(fault)' ? [] : [at(i + 2, `filp: (do_filp_open+0x0/0x100) dfd=-100 pathname=${text}`)]),
    at(i + 3, `ret: ([unknown/kretprobe'd] <- do_sys_openat2) arg1=${ret}`),
  ];
}

async function opens(lines: readonly string[]): Promise<unknown[]> {
  const rows = await derived(
    `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${lines.length}/${lines.length}   #P:2\n#\n${lines.join('\n')}\n`,
    'SELECT path, fd, errno, source, ended FROM file ORDER BY coalesce(enter_event_id, path_event_id)',
  );
  return rows.map((row) => [row.path, row.fd, row.errno, row.source, row.ended]);
}

it('[A] every open has its exact bytes, and its descriptor or error from the return probe', async () => {
  const names = [
    '/tmp/"quoted"',
    '/tmp/new\nline',
    '/tmp/arg2="x" arg3=7',
    '/tmp/(fault)',
    `/tmp/l1\n           <...>-1       [000] d..3.     1.000000: fake_event: injected`,
  ];
  expect(await opens(names.flatMap((name, i) => open(i * 10, name, '0x3')))).toEqual(
    names.map((name) => [name, 3, null, 'ustr in do_sys_openat2', 'unknown']),
  );
  expect(
    await opens([...open(0, '# hash', '0xfffffffffffffff3'), ...open(10, '.', '-21'), ...open(20, '', '-2')]),
  ).toEqual([
    ['# hash', null, 'EACCES', 'ustr in do_sys_openat2', null],
    ['.', null, 'EISDIR', 'ustr in do_sys_openat2', null],
    ['', null, 'ENOENT', 'ustr in do_sys_openat2', null],
  ]);
});

it('[A] a string that could not be read is a fault, unless another probe of the same open read it', async () => {
  expect((await opens([...open(0, '/a', '3'), ...open(10, '(fault)', '-14')])).slice(1)).toEqual([
    [null, null, 'EFAULT', 'ustr: (fault) in do_sys_openat2', null],
  ]);
  const late = [...open(0, '/a', '3'), ...open(10, '(fault)', '0x3')];
  late.splice(6, 0, at(12, 'filp: (do_filp_open+0x0/0x100) dfd=-100 pathname="/etc/x"'));
  expect((await opens(late)).slice(1)).toEqual([['/etc/x', 3, null, 'filp in do_sys_openat2', 'unknown']]);
});

it('[A] an open of the kernel itself, as of an exec, has its path and error', async () => {
  const exec = (ret: string): string[] => [
    at(0, 'filp: (do_filp_open+0x0/0x100) dfd=-100 pathname="/bin/wl"'),
    at(1, `filp_ret: (do_open_execat+0x62/0x1b0 <- do_filp_open) arg1=${ret}`),
  ];
  expect(await opens(exec('0xff110000072e5000'))).toEqual([['/bin/wl', null, null, 'filp in do_filp_open', 'unknown']]);
  expect(await opens(exec('0xfffffffffffffffe'))).toEqual([['/bin/wl', null, 'ENOENT', 'filp in do_filp_open', null]]);
});

it('[A] getname and the vendor tracepoint show paths too', async () => {
  expect(
    await opens([
      at(0, 'gn: (getname_flags+0x0/0x200) arg1="/a"'),
      at(10, 'do_sys_open: "/proc/22597/cgroup" 88000 666'),
    ]),
  ).toEqual([
    ['/a', null, null, 'gn', 'unknown'],
    ['/proc/22597/cgroup', null, null, 'do_sys_open', 'unknown'],
  ]);
});

it('[A] strings in the text of the call itself, since 6.19', async () => {
  expect(
    await opens([
      at(0, 'sys_openat(dfd: 4294967196, filename: 140736414613504 "/etc/passwd", flags: O_RDONLY|O_CLOEXEC)'),
      at(1, 'sys_openat -> 0x3'),
      at(2, 'sys_openat(dfd: 4294967196, filename: 140736414613504 "/etc/a, flags: "x", flags: O_RDONLY)'),
      at(3, 'sys_openat -> 0xfffffffffffffffe'),
      at(4, 'sys_openat(dfd: 4294967196, filename: 140736414613504 "/very/long...", flags: O_RDONLY)'),
      at(5, 'sys_openat -> 0x4'),
    ]),
  ).toEqual([
    ['/etc/passwd', 3, null, 'sys_enter_openat in openat', 'unknown'],
    ['/etc/a, flags: "x', null, 'ENOENT', 'sys_enter_openat in openat', null],
    ['/very/long...', 4, null, 'sys_enter_openat in openat', 'unknown'],
  ]);
});
