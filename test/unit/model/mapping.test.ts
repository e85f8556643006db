import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

/** Lines of the trace: `pid call(args) -> ret`, or one half of it; `pid event: text` for other events. */
function trace(...said: readonly string[]): string {
  let us = 1_000_000;
  const stamp = (): string => `${Math.floor(us / 1_000_000)}.${String(us++ % 1_000_000).padStart(6, '0')}`;
  const lines = said.flatMap((line) => {
    const [, pid = '', name = '', args, ret, rest] =
      /^(\d+) (\w+)(?:\((.*?)\))?(?: -> (\w+))?(?:: (.*))?$/.exec(line) ?? [];
    const head = `            task-${pid.padEnd(7)} [000] ..... `;
    if (rest !== undefined) return [`${head} ${stamp()}: ${name}: ${rest}`];
    return [
      ...(args === undefined ? [] : [`${head} ${stamp()}: sys_${name}(${args})`]),
      ...(ret === undefined ? [] : [`${head} ${stamp()}: sys_${name} -> ${ret}`]),
    ];
  });
  return `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${lines.length}/${lines.length}   #P:1\n#\n${lines.join('\n')}\n`;
}

const EXEC = '10 execve(filename: 55f0, argv: 55f1, envp: 55f2) -> 0x0';
const anon = (addr: string, len: string, prot: number, ret: string, flags = '22'): string =>
  `10 mmap(addr: ${addr}, len: ${len}, prot: ${prot}, flags: ${flags}, fd: ffffffff, off: 0) -> ${ret}`;
const file = (addr: string, len: string, prot: number, ret: string, off = '0', flags = '2'): string =>
  `10 mmap(addr: ${addr}, len: ${len}, prot: ${prot}, flags: ${flags}, fd: 3, off: ${off}) -> ${ret}`;
const OPEN = [
  '10 openat(dfd: ffffff9c, filename: 7f20, flags: 80000, mode: 0)',
  '10 opn: (do_sys_openat2+0x0/0x170) path="/lib/libc.so.6"',
  '10 openat -> 0x3',
];

const PARTS = `SELECT lower(hex(start_addr)) || '-' || lower(hex(end_addr)) || ' ' || coalesce(perms_of(prot), '???') || coalesce(' +' || lower(hex("offset")) || ' ' || path, '')
  || ' ' || how || coalesce(' until ' || ended, '') AS part FROM mapping_part ORDER BY since_event_id, start_addr`;
const parts = async (...said: readonly string[]): Promise<unknown[]> =>
  (await derived(trace(EXEC, ...said), PARTS)).map((row) => row.part);

/** So that the capture records munmap, and a mapping that is left may be said to be there at the end. */
const OTHER = [anon('0', '1000', 3, '0x100000'), '10 munmap(addr: 100000, len: 1000) -> 0x0'];
const GONE = '100000-101000 rw- mmap until munmap';

