/**
 * What the arguments and the result of a syscall are, by the name that the kernel gives it (`newfstatat`, `pread64`).
 * Taken from the SYSCALL_DEFINEs of Linux 6.12; the order of clone's arguments is that of x86-64.
 *
 * A line of src/trace/syscalls/* reads `name,alias argument argument:kind -> result`. An argument without kind has the kind of its
 * name (below), or `hex`; a syscall without result returns `zero`.
 */
import { type FlagKind, isFlagKind } from './flags.js';
import { DESCRIPTORS_SYSCALLS } from './syscalls/descriptors.js';
import { EVENTS_SYSCALLS } from './syscalls/events.js';
import { IPC_SYSCALLS } from './syscalls/ipc.js';
import { MEMORY_SYSCALLS } from './syscalls/memory.js';
import { PATHS_SYSCALLS } from './syscalls/paths.js';
import { PROCESSES_SYSCALLS } from './syscalls/processes.js';
import { SIGNALS_SYSCALLS } from './syscalls/signals.js';
import { SOCKETS_SYSCALLS } from './syscalls/sockets.js';
import { SYSTEM_SYSCALLS } from './syscalls/system.js';
import { TIME_SYSCALLS } from './syscalls/time.js';

/**
 * How an argument is shown. `hex`: 0x1f; `ptr`: the same, NULL for 0; `int`, `fd`, `pid`: signed, low 32 bits; `dfd`: the same, AT_FDCWD for
 * -100; `uint`: unsigned, low 32 bits; `size`, `long`: 64 bits, unsigned and signed; `sig`: its name; `mode`: octal, low 16 bits
 * (umode_t); `id`: unsigned 32 bits, -1 for "no change".
 */
export const SCALAR_KINDS = [
  'hex',
  'ptr',
  'int',
  'uint',
  'size',
  'long',
  'fd',
  'dfd',
  'pid',
  'sig',
  'mode',
  'id',
] as const;
export type ScalarKind = (typeof SCALAR_KINDS)[number];
export type ArgKind = ScalarKind | FlagKind;

/**
 * What a result means. `zero` is 0 on success; `off` a file offset or a time; `none`: the call does not return. The rule that reads
 * 32-bit errors (syscallErrno) is not applied to `off`, `id`, `mode` and `hex`: those calls may return any number below 2^32.
 */
const RESULT_KINDS = [
  'zero',
  'int',
  'fd',
  'bytes',
  'count',
  'pid',
  'addr',
  'off',
  'hex',
  'id',
  'mode',
  'sig',
  'none',
] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

export interface Syscall {
  readonly args: readonly { readonly name: string; readonly kind: ArgKind }[];
  readonly result: ResultKind;
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const NAMES_BY_KIND: Readonly<Partial<Record<ArgKind, string>>> = {
  fd: `fd oldfd newfd fildes epfd ufd in_fd out_fd fd_in fd_out fdin fdout pidfd group_fd fs_fd fanotify_fd mqdes ruleset_fd kernel_fd
    initrd_fd`,
  dfd: 'dfd olddfd newdfd from_dfd to_dfd mountdirfd',
  pid: 'pid upid tgid pgid pid1 pid2',
  sig: 'sig',
  mode: 'mode',
  id: 'uid gid user group ruid euid suid rgid egid sgid',
  size: 'count size len vlen bufsiz bufsize nr_segs sigsetsize usize old_len new_len msgsz msg_len plen sizemask argsz len_in sz',
  long: 'offset pos length nbytes',
  clock: 'which_clock clockid',
  ptr: `filename pathname oldname newname path name dev_name dir_name specialfile buf ubuf buff statbuf argv envp argp rqtp rmtp tp tv tz utimes
    ru stat_addr infop uinfo act oact nset oset uaddr uaddr2 utime event events sigmask vec head uargs parent_tidptr child_tidptr tidptr value
    list optval optlen msg mmsg ufds tsp inp outp exp`,
};

/** Kind of an argument by its name alone, for syscalls that the tables do not know. */
export const KIND_BY_NAME: ReadonlyMap<string, ArgKind> = new Map(
  (Object.entries(NAMES_BY_KIND) as [ArgKind, string][]).flatMap(([kind, names]) =>
    words(names).map((name): [string, ArgKind] => [name, kind]),
  ),
);

const includes = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word);

function argKind(word: string): ArgKind {
  if (includes(SCALAR_KINDS, word) || isFlagKind(word)) return word;
  throw new Error(`syscall table: ${word} is no kind of argument`);
}

function parseLine(line: string): [string[], Syscall] {
  const [signature = '', result = 'zero'] = line.split(' -> ');
  const [names = '', ...args] = words(signature);
  if (!includes(RESULT_KINDS, result)) throw new Error(`syscall table: ${result} is no result`);
  return [
    names.split(','),
    {
      args: args.map((arg) => {
        const [name = '', kind] = arg.split(':');
        return { name, kind: kind === undefined ? (KIND_BY_NAME.get(name) ?? 'hex') : argKind(kind) };
      }),
      result,
    },
  ];
}

const SOURCES = [
  DESCRIPTORS_SYSCALLS,
  EVENTS_SYSCALLS,
  IPC_SYSCALLS,
  MEMORY_SYSCALLS,
  PATHS_SYSCALLS,
  PROCESSES_SYSCALLS,
  SIGNALS_SYSCALLS,
  SOCKETS_SYSCALLS,
  SYSTEM_SYSCALLS,
  TIME_SYSCALLS,
];

/** Every syscall with a table entry, by name. */
export const SYSCALLS: ReadonlyMap<string, Syscall> = new Map(
  SOURCES.flatMap((source) => source.split('\n').filter((line) => line.trim() !== ''))
    .map(parseLine)
    .flatMap(([names, syscall]) => names.map((name): [string, Syscall] => [name, syscall])),
);
