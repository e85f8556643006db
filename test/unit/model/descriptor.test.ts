import { expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

/** What each call on a descriptor names. `missing`: lines that the header counts and the text does not hold. */
async function named(records: string, missing = 0): Promise<string[]> {
  const lines = records
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) =>
      line.replace(
        /^ *x-(\d+) *(\[\d+\] \S+) 1\.0+/,
        (_, pid, flags) => `               x-${pid}  ${flags}  1.${String(i).padStart(6, '0')}`,
      ),
    );
  const count = lines.length + missing;
  const rows = await derived(
    `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${count}/${count}   #P:2\n#\n${lines.join('\n')}\n`,
    `SELECT u.name, u.fd, coalesce(u.path, u.kind, '?') AS what, u.confidence
     FROM fd_use u JOIN event_row e ON e.event_id = u.enter_event_id ORDER BY u.enter_event_id, u.position`,
  );
  return rows.map((row) => `${row.name} ${row.fd} ${row.what}${row.confidence === 'inferred' ? ' (inferred)' : ''}`);
}

const open = (pid: number, path: string, fd: string, flags = '0'): string => `
  x-${pid} [000] ..... 1.000000: sys_openat(dfd: ffffff9c, filename: 7f20, flags: ${flags}, mode: 0)
  x-${pid} [000] ..... 1.000000: opn: (do_sys_openat2+0x0/0x170) path="${path}"
  x-${pid} [000] ..... 1.000000: sys_openat -> 0x${fd}`;
const call = (pid: number, text: string, ret = '0'): string => `
  x-${pid} [000] ..... 1.000000: sys_${text}
  x-${pid} [000] ..... 1.000000: sys_${/^\w+/.exec(text)?.[0]} -> 0x${ret}`;
const read = (pid: number, fd: string, ret = '1'): string => call(pid, `read(fd: ${fd}, buf: 1, count: 10)`, ret);
const fork = (pid: number, child: number, flags = '1200011'): string => `
  x-${pid} [000] ..... 1.000000: sys_clone(clone_flags: ${flags}, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
  x-${pid} [000] ..... 1.000000: sys_clone -> 0x${child.toString(16)}
  x-${child} [001] ..... 1.000000: sys_clone -> 0x0`;
const exec = (pid: number): string => call(pid, 'execve(filename: 1, argv: 2, envp: 3)');
const EBADF = 'fffffffffffffff7';

it('[A] names a descriptor from its open to its close', async () => {
  expect(
    await named(`${read(20, '3')}${open(20, '/a', '3')}${read(20, '3')}${call(20, 'close(fd: 3)')}${read(20, '3')}`),
  ).toEqual(['read 3 ?', 'read 3 /a', 'close 3 /a', 'read 3 ?']);
});

it('[A] follows dup, dup2, dup3 and fcntl, each with its own life', async () => {
  expect(
    await named(
      `${open(20, '/a', '3')}${call(20, 'dup(fildes: 3)', '4')}${call(20, 'dup2(oldfd: 4, newfd: 5)', '5')}${call(20, 'dup3(oldfd: 5, newfd: 6, flags: 80000)', '6')}${call(20, 'fcntl(fd: 6, cmd: 0, arg: a)', 'a')}${call(20, 'close(fd: 3)')}${read(20, 'a')}${call(20, 'dup2(oldfd: 9, newfd: a)', 'a')}${read(20, 'a')}${read(20, '6')}`,
    ),
  ).toEqual([
    'dup 3 /a',
    'dup2 4 /a',
    'dup3 5 /a',
    'fcntl 6 /a',
    'close 3 /a',
    'read 10 /a',
    'dup2 9 ?',
    'read 10 ?',
    'read 6 /a',
  ]);
});

it('[A] a failed close changes nothing, a failed use names nothing, a failed dup2 keeps its target', async () => {
  expect(
    await named(
      `${open(20, '/a', '3')}${call(20, 'close(fd: 3)', EBADF)}${read(20, '3', EBADF)}${call(20, 'dup2(oldfd: 9, newfd: 3)', EBADF)}${read(20, '3')}${call(20, 'close(fd: 3)', 'fffffffffffffffb')}${read(20, '3')}`,
    ),
  ).toEqual(['close 3 ?', 'read 3 ?', 'dup2 9 ?', 'read 3 /a', 'close 3 /a', 'read 3 ?']);
});

it('[A] a child has its own copy, a thread shares', async () => {
  const story = (flags: string): string =>
    `${exec(10)}${open(10, '/a', '3')}${fork(10, 20, flags)}${call(10, 'close(fd: 3)')}${read(20, '3')}${open(20, '/b', '4')}${read(10, '4')}`;
  expect((await named(story('1200011'))).slice(1)).toEqual(['read 3 /a', 'read 4 ?']);
  expect((await named(story('3d0f00'))).slice(1)).toEqual(['read 3 ?', 'read 4 /b']);
});

