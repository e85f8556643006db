/**
 * What each purpose records. One description for the script that records (src/app/capture-script) and for the advice of
 * reports and commands.
 */
import type { PlannedEvent, PlannedOption, PlannedProbes, Purpose, PurposeName } from './plan.js';

/** Which process a thread belongs to. */
const TGID: PlannedOption = { name: 'record-tgid', value: '1' };

/** Births, new programs and ends: without them a task has neither name nor parent. */
const PROCESSES: readonly PlannedEvent[] = [
  { event: 'sched/sched_process_fork', everybody: true },
  { event: 'sched/sched_process_exec', everybody: true },
  { event: 'sched/sched_process_exit', everybody: true },
  { event: 'task/task_newtask', everybody: true },
  { event: 'task/task_rename', everybody: true },
];

const SIGNALS: readonly PlannedEvent[] = [
  { event: 'signal/signal_generate', stack: true, everybody: true },
  { event: 'signal/signal_deliver', stack: true },
  { event: 'oom/mark_victim', everybody: true },
];

const SENDING = ['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'pidfd_send_signal'];
const WAITING = ['wait4', 'waitid', 'waitpid'];
const STARTING = ['clone', 'clone3', 'fork', 'vfork', 'execve', 'execveat'];
const ENDING = ['exit', 'exit_group'];
const HANDLING = [
  'rt_sigaction',
  'rt_sigprocmask',
  'rt_sigreturn',
  'rt_sigtimedwait',
  'sigaltstack',
  'signalfd4',
  'pause',
];

/** What makes, changes and ends descriptors and mappings, and what works on them. */
const FILES = [
  ...[
    'open',
    'openat',
    'openat2',
    'creat',
    'open_by_handle_at',
    'close',
    'close_range',
    'dup',
    'dup2',
    'dup3',
    'fcntl',
  ],
  ...['read', 'pread64', 'readv', 'preadv', 'preadv2', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2'],
  ...['sendfile64', 'splice', 'copy_file_range', 'lseek', 'ftruncate', 'fsync', 'fdatasync', 'fallocate', 'flock'],
  ...['mmap', 'mmap2', 'mmap_pgoff', 'munmap', 'mremap', 'mprotect', 'brk'],
  ...[
    'newstat',
    'newlstat',
    'newfstat',
    'newfstatat',
    'statx',
    'access',
    'faccessat',
    'faccessat2',
    'readlink',
    'readlinkat',
  ],
  ...[
    'unlink',
    'unlinkat',
    'rename',
    'renameat',
    'renameat2',
    'mkdir',
    'mkdirat',
    'chdir',
    'fchdir',
    'ftruncate64',
    'ioctl',
  ],
  ...['pipe', 'pipe2', 'socket', 'socketpair', 'accept', 'accept4', 'eventfd2', 'epoll_create1', 'signalfd4'],
  ...['timerfd_create', 'inotify_init1', 'memfd_create', 'pidfd_open', 'pidfd_getfd', 'recvmsg', 'recvmmsg'],
];

/** The path of an open: the string is copied from the program where it is probed (fs/open.c, fs/namei.c, 3.x to 6.18). */
const OPEN_PATH: PlannedProbes = {
  name: 'open_path',
  ways: [
    { symbol: 'do_sys_openat2', args: 'path=+0(@2):ustring' },
    { symbol: 'do_sys_open', args: 'path=+0(@2):ustring' },
    { symbol: 'do_filp_open', args: 'path=+0(+0(@2)):string' },
    { symbol: 'getname', args: 'path=+0(@1):ustring' },
  ],
};

/** Functions that have the socket buffer as their first argument, in the order of its way. */
const skb = (symbol: string, args = 'skb=@1'): PlannedProbes => ({ name: symbol, ways: [{ symbol, args }] });

const HOPS: readonly PlannedProbes[] = [
  {
    name: 'dev_queue_xmit',
    ways: [
      { symbol: '__dev_queue_xmit', args: 'skb=@1' },
      { symbol: 'dev_queue_xmit', args: 'skb=@1' },
    ],
  },
  skb('eth_type_trans'),
  {
    name: 'napi_gro_receive',
    ways: [
      { symbol: 'napi_gro_receive', args: 'skb=@2' },
      { symbol: 'gro_receive_skb', args: 'skb=@2' },
    ],
  },
  skb('arp_rcv'),
  skb('ip_rcv'),
  skb('ipv6_rcv'),
  skb('ip_route_input_noref'),
  skb('ip_forward'),
  skb('ip_local_deliver'),
  skb('ip_output', 'skb=@3'),
  skb('icmp_rcv'),
  skb('tcp_v4_rcv'),
  skb('tcp_v6_rcv'),
  skb('udp_rcv'),
  { name: 'icmp_send', ways: [{ symbol: '__icmp_send', args: 'skb=@1 type=@2:s32 code=@3:s32' }] },
];

const call = (symbol: string, args: string, returns: string): PlannedProbes => ({
  name: symbol,
  ways: [{ symbol, args }],
  returns,
});

/** A function that a person names. */
export const probedCall = (symbol: string): PlannedProbes => call(symbol, 'arg1=@1 arg2=@2 arg3=@3', 'ret=$retval');

const CALLS: readonly PlannedProbes[] = [
  call('do_sys_openat2', 'dfd=@1:s32 path=+0(@2):ustring', 'ret=$retval:s32'),
  call('vfs_open', 'path=@1 file=@2', 'ret=$retval:s32'),
  call('vfs_read', 'file=@1 count=@3:u64', 'ret=$retval:s64'),
  call('vfs_write', 'file=@1 count=@3:u64', 'ret=$retval:s64'),
  call('vfs_fsync_range', 'file=@1', 'ret=$retval:s32'),
];

const events = (system: string, ...names: readonly string[]): PlannedEvent[] =>
  names.map((name) => ({ event: `${system}/${name}` }));

export const PURPOSES: Readonly<Record<PurposeName, Purpose>> = {
  life: {
    name: 'life',
    answers: 'what a process did from fork to reap, who ended it and how',
    events: [...SIGNALS, ...PROCESSES],
    syscalls: 'all',
    everybodysSyscalls: [...SENDING, ...WAITING],
    probes: [OPEN_PATH],
    options: [TGID],
    byTask: true,
    bufferMb: 8,
  },
  signals: {
    name: 'signals',
    answers: 'who sent which signal to whom, how, and what came of it',
    events: [...SIGNALS, ...PROCESSES],
    syscalls: [...SENDING, ...WAITING, ...STARTING, ...ENDING, ...HANDLING],
    everybodysSyscalls: [...SENDING, ...WAITING],
    probes: [],
    options: [TGID],
    byTask: true,
    bufferMb: 4,
  },
  files: {
    name: 'files',
    answers: 'which file was opened, read, mapped and closed by whom, and what failed',
    events: PROCESSES,
    syscalls: [...FILES, ...STARTING, ...ENDING],
    everybodysSyscalls: [],
    probes: [OPEN_PATH],
    options: [TGID],
    byTask: true,
    bufferMb: 8,
  },
  packets: {
    name: 'packets',
    answers: 'which way a packet went, and where and why it was dropped',
    events: [
      { event: 'skb/kfree_skb', stack: true },
      ...events('skb', 'consume_skb', 'skb_copy_datagram_iovec'),
      { event: 'net' },
      ...events('tcp', 'tcp_retransmit_skb', 'tcp_send_reset', 'tcp_receive_reset'),
      ...events('sock', 'inet_sock_set_state'),
      ...events('udp', 'udp_fail_queue_rcv_skb'),
    ],
    syscalls: [],
    everybodysSyscalls: [],
    probes: HOPS,
    // Tracepoints then print the addresses that the probes print. 6.1 has the option, and loses the reason of a drop by it.
    options: [{ name: 'hash-ptr', value: '0', since: [6, 12] }],
    byTask: false,
    bufferMb: 8,
  },
  calls: {
    name: 'calls',
    answers: 'how often a kernel function was called, by whom, with what result and how long it took',
    events: PROCESSES,
    syscalls: [],
    everybodysSyscalls: [],
    probes: CALLS,
    options: [TGID],
    byTask: true,
    bufferMb: 8,
  },
  sched: {
    name: 'sched',
    answers: 'who ran when and for how long, who woke whom, and how late',
    events: [
      ...events('sched', 'sched_switch', 'sched_waking', 'sched_wakeup', 'sched_wakeup_new', 'sched_migrate_task'),
      ...PROCESSES.map(({ event }) => ({ event })),
    ],
    syscalls: [],
    everybodysSyscalls: [],
    probes: [],
    options: [TGID],
    byTask: true,
    bufferMb: 8,
  },
};
