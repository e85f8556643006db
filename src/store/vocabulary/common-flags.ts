/** Flag words that ordinary programs pass, beyond those of one name: an index for speed, not a claim about meaning. */
import type { FlagKind } from '../../trace/flags.js';

/** O_CLOEXEC, O_LARGEFILE, O_NONBLOCK, O_DIRECTORY, O_NOFOLLOW, O_NOCTTY, O_CREAT, O_TRUNC, O_EXCL, O_APPEND in the ways they go together. */
function openWords(): bigint[] {
  const extra = [0n, 0x80000n, 0x8000n, 0x88000n];
  const base = [
    0x800n,
    0x900n,
    0x10000n,
    0x10800n,
    0x20000n,
    0x30000n,
    0x30800n,
    0x40n,
    0x240n,
    0x440n,
    0xc0n,
    0x2c0n,
    0x100n,
    0x300n,
    0x340n,
  ];
  return base.flatMap((word) => extra.flatMap((more) => [0n, 1n, 2n].map((mode) => word | more | mode)));
}

const subsets = (bits: readonly bigint[]): bigint[] =>
  bits.reduce<bigint[]>((made, bit) => made.flatMap((m) => [m, m | bit]), [0n]);

export const COMMON_FLAGS: Readonly<Partial<Record<FlagKind, readonly bigint[]>>> = {
  open: openWords(),
  access: subsets([1n, 2n, 4n]),
  fd_flags: [0x80800n],
  at: subsets([0x100n, 0x400n, 0x800n, 0x1000n]),
  statx_mask: [0x7ffn, 0xfffn, 0x1fffn],
  eventfd: [0x80800n],
  signalfd: [0x80800n],
  inotify: [0x80800n],
  timerfd: [0x80800n],
  sock_flags: [0x80800n],
  sock_type: [1n, 2n, 3n, 5n].map((type) => type | 0x80800n),
  msg: [0x4040n, 0xc000n, 0x40000040n, 0x42n, 0x22n],
  mmap_prot: subsets([1n, 2n, 4n]),
  mmap_flags: [0x2n, 0x22n, 0x12n, 0x32n, 0x1n, 0x11n, 0x21n].flatMap((word) =>
    [0n, 0x800n, 0x4000n, 0x20000n, 0x8000n, 0x100000n, 0x24000n].map((more) => word | more),
  ),
  // fork, vfork, posix_spawn and pthread_create of glibc and musl
  clone: [0x1200011n, 0x4111n, 0x4011n, 0x3d0f00n, 0x7d0f00n, 0x11n, 0x1200000n],
  wait_options: subsets([1n, 2n, 8n, 0x40000000n]),
  waitid_options: subsets([1n, 2n, 4n, 8n, 0x1000000n]),
  futex: [0x189n, 0x18bn, 0x18cn],
};
