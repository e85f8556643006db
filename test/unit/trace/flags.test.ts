import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flags } from '../../../src/trace/flag-table.js';
import { FLAG_TABLES, type FlagKind, flagsText } from '../../../src/trace/flags.js';

const KINDS = Object.keys(FLAG_TABLES) as FlagKind[];

describe('flagsText', () => {
  it.each<[FlagKind, bigint, string]>([
    ['open', 0x80000n, 'O_RDONLY|O_CLOEXEC'],
    ['open', 0x88000n, 'O_RDONLY|O_LARGEFILE|O_CLOEXEC'],
    ['open', 0o1101n, 'O_WRONLY|O_CREAT|O_TRUNC'],
    ['open', 0o4010002n, 'O_RDWR|O_SYNC'],
    ['open', 0o10002n, 'O_RDWR|O_DSYNC'],
    ['open', 0o4000000n, 'O_RDONLY|0x100000'],
    ['open', 0o20200001n, 'O_WRONLY|O_TMPFILE'],
    ['open', 0o2200000n, 'O_RDONLY|O_DIRECTORY|O_CLOEXEC'],
    ['open', 0xffffffff80080000n, 'O_RDONLY|O_CLOEXEC|0x80000000'],
    ['open_arm', 0o40000n, 'O_RDONLY|O_DIRECTORY'],
    ['open_arm', 0o400000n, 'O_RDONLY|O_LARGEFILE'],
    ['open_powerpc', 0o400000n, 'O_RDONLY|O_DIRECT'],
    ['access', 0n, 'F_OK'],
    ['access', 6n, 'R_OK|W_OK'],
    ['mmap_prot', 0n, 'PROT_NONE'],
    ['mmap_prot', 5n, 'PROT_READ|PROT_EXEC'],
    ['mmap_flags', 0x22n, 'MAP_PRIVATE|MAP_ANONYMOUS'],
    ['mmap_flags', 0x812n, 'MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE'],
    ['mmap_flags', 0x54040022n, 'MAP_PRIVATE|MAP_ANONYMOUS|MAP_HUGETLB|MAP_HUGE_2MB'],
    ['clone', 0x1200011n, 'CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD'],
    ['clone', 0x4111n, 'CLONE_VM|CLONE_VFORK|SIGCHLD'],
    [
      'clone',
      0x3d0f00n,
      'CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID',
    ],
    ['clone', 0x300000000n, 'CLONE_CLEAR_SIGHAND|CLONE_INTO_CGROUP'],
    ['clone', 0n, '0'],
    ['wait_options', 0n, '0'],
    ['wait_options', 3n, 'WNOHANG|WUNTRACED'],
    ['wait_options', 0x41000008n, 'WCONTINUED|WNOWAIT|__WALL'],
    ['waitid_options', 6n, 'WSTOPPED|WEXITED'],
    ['sa_flags', 0x14000000n, 'SA_RESTORER|SA_RESTART'],
    ['futex', 0x80n, 'FUTEX_WAIT|FUTEX_PRIVATE_FLAG'],
    ['futex', 0x189n, 'FUTEX_WAIT_BITSET|FUTEX_PRIVATE_FLAG|FUTEX_CLOCK_REALTIME'],
    ['futex', 14n, '0xe'],
    ['sock_type', 0x80801n, 'SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC'],
    ['fcntl_cmd', 1030n, 'F_DUPFD_CLOEXEC'],
    ['fcntl_cmd', 77n, '77'],
    ['prctl', 15n, 'PR_SET_NAME'],
    ['prctl', 0x53564d41n, 'PR_SET_VMA'],
    ['prctl', 4096n, '0x1000'],
    ['ptrace', 0x18n, 'PTRACE_SYSCALL'],
    ['ptrace', 0x4200n, 'PTRACE_SETOPTIONS'],
    ['rusage', 0xffffffffn, 'RUSAGE_CHILDREN'],
    ['clock', 0xfffffffan, '-6'],
    ['ipc_get', 0o1600n, 'IPC_CREAT|0600'],
    ['mount', 1n, 'MS_RDONLY'],
    ['mount', 0xc0ed0001n, 'MS_MGC_VAL|MS_RDONLY'],
    ['mount', 0x10001n, 'MS_RDONLY|MS_POSIXACL'],
  ])('%s %s is %s', (kind, value, text) => {
    expect(flagsText(kind, value)).toBe(text);
  });

  it('loses no bit: names and rest add up to the word', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), word(), (kind, value) => {
        const { width, entries, rest } = FLAG_TABLES[kind];
        const byName = new Map(entries.map(({ name, bits }) => [name, bits]));
        const parts = flagsText(kind, value).split('|');
        const sum = parts.reduce((total, part) => {
          const bits = byName.get(part);
          if (bits !== undefined) return total + bits;
          return total + (rest === 'octal' && part.startsWith('0') ? BigInt(`0o${part}`) : BigInt(part));
        }, 0n);
        expect(BigInt.asUintN(width, sum)).toBe(BigInt.asUintN(width, value));
      }),
    );
  });

  it('has one name per value, and no two names claim one bit', () => {
    for (const kind of KINDS) {
      const { entries } = FLAG_TABLES[kind];
      expect(new Set(entries.map(({ name }) => name)).size, kind).toBe(entries.length);
      for (const [i, a] of entries.entries()) {
        expect(a.bits & ~a.mask, `${kind} ${a.name}`).toBe(0n);
        for (const b of entries.slice(i + 1)) {
          const both = ((a.bits ^ b.bits) & a.mask & b.mask) === 0n;
          expect(both && (a.bits & b.bits) !== 0n, `${kind}: ${a.name} and ${b.name}`).toBe(false);
        }
      }
    }
  });

  it('reads fields and bits from text', () => {
    expect(flags('/3 0 ZERO 1 ONE\n 4 FOUR').entries).toEqual([
      { bits: 0n, mask: 3n, name: 'ZERO' },
      { bits: 1n, mask: 3n, name: 'ONE' },
      { bits: 4n, mask: 4n, name: 'FOUR' },
    ]);
  });
});

/** Small words, few bits, any word. */
function word(): fc.Arbitrary<bigint> {
  const few = fc
    .array(fc.integer({ min: 0, max: 63 }), { maxLength: 5 })
    .map((bits) => bits.reduce((value, bit) => value | (1n << BigInt(bit)), 0n));
  return fc.oneof(fc.bigInt({ min: 0n, max: 64n }), few, fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }));
}