describe('parts of mappings', () => {
  it('lets a munmap of the middle leave both sides, each with its place in the file', async () => {
    expect(
      await parts(...OPEN, file('0', '5000', 1, '0x7f0000000000'), '10 munmap(addr: 7f0000001000, len: 2000) -> 0x0'),
    ).toEqual([
      '7f0000000000-7f0000001000 r-- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000003000 r-- +1000 /lib/libc.so.6 mmap until munmap',
      '7f0000003000-7f0000005000 r-- +3000 /lib/libc.so.6 mmap',
    ]);
  });

  it('ends what MAP_FIXED maps over, and only that', async () => {
    expect(
      await parts(
        ...OTHER,
        ...OPEN,
        file('0', '4000', 1, '0x7f0000000000'),
        file('7f0000001000', '1000', 5, '0x7f0000001000', '8000', '12'),
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 r-- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000002000 r-- +1000 /lib/libc.so.6 mmap until replace',
      '7f0000002000-7f0000004000 r-- +2000 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000002000 r-x +8000 /lib/libc.so.6 mmap',
    ]);
  });

  it('gives a part another protection, over two mappings at once, and knows what each is of', async () => {
    expect(
      await parts(
        ...OTHER,
        ...OPEN,
        file('0', '2000', 3, '0x7f0000000000'),
        anon('0', '2000', 3, '0x7f0000002000'),
        '10 mprotect(start: 7f0000001000, len: 2000, prot: 1) -> 0x0',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 rw- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000002000 rw- +1000 /lib/libc.so.6 mmap until mprotect',
      '7f0000002000-7f0000003000 rw- mmap until mprotect',
      '7f0000003000-7f0000004000 rw- mmap',
      '7f0000001000-7f0000002000 r-- +1000 /lib/libc.so.6 mprotect',
      '7f0000002000-7f0000003000 r-- mprotect',
    ]);
  });

  it('shows what execve mapped only where an mprotect touches it', async () => {
    expect(await parts(...OTHER, '10 mprotect(start: 5584d0026000, len: 1000, prot: 1) -> 0x0')).toEqual([
      GONE,
      '5584d0026000-5584d0027000 r-- mprotect',
    ]);
  });

  it('grows and shrinks the heap by brk, from the break that was told', async () => {
    expect(
      await parts(
        ...OTHER,
        '10 brk(brk: 0) -> 0x5000800',
        '10 brk(brk: 5021000) -> 0x5021000',
        '10 brk(brk: 6000000) -> 0x5021000',
        '10 brk(brk: 5011000) -> 0x5011000',
      ),
    ).toEqual([GONE, '5001000-5011000 rw- brk', '5011000-5021000 rw- brk until brk']);
  });

  it('does not guess where a heap begins', async () => {
    expect(await parts(...OTHER, '10 brk(brk: 5021000) -> 0x5021000')).toEqual([GONE]);
  });

  it('follows a mapping that mremap moves, with its file, its place in it and its protection', async () => {
    expect(
      await parts(
        ...OTHER,
        ...OPEN,
        file('0', '3000', 3, '0x7f0000000000'),
        '10 mprotect(start: 7f0000001000, len: 2000, prot: 1) -> 0x0',
        '10 mremap(addr: 7f0000001000, old_len: 2000, new_len: 4000, flags: 1, new_addr: 0) -> 0x7e0000000000',
        '10 mremap(addr: 7e0000000000, old_len: 4000, new_len: 6000, flags: 1, new_addr: 0) -> 0x7d0000000000',
        '10 mremap(addr: 7d0000000000, old_len: 6000, new_len: 5000, flags: 0, new_addr: 0) -> 0x7d0000000000',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 rw- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000003000 rw- +1000 /lib/libc.so.6 mmap until mprotect',
      '7f0000001000-7f0000003000 r-- +1000 /lib/libc.so.6 mprotect until mremap',
      '7e0000000000-7e0000004000 r-- +1000 /lib/libc.so.6 mremap until mremap',
      '7d0000000000-7d0000005000 r-- +1000 /lib/libc.so.6 mremap',
      '7d0000005000-7d0000006000 r-- +6000 /lib/libc.so.6 mremap until mremap',
    ]);
  });

  it('adds what mremap grows by in place', async () => {
    expect(
      await parts(
        ...OTHER,
        ...OPEN,
        file('0', '1000', 1, '0x7f0000000000'),
        '10 mremap(addr: 7f0000000000, old_len: 1000, new_len: 3000, flags: 1, new_addr: 0) -> 0x7f0000000000',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 r-- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000003000 r-- +1000 /lib/libc.so.6 mremap',
    ]);
  });

  it('changes nothing by a call that fails', async () => {
    expect(
      await parts(
        ...OTHER,
        anon('0', '2000', 3, '0x7f0000000000'),
        '10 munmap(addr: 7f0000000000, len: 1000) -> 0xffffffffffffffea',
        '10 mprotect(start: 7f0000000000, len: 1000, prot: 1) -> 0xffffffffffffffea',
        anon('7f0000000000', '1000', 1, '0xffffffffffffffea', '32'),
        anon('7f0000000000', '1000', 1, '0xffffffffffffffef', '100022'),
        '10 mremap(addr: 7f0000000000, old_len: 1000, new_len: 3000, flags: 0, new_addr: 0) -> 0xfffffffffffffff4',
      ),
    ).toEqual([GONE, '7f0000000000-7f0000002000 rw- mmap']);
  });

  it('leaves the protection open where an mprotect failed on its way', async () => {
    expect(
      await parts(
        ...OTHER,
        anon('0', '1000', 3, '0x7f0000000000'),
        '10 mprotect(start: 7f0000000000, len: 9000, prot: 1) -> 0xfffffffffffffff4',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 rw- mmap until mprotect',
      '7f0000000000-7f0000001000 ??? mprotect',
      '7f0000001000-7f0000009000 ??? mprotect',
    ]);
  });

  it('says nothing of what an unfinished call touches from its enter on', async () => {
    expect(
      await parts(...OTHER, anon('0', '2000', 3, '0x7f0000000000'), '10 munmap(addr: 7f0000000000, len: 1000)'),
    ).toEqual([GONE, '7f0000000000-7f0000001000 rw- mmap until unknown', '7f0000001000-7f0000002000 rw- mmap']);
  });

  it('knows nothing any more behind a line that is missing', async () => {
    const calm = Array.from({ length: 40 }, () => '10 getppid() -> 0x1');
    expect(
      await parts(
        ...calm,
        ...OTHER,
        anon('0', '2000', 3, '0x7f0000000000'),
        '10 munmap(addr: 7f0000000000, len: 1000)',
        '10 getppid() -> 0x1',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000001000 rw- mmap until unknown',
      '7f0000001000-7f0000002000 rw- mmap until unknown',
    ]);
  });

  it('takes an address that is given out twice for a munmap that is missing', async () => {
    expect(
      await parts(...OTHER, anon('0', '1000', 3, '0x7f0000000000'), anon('0', '1000', 1, '0x7f0000000000')),
    ).toEqual([GONE, '7f0000000000-7f0000001000 rw- mmap until unknown', '7f0000000000-7f0000001000 r-- mmap']);
  });

  it('ends everything with an exec, and with the end of the task', async () => {
    expect(
      await parts(
        anon('0', '1000', 3, '0x7f0000000000'),
        EXEC,
        anon('0', '1000', 1, '0x7f0000000000'),
        '10 sched_process_exit: comm=task pid=10 prio=120',
      ),
    ).toEqual(['7f0000000000-7f0000001000 rw- mmap until exec', '7f0000000000-7f0000001000 r-- mmap until exit']);
  });

  it('does not say that something stays where no munmap shows that they are recorded', async () => {
    expect(await parts(anon('0', '1000', 3, '0x7f0000000000'))).toEqual([
      '7f0000000000-7f0000001000 rw- mmap until unknown',
    ]);
  });

  it('does not calculate with ranges that no program has', async () => {
    expect(
      await parts(
        anon('0', '1000', 3, '0x7f0000000000'),
        '10 munmap(addr: fffffffffffffff0, len: ffffffffffffffff) -> 0x0',
        '10 mremap(addr: 7f0000000000, old_len: ffffffffffffffff, new_len: ffffffffffffffff, flags: 3, new_addr: ffffffffffffffff) -> 0x1000',
        anon('0', 'ffffffffffffffff', 3, '0xfffffffffffff000'),
      ),
    ).toEqual(['7f0000000000-7f0000001000 rw- mmap until unknown']);
  });
});

