import { describe, expect, it } from 'vitest';
import { type ReadEvent, readTrace } from '../../support/read-trace.js';

const AT_FDCWD = 0xffffff9cn;
let stamp = 0;
const read = (...bodies: string[]): readonly ReadEvent[] => {
  const lines = bodies.map(
    (body) => `            bash-416     [000] .....    54.${String(stamp++).padStart(6, '0')}: ${body}`,
  );
  return readTrace(`${lines.join('\n')}\n`).events;
};

/** Values, or null: only text is certain. `text`: what is kept of it, null for a canonical line that follows from its values. */
const ENTERS: readonly (readonly [
  what: string,
  body: string,
  name: string,
  values: readonly bigint[],
  keys: string,
])[] = [
  [
    'bare hex',
    'sys_openat(dfd: ffffff9c, filename: 7ffd5a2c3f10, flags: 80000, mode: 0)',
    'openat',
    [AT_FDCWD, 0x7ffd5a2c3f10n, 0x80000n, 0n],
    'dfd filename flags mode',
  ],
  ['no arguments', 'sys_getpid()', 'getpid', [], ''],
  ['64 bits', 'sys_mmap(addr: ffffffffffffffff, len: 3ba778)', 'mmap', [0xffffffffffffffffn, 0x3ba778n], 'addr len'],
  [
    '0x from ten on (6.18)',
    'sys_write(fd: 4, buf: 0x55c4a1fa9270, count: 0x44)',
    'write',
    [4n, 0x55c4a1fa9270n, 0x44n],
    'fd buf count',
  ],
  ['a user string', 'sys_chdir(filename: 0x7ffe0c3d "/etc")', 'chdir', [0x7ffe0c3dn], 'filename'],
  ['a cut string', 'sys_chdir(filename: 0x7ffe0c3d "/etc...")', 'chdir', [0x7ffe0c3dn], 'filename'],
  ['a string with a quote', 'sys_chdir(filename: 0x7ffe0c3d "a"b")', 'chdir', [0x7ffe0c3dn], 'filename'],
  [
    'a buffer',
    'sys_write(fd: 1, buf: 0x55c4 (68:65:6c:6c:6f:0a) "hello.", count: 6)',
    'write',
    [1n, 0x55c4n, 6n],
    'fd buf count',
  ],
  [
    'a cut buffer',
    'sys_write(fd: 1, buf: 0x55c4 (68:65, ...) "he"..., count: 0x400)',
    'write',
    [1n, 0x55c4n, 0x400n],
    'fd buf count',
  ],
  [
    'a buffer that is not printable',
    'sys_write(fd: 1, buf: 0x55c4 (00), count: 1)',
    'write',
    [1n, 0x55c4n, 1n],
    'fd buf count',
  ],
  [
    'openat by name and decimal (6.19)',
    'sys_openat(dfd: 4294967196, filename: 140736414613504 "/etc/passwd", flags: O_RDONLY|O_CLOEXEC)',
    'openat',
    [AT_FDCWD, 140736414613504n, 0x80000n],
    'dfd filename flags',
  ],
  [
    'openat with an octal mode',
    'sys_openat(dfd: 3, filename: 140736414613504 "x", flags: O_WRONLY|O_CREAT|O_TRUNC, mode: 0644)',
    'openat',
    [3n, 140736414613504n, 0o1101n, 0o644n],
    'dfd filename flags mode',
  ],
  ['types (option verbose)', 'sys_close(unsigned int fd: a)', 'close', [10n], 'fd'],
  [
    'pointer types',
    'sys_openat(int dfd: ffffff9c, const char * filename: 4949c1, int flags: 0, umode_t mode: 1b6)',
    'openat',
    [AT_FDCWD, 0x4949c1n, 0n, 0x1b6n],
    'dfd filename flags mode',
  ],
  [
    'struct types',
    'sys_clock_nanosleep(const clockid_t which_clock: 0, int flags: 0, const struct __kernel_timespec * rqtp: 7ffc, struct __kernel_timespec * rmtp: 0)',
    'clock_nanosleep',
    [0n, 0n, 0x7ffcn, 0n],
    'which_clock flags rqtp rmtp',
  ],
  [
    'types with 0x',
    'sys_read(unsigned int fd: 3, char * buf: 0x7ffc2163e850, size_t count: 0x80)',
    'read',
    [3n, 0x7ffc2163e850n, 128n],
    'fd buf count',
  ],
  [
    'option fields',
    'sys_enter_dup2: __syscall_nr=0x21 (33) oldfd=0xa (10) newfd=0x1 (1)',
    'dup2',
    [10n, 1n],
    'oldfd newfd',
  ],
  ['option fields, no arguments', 'sys_enter_getpid: __syscall_nr=0x27 (39)', 'getpid', [], ''],
  ['trace-cmd', 'sys_enter_kill: pid: 0x000001a1, sig: 0x00000009', 'kill', [0x1a1n, 9n], 'pid sig'],
  ['trace-cmd report -R', 'sys_enter_kill: __syscall_nr=0x3e pid=0x1a1 sig=0x9', 'kill', [0x1a1n, 9n], 'pid sig'],
];

