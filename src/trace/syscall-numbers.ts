/**
 * Syscall numbers of raw_syscalls events, as the kernel names their entry points: `newstat` for what libc calls stat, like `sys_enter_newstat`.
 * Numbers belong to an architecture and an ABI; nothing in the line tells which, so the caller has to know.
 */
import { numbered } from './numbered.js';
import { ARM } from './syscall-numbers/arm.js';
import { GENERIC } from './syscall-numbers/generic.js';
import { I386 } from './syscall-numbers/i386.js';
import { PPC64 } from './syscall-numbers/ppc64.js';
import { RECENT } from './syscall-numbers/recent.js';
import { S390X } from './syscall-numbers/s390x.js';
import { X86_64 } from './syscall-numbers/x86-64.js';

const numbers = (...texts: readonly string[]): ReadonlyMap<number, string> => numbered([...texts, RECENT].join('\n'));

const TABLES = {
  x86_64: numbers(X86_64),
  i386: numbers(I386),
  arm64: numbers(GENERIC, '38 renameat'),
  riscv64: numbers(GENERIC, '258 riscv_hwprobe riscv_flush_icache'),
  arm: numbers(ARM),
  ppc64: numbers(PPC64),
  s390x: numbers(S390X),
} as const;

/** Architectures with a table; the names of uname -m, but `arm64` for aarch64. */
export type Arch = keyof typeof TABLES;

export const SYSCALL_NUMBERS: Readonly<Record<Arch, ReadonlyMap<number, string>>> = TABLES;

/** Name of a syscall number (x86_64, 257 -> `openat`); undefined when it has none, as -1, which stands for a call that was not made. */
export const syscallName = (arch: Arch, nr: number): string | undefined => TABLES[arch].get(nr);
