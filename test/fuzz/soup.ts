/**
 * Token soup: files made of what traces are made of (headers, columns, bodies, frames, markers, other tools' lines), in any
 * order and with any of it damaged.
 */
import { type Printed, printHeader, printRecord, type Style } from '../support/kernel-printer.js';
import type { Random } from './random.js';

const COMMS = [
  ...['bash', 'a.out', '<idle>', '<...>', 'kworker/0:1H', 'Web Content', '', 'x-123 [000]', '-12', '#', 'a\nb', '\n'],
  ...['irq/24-pciehp', '(sd-pam)', 'comm=x pid=1', '=> f', 'x\x1b[31m', '\xff\xfe', 'abcdefghijklmno', 'a b-1 [00'],
];
const FLAGS = [
  '.....',
  'd..2',
  '....1..',
  'd..s313',
  'DNZff',
  'DnLZffff',
  'b....',
  '.l.1.',
  'dNh2.',
  '?????',
  '....10',
];
const WORDS = [
  ...['sys_openat(dfd: ffffff9c, filename: 7ffd5a2c3f10, flags: 80000, mode: 0)', 'sys_openat -> 0xfffffffffffffffe'],
  ...['sys_openat(dfd: 18446744073709551516, filename: 0x7ffe "/etc/p", flags: O_RDONLY|O_CLOEXEC)', 'sys_getpid()'],
  ...[
    'sys_write(fd: 4, buf: 0x55c4 (68:65:6c) "hel"..., count: 0x44)',
    'sys_exit(error_code: 0)',
    'sys_enter: NR 1 (1, 2, 3, 4, 5, 6)',
  ],
  ...[
    'sys_exit: NR 142 = -4',
    'sys_close(unsigned int fd: 3)',
    'sys_',
    'sys_x(',
    'sys_x(a: ',
    'sys_x -> ',
    'sys_enter_openat: dfd=0xffffff9c (4294967196)',
  ],
  ...[
    'signal_generate: sig=9 errno=0 code=0 comm=a pid=1 grp=1 res=0',
    'signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0',
  ],
  ...['sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state=S ==> next_comm=b next_pid=2 next_prio=120'],
  ...[
    'sched_process_fork: comm=a pid=1 child_comm=b child_pid=2',
    'task_newtask: pid=2 comm=a clone_flags=1200011 oom_score_adj=0',
  ],
  ...[
    'tracing_mark_write: ',
    'tracing_mark_write: B|1|x',
    'tracing_mark_write: a\x00b',
    'tracing_mark_write+0x1f2/0x3b0: x',
    '0x1: x',
  ],
  ...[
    'opn: (do_sys_open+0x0/0x260) path="/tmp/"q""',
    'opn: (do_sys_open+0x0/0x260 <- f) r=(fault) s="',
    'opn: (f+0x0/0x1 [m]) a={1,2} s={"a","b"} c=\'',
    'x=1 y="',
  ],
  ...[
    '<stack trace>',
    '<user stack trace>',
    '<stack trace >',
    'vfs_read <-ksys_read',
    'vfs_read+0x0/0xa0 <ffffffff812a1b20> <-f',
    'f(a=0x1, b=2) <-g',
    "[unknown/kretprobe'd]",
  ],
  ...[
    'synth: a=1 stack=STACK:',
    'type: 4',
    'Unknown type 99',
    '# 1f buf: aa bb',
    '#12    inner/outer(us):   11/12    ts:1.000000001',
    '',
    ' ',
    ':',
    ': ',
    '=',
  ],
  ...[
    'napi_poll: napi poll on napi struct 00000000d2 for device eth0 work 1 budget 64',
    'kfree_skb: skbaddr=0 protocol=2048 location=f+0x1/0x2 [m] reason: NO_SOCKET',
  ],
  ...[
    '    264:120:R   + [001]     250:  0:R cyclictest',
    '  8,0  1 Q WS 123 + 8 [comm]',
    'EVENT: HAS UNSAFE POINTER FIELD',
    '[FAILED TO PARSE]',
    'mark_victim: pid=1 comm=a b total-vm=1kB',
  ],
];
const LINES = [
  ...[
    ' => vfs_read',
    ' =>  <00007f2c8d4e1a37>',
    ' => /usr/lib/libc.so.6[+0x114a37] <00007f2c8d4e1a37>',
    '=> a+0x1/0x2',
    ' => ',
    '=>',
    " => [unknown/kretprobe'd]",
  ],
  ...[
    'CPU:2 [LOST 11745 EVENTS]',
    'CPU:2 [LOST EVENTS]',
    '##### CPU 0 buffer started ####',
    '[LINE TOO BIG]',
    'CPU:1 [4 EVENTS DROPPED]',
    'CPU:999999 [LOST 99999999999999999999 EVENTS]',
  ],
  ...[
    '# tracer: nop',
    '# tracer: function_graph',
    '#',
    '# CPU  DURATION                  FUNCTION CALLS',
    '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
    '# entries-in-buffer/entries-written: 99/100   #P:2',
  ],
  ...[
    ' 0)   0.382 us    |    getname();',
    ' 0)               |  do_sys_open() {',
    ' 1) * 14237.12 us |  } /* schedule_timeout */',
    ' 0)               |    /* sched_waking: comm=x',
    'pid=1 */',
  ],
  ...[
    ' ------------------------------------------',
    ' 0)    bash-113    =>   mini-0-273',
    ' 0)   ==========> |',
    '   26.158235 |   1)   mini-0-327   |  d..1. | + 22.133 us   |        } /* f */',
    '  }',
    '  f() {',
    '  f();',
    ' (Overruns: 3)',
  ],
  ...[
    'cpus=4',
    'version = 6',
    'CPU 3 is empty',
    '...',
    '[...]',
    '<snip>',
    '',
    '\t',
    '\x00',
    'Dumping ftrace buffer:',
    '---------------------------------',
    '[   51.290002]     bash-1234    0d..1 51290123us : sys_close(fd: 3)',
  ],
  ...[
    '<!-- BEGIN TRACE -->',
    '<script class="trace-data" type="application/text">',
    '</script>',
    'var linuxPerfData = "\\',
    '&lt;idle&gt;-0 [000] d..1 1.000000: x: y',
    '{"traceEvents": []}',
    '"',
    "'",
  ],
  ...[
    'bash  1234 [001] 17.123456: sched:sched_switch: x',
    '            bash-1234  [001] 17.123456: print:                x',
    '> quoted',
    '   265   120   0 0 00000001 0000000a [009f7cbd] 16.906ms (+0.021ms): x',
    '113 0 1234567 type: 20',
    '0000002a 00000000 0000000000000001 ',
  ],
];