describe('syscall enter', () => {
  it.each(ENTERS)('%s', (_, body, name, values, keys) => {
    const { events, account } = readTrace(`            bash-416     [000] .....    54.000001: ${body}\n`);
    expect(events[0]).toMatchObject({ name: `sys_enter_${name}`, kind: 'syscall_enter', values });
    expect(account.names[0]?.keys.join(' ')).toBe(keys);
  });

  it.each([
    ['a string that reads in two ways', 'sys_rename(a: 0x7f "x", b: 0x1 "y")', false],
    ['a flag that has no name here', 'sys_openat(dfd: 3, filename: 4 "x", flags: O_NOVEL)', false],
    ['a number that is neither', 'sys_openat(dfd: 4294967x96)', false],
    ['a line that is cut off', 'sys_openat(dfd: ffffff9c, filen', false],
    ['more than six arguments', 'sys_x(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7)', false],
  ])('leaves as text: %s', (_, body) => {
    expect(read(body)[0]).toMatchObject({ kind: 'syscall_enter' });
    if (!body.includes('rename')) expect(read(body)[0]?.values).toEqual([]);
  });

  it('takes the reading of which there is one only', () => {
    // "x", b: 0x1 "y" may be one string: two readings, no value.
    expect(read('sys_rename(a: 0x7f "x", b: 0x1 "y")')[0]?.values).toEqual([]);
    expect(read('sys_link(oldname: 0x7f "x", newname: 0x1)')[0]?.values).toEqual([0x7fn, 1n]);
    // Of a syscall that is known only one reading has all of its arguments.
    const known = 'sys_renameat2(olddfd: 3, oldname: 0x7f "a, b", newdfd: 4, newname: 0x2 "c", flags: 0)';
    expect(read(known)[0]?.values).toEqual([3n, 0x7fn, 4n, 2n, 0n]);
  });

  it('gives up on a text that reads in no end of ways', () => {
    expect(read(`sys_x(a: 0x1 "${'", b: 0x1 "'.repeat(700)}x)`)[0]?.values).toEqual([]);
  });

  it('keeps the text of every form that does not follow from names and values', () => {
    expect(read('sys_chdir(filename: 0x7ffe0c3d "/etc")')[0]?.args).toBe('filename: 0x7ffe0c3d "/etc"');
    expect(read('sys_close(unsigned int fd: a)')[0]?.args).toBe('unsigned int fd: a');
  });

  it('does not change the names that lines before have fixed', () => {
    const [first, second] = read('sys_x(a: 1, b: 2)', 'sys_x(a: 1, c: 0x7 "s")');
    expect(first?.values).toEqual([1n, 2n]);
    expect(second?.values).toEqual([]);
  });

  it('leaves function lines with arguments alone', () => {
    const [event] = read('sys_imageblit(p=0x1, image=0x2) <-bit_putcs');
    expect(event).toMatchObject({ name: 'function', args: 'sys_imageblit(p=0x1, image=0x2) <-bit_putcs' });
  });

  it('knows exit(2) from a return and from raw_syscalls', () => {
    const events = read(
      'sys_exit(error_code: 0)',
      'sys_exit: NR 60 = 0',
      'sys_enter: NR 60 (0, 0, 0, 0, 0, 0)',
      'sys_exit -> 0x0',
    );
    expect(events.map(({ name, kind }) => [name, kind])).toEqual([
      ['sys_enter_exit', 'syscall_enter'],
      ['sys_exit', 'event'],
      ['sys_enter', 'event'],
      ['sys_exit_exit', 'syscall_exit'],
    ]);
  });
});

describe('syscall exit', () => {
  it.each([
    ['an error', 'sys_openat -> 0xfffffffffffffffe', 0xfffffffffffffffen],
    ['a number', 'sys_openat -> 0x3', 3n],
    ['option fields', 'sys_exit_openat: __syscall_nr=0x101 (257) ret=0xfffffffffffffffe (-2)', 0xfffffffffffffffen],
    ['trace-cmd', 'sys_exit_openat: 0x3', 3n],
    ['trace-cmd report -R', 'sys_exit_openat: __syscall_nr=0x101 ret=0x3', 3n],
  ])('%s', (_, body, value) => {
    expect(read(body)[0]).toMatchObject({ name: 'sys_exit_openat', kind: 'syscall_exit', values: [value] });
  });

  it('leaves as text what is no number', () => {
    expect(read('sys_openat -> 0x')[0]).toMatchObject({ values: [], args: '0x' });
  });
});