it('[A] an inherited descriptor is what it was at the fork, also over generations and dups', async () => {
  expect(
    await named(
      `${open(10, '/a', '3')}${call(10, 'dup2(oldfd: 3, newfd: 1)', '1')}${fork(10, 20)}${call(10, 'close(fd: 3)')}${open(10, '/c', '3')}${fork(20, 30)}${read(30, '1')}${read(30, '3')}`,
    ),
  ).toEqual(['dup2 3 /a', 'close 3 /a', 'read 1 /a', 'read 3 /a']);
});

it('[A] exec closes what is close-on-exec, by the open or by fcntl, and keeps the rest', async () => {
  expect(
    await named(
      `${open(20, '/keep', '3')}${open(20, '/gone', '4', '80000')}${open(20, '/set', '5')}${call(20, 'fcntl(fd: 5, cmd: 2, arg: 1)')}${open(20, '/reset', '6', '80000')}${call(20, 'fcntl(fd: 6, cmd: 2, arg: 0)')}${exec(20)}${read(20, '3')}${read(20, '4')}${read(20, '5')}${read(20, '6')}`,
    ),
  ).toEqual(['fcntl 5 /set', 'fcntl 6 /reset', 'read 3 /keep', 'read 4 ?', 'read 5 ?', 'read 6 /reset']);
});

it('[A] a child inherits close-on-exec', async () => {
  expect(
    await named(
      `${open(10, '/gone', '3', '80000')}${open(10, '/keep', '4')}${fork(10, 20)}${read(20, '3')}${exec(20)}${read(20, '3')}${read(20, '4')}${read(10, '3')}`,
    ),
  ).toEqual(['read 3 /gone', 'read 3 ?', 'read 4 /keep', 'read 3 /gone']);
});

it('[A] close_range closes a range, or sets close-on-exec', async () => {
  expect(
    await named(
      `${open(20, '/a', '3')}${open(20, '/b', '4')}${open(20, '/c', '9')}${call(20, 'close_range(fd: 4, max_fd: 5, flags: 0)')}${read(20, '3')}${read(20, '4')}${read(20, '9')}${call(20, 'close_range(fd: 3, max_fd: ffffffff, flags: 4)')}${read(20, '9')}${exec(20)}${read(20, '9')}`,
    ),
  ).toEqual(['close_range 4 /b', 'read 3 /a', 'read 4 ?', 'read 9 /c', 'close_range 3 /a', 'read 9 /c', 'read 9 ?']);
});

it('[A] sockets and their like have a kind and no path', async () => {
  expect(
    await named(
      `${call(20, 'socket(family: 2, type: 1, protocol: 0)', '3')}${read(20, '3')}${call(20, 'eventfd2(count: 0, flags: 0)', '4')}${read(20, '4')}`,
    ),
  ).toEqual(['read 3 socket', 'read 4 eventfd']);
});

it('[B] tasks that may share descriptors do not speak for each other', async () => {
  // Both older than the capture: threads of one process, or not.
  expect(
    await named(
      `${open(20, '/a', '5')}${read(20, '5')}${call(21, 'close(fd: 5)')}${open(21, '/b', '5')}${read(20, '5')}${read(21, '5')}`,
    ),
  ).toEqual(['read 5 /a', 'close 5 ?', 'read 5 ?', 'read 5 /b']);
});

it('[B] lines that are missing make a name inferred, a torn call on the way makes it unknown', async () => {
  expect(await named(`${open(20, '/a', '3')}${read(20, '3')}`, 9)).toEqual(['read 3 /a (inferred)']);
  expect(await named(`${open(20, '/a', '3')}${call(20, 'pipe2(fildes: 1, flags: 0)')}${read(20, '3')}`, 9)).toEqual([
    'read 3 ?',
  ]);
  expect(await named(`${open(20, '/a', '3')}\nCPU:0 [LOST 7 EVENTS]${read(20, '3')}`, 9)).toEqual(['read 3 ?']);
});

it('[B] a number that is given out again was closed unseen', async () => {
  expect(await named(`${open(20, '/a', '3')}${read(20, '3')}${open(20, '/b', '3')}${read(20, '3')}`)).toEqual([
    'read 3 /a (inferred)',
    'read 3 /b',
  ]);
});

it('[A] a relative path goes on from the directory of its dfd, and says inferred', async () => {
  expect(
    await named(`${open(20, '/etc', '3')}
  x-20 [000] ..... 1.000000: sys_openat(dfd: 3, filename: 7f20, flags: 0, mode: 0)
  x-20 [000] ..... 1.000000: opn: (do_sys_openat2+0x0/0x170) path="ssh"
  x-20 [000] ..... 1.000000: sys_openat -> 0x4
  x-20 [000] ..... 1.000000: sys_openat(dfd: 4, filename: 7f20, flags: 0, mode: 0)
  x-20 [000] ..... 1.000000: opn: (do_sys_openat2+0x0/0x170) path="config"
  x-20 [000] ..... 1.000000: sys_openat -> 0x5${read(20, '5')}${read(20, '3')}`),
  ).toEqual(['openat 3 /etc', 'openat 4 /etc/ssh (inferred)', 'read 5 /etc/ssh/config (inferred)', 'read 3 /etc']);
});