const clone = (flags: string, child: number): string[] => [
  `10 clone(clone_flags: ${flags}, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0) -> 0x${child.toString(16)}`,
  `${child} clone -> 0x0`,
];

describe('whose memory it is', () => {
  it('is one for the threads of a process', async () => {
    expect(
      await parts(
        ...clone('3d0f00', 11),
        anon('0', '1000', 3, '0x7f0000000000'),
        '11 munmap(addr: 7f0000000000, len: 1000) -> 0x0',
      ),
    ).toEqual(['7f0000000000-7f0000001000 rw- mmap until munmap']);
  });

  it('is one for a vfork child until its exec', async () => {
    const text = [
      '10 vfork()',
      '11 vfork -> 0x0',
      '11 mmap(addr: 0, len: 1000, prot: 3, flags: 22, fd: ffffffff, off: 0) -> 0x7f0000000000',
      '11 execve(filename: 55f0, argv: 55f1, envp: 55f2) -> 0x0',
      '10 vfork -> 0xb',
      '10 munmap(addr: 7f0000000000, len: 1000) -> 0x0',
    ];
    expect(await parts(...text)).toEqual(['7f0000000000-7f0000001000 rw- mmap until munmap']);
  });

  it('is a copy for a fork: what the child takes away stays with its parent', async () => {
    expect(
      await parts(
        ...OTHER,
        anon('0', '1000', 3, '0x7f0000000000'),
        ...clone('1200011', 11),
        '11 munmap(addr: 7f0000000000, len: 1000) -> 0x0',
      ),
    ).toEqual([GONE, '7f0000000000-7f0000001000 rw- mmap']);
  });

  it('knows of what a forked child protects which file it is', async () => {
    expect(
      await parts(
        ...OTHER,
        ...OPEN,
        file('0', '3000', 1, '0x7f0000000000'),
        ...clone('1200011', 11),
        '11 mprotect(start: 7f0000001000, len: 1000, prot: 3) -> 0x0',
      ),
    ).toEqual([
      GONE,
      '7f0000000000-7f0000003000 r-- +0 /lib/libc.so.6 mmap',
      '7f0000001000-7f0000002000 rw- +1000 /lib/libc.so.6 mprotect',
    ]);
  });

  it('is not to be told where the capture does not show whether two tasks share it', async () => {
    const text = trace(anon('0', '1000', 3, '0x7f0000000000'), '11 munmap(addr: 7f0000000000, len: 1000) -> 0x0');
    expect((await derived(text, PARTS)).map((row) => row.part)).toEqual([
      '7f0000000000-7f0000001000 rw- mmap until unknown',
    ]);
  });
});

describe('mapping', () => {
  const MAPPING = `SELECT lower(hex(start_addr)) AS at, len, prot, how, ended, (unmap_ts - map_ts) // 1000 AS us FROM mapping ORDER BY exit_event_id`;

  it('is unmapped when nothing of it is left', async () => {
    const text = trace(
      EXEC,
      anon('0', '1800', 3, '0x7f0000000000'),
      '10 munmap(addr: 7f0000000000, len: 1000) -> 0x0',
      anon('7f0000001000', '1000', 1, '0x7f0000001000', '32'),
    );
    expect(await derived(text, MAPPING)).toEqual([
      { at: '7f0000000000', len: 6144, prot: 'PROT_READ|PROT_WRITE', how: 'mmap', ended: 'replace', us: 3 },
      { at: '7f0000001000', len: 4096, prot: 'PROT_READ', how: 'mmap', ended: null, us: null },
    ]);
  });
});