export function soup(random: Random): Buffer {
  const sections = 1 + random.small(3);
  const parts: Buffer[] = [];
  for (let i = 0; i < sections; i++) parts.push(section(random));
  let file = Buffer.concat(parts);
  if (random.chance(0.05)) file = Buffer.from(file.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  if (random.chance(0.03)) file = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), file]);
  if (random.chance(0.3)) file = file.subarray(0, random.below(file.length + 1));
  return file;
}

function randomStyle(random: Random): Style {
  return {
    layout: random.pick(['default', 'default', 'default', 'latency', 'verbose', 'raw', 'hex'] as const),
    pidWidth: random.pick([5, 7] as const),
    tgid: random.pick(['none', 'none', 'before', 'after'] as const),
    irqInfo: random.chance(0.9),
    clock: random.pick(['us', 'us', 'us', 'ns', 'tick'] as const),
  };
}

function section(random: Random): Buffer {
  const style = randomStyle(random);
  const count = 1 + random.small(60);
  const parts: Buffer[] = [];
  if (random.chance(0.7)) parts.push(Buffer.from(printHeader(style, random.chance(0.5) ? count : random.below(100))));
  let ts = BigInt(random.below(1 << 30));
  for (let i = 0; i < count; i++) {
    ts += BigInt(random.small(1000)) - (random.chance(0.05) ? BigInt(random.below(5000)) : 0n);
    if (ts < 0n) ts = 0n;
    const odd = random.chance(0.03) ? randomStyle(random) : style;
    const line = random.chance(0.25) ? Buffer.from(random.pick(LINES), 'latin1') : printRecord(record(random, ts), odd);
    parts.push(random.chance(0.05) ? damaged(random, line) : line);
    if (!random.chance(0.01)) parts.push(Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}

function record(random: Random, ts: bigint): Printed {
  const body = Array.from({ length: 1 + random.small(3) }, () => random.pick(WORDS)).join(
    random.pick(['', ' ', '\n', ', ', '" ', '\n => ']),
  );
  return {
    comm: Buffer.from(random.pick(COMMS), 'latin1').subarray(0, 15),
    pid: random.chance(0.1) ? random.below(2 ** 31) : random.below(2000),
    tgid: random.chance(0.3) ? null : random.below(2000),
    cpu: random.chance(0.02) ? random.below(100_000) : random.below(4),
    flags: random.pick(FLAGS),
    ts,
    body: Buffer.from(body, 'latin1'),
  };
}

function damaged(random: Random, line: Buffer): Buffer {
  const at = random.below(line.length + 1);
  switch (random.below(3)) {
    case 0:
      return line.subarray(0, at);
    case 1:
      return line.subarray(at);
    default:
      return Buffer.concat([line.subarray(0, at), Buffer.from([random.below(256)]), line.subarray(at)]);
  }
}
