import { describe, expect, it } from 'vitest';
import { KNOWN_EVENTS } from '../../../src/trace/events/index.js';
import { optionalGroups } from '../../../src/trace/events/optional-groups.js';

/** Columns of a text by the first form that fits it; undefined: none does. */
function columns(name: string, text: string): Record<string, string> | undefined {
  const known = KNOWN_EVENTS.get(name);
  if (known === undefined) throw new Error(`${name} is not known`);
  for (const { pattern, fields } of [known, ...known.variants]) {
    const match = new RegExp(`^(?:${pattern})$`, 's').exec(text);
    if (match === null) continue;
    const all = fields.map(([field], i) => [field, match[i + 1]] as const);
    return Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }
  return undefined;
}

const END = 'sport=36776 dport=10 saddr=127.0.0.1 daddr=127.0.0.1 saddrv6=::ffff:127.0.0.1 daddrv6=::ffff:127.0.0.1';

type Case = readonly [name: string, what: string, text: string, some: Readonly<Record<string, string>>];
const TEXTS: readonly Case[] = [
  ['signal_generate', 'until 3.3', 'sig=9 errno=0 code=0 comm=a pid=7', { sig: '9', target_pid: '7' }],
  [
    'signal_generate',
    'since 3.4',
    'sig=9 errno=0 code=-6 comm=x pid=1 pid=7 grp=1 res=2',
    { target_comm: 'x pid=1', target_pid: '7', res: '2' },
  ],
  [
    'signal_generate',
    'option fields',
    'sig=0x9 (9) errno=0x0 (0) code=0xfffffffa (-6) comm=a pid=0x42d (1069) group=0x1 (1) result=0x0 (0)',
    { sig: '9', code: '-6', target_pid: '1069', grp: '1', res: '0' },
  ],
  [
    'signal_generate',
    'option fields, 6.4',
    'result=0x0 (0) group=0x1 (1) pid=0x7 (7) comm=a code=0x0 (0) errno=0x0 (0) sig=0x9 (9)',
    { target_pid: '7', target_comm: 'a', sig: '9' },
  ],
  [
    'signal_deliver',
    'hex without prefix',
    'sig=17 errno=0 code=2 sa_handler=55f324e07ad0 sa_flags=14000000',
    { sa_handler: '55f324e07ad0', sa_flags: '14000000' },
  ],
  ['sched_signal_send', '2.6.32', 'sig: 9  task a b:7', { target_comm: 'a b', target_pid: '7' }],
  [
    'sched_switch',
    'a comm that imitates',
    'prev_comm=a ==> next_comm=b prev_pid=1 prev_prio=120 prev_state=R+ ==> next_comm=c next_pid=2 next_prio=-1',
    { prev_comm: 'a ==> next_comm=b', prev_state: 'R+', next_comm: 'c', next_prio: '-1' },
  ],
  [
    'sched_switch',
    'states of 4.13',
    'prev_comm=a prev_pid=1 prev_prio=120 prev_state=D|K ==> next_comm=c next_pid=2 next_prio=120',
    { prev_state: 'D|K' },
  ],
  ['sched_switch', '2.6.32', 'task a:1 [120] (S) ==> b:2 [120]', { prev_comm: 'a', prev_state: 'S', next_pid: '2' }],
  [
    'sched_switch',
    'trace-cmd',
    'a:b:1 [120] S ==> swapper/0:0 [120]',
    { prev_comm: 'a:b', prev_pid: '1', next_comm: 'swapper/0' },
  ],
  [
    'sched_waking',
    'success until 4.2',
    'comm=a pid=1 prio=120 success=1 target_cpu=003',
    { task_pid: '1', success: '1', target_cpu: '003' },
  ],
  ['sched_wakeup', '2.6.32', 'task a:1 [120] success=1 [003]', { task_comm: 'a', target_cpu: '003' }],
  ['sched_wakeup', 'trace-cmd', 'a:1 [120] CPU:003', { task_comm: 'a', task_pid: '1', target_cpu: '003' }],
  [
    'sched_migrate_task',
    'Android',
    'comm=a pid=1 prio=120 orig_cpu=0 dest_cpu=1 running=0',
    { dest_cpu: '1', running: '0' },
  ],
  ['sched_migrate_task', '2.6.32', 'task a:1 [120] from: 0  to: 1', { orig_cpu: '0', dest_cpu: '1' }],
  ['sched_stat_wait', 'delay', 'comm=a pid=1 delay=12 [ns]', { delay: '12' }],
  ['sched_stat_wait', '2.6.32', 'task: a:1 wait: 12 [ns]', { task_pid: '1', delay: '12' }],
  ['sched_stat_runtime', 'until 6.7', 'comm=a pid=1 runtime=12 [ns] vruntime=3 [ns]', { runtime: '12', vruntime: '3' }],
  ['sched_stat_runtime', 'since 6.8', 'comm=a pid=1 runtime=12 [ns]', { runtime: '12' }],
  ['sched_process_fork', 'since 2.6.33', 'comm=a pid=1 child_comm=b child_pid=2', { child_pid: '2' }],
  ['sched_process_fork', '2.6.32', 'parent a:1  child b:2', { parent_pid: '1', child_comm: 'b' }],
  [
    'sched_process_exec',
    'a path with keys',
    'filename=/tmp/a pid=1 old_pid=1 pid=7 old_pid=7',
    { filename: '/tmp/a pid=1 old_pid=1', task_pid: '7' },
  ],
  ['sched_process_exit', 'since 6.16', 'comm=a pid=1 prio=120 group_dead=true', { group_dead: 'true' }],
  ['sched_process_exit', '2.6.32', 'task a:1 [120]', { task_pid: '1' }],
  [
    'task_rename',
    'without pid',
    'oldcomm=a newcomm=b oom_score_adj=-17',
    { oldcomm: 'a', newcomm: 'b', oom_score_adj: '-17' },
  ],
  ['mark_victim', 'until 6.8', 'pid=7', { task_pid: '7' }],
  [
    'mark_victim',
    'since 6.9, mixed separators',
    'pid=137 comm=oomhog total-vm=13468kB anon-rss=12072kB file-rss:4kB shmem-rss:776kB uid=0 pgtables=64kB oom_score_adj=0',
    { task_comm: 'oomhog', file_rss_kb: '4', pgtables_kb: '64' },
  ],
  [
    'kfree_skb',
    'until 5.16',
    'skbaddr=000000003b113aae protocol=2048 location=000000009c65f073',
    { protocol: '2048', location: '000000009c65f073' },
  ],
  [
    'kfree_skb',
    'reason',
    'skbaddr=000000003b113aae protocol=2048 location=000000009c65f073 reason: NO_SOCKET',
    { reason: 'NO_SOCKET' },
  ],
  [
    'kfree_skb',
    'a module and rx_sk, 6.12',
    'skbaddr=000000003b113aae rx_sk=        (null) protocol=2048 location=nf_hook_slow+0x9a/0xf0 [nf_tables] reason: NETFILTER_DROP',
    { rx_sk: '(null)', location: 'nf_hook_slow+0x9a/0xf0 [nf_tables]', reason: 'NETFILTER_DROP' },
  ],
  ['consume_skb', 'until 6.2', 'skbaddr=000000003b113aae', { skbaddr: '000000003b113aae' }],
  ['consume_skb', 'since 6.3', 'skbaddr=000000003b113aae location=skb_free+0x1/0x2', { location: 'skb_free+0x1/0x2' }],
  ['net_dev_queue', 'text', 'dev=lo skbaddr=000000003b113aae len=47', { dev: 'lo', len: '47' }],
  [
    'netif_rx_entry',
    'all fields',
    'dev=lo napi_id=0x2 queue_mapping=0 skbaddr=000000003b113aae vlan_tagged=0 vlan_proto=0x0000 vlan_tci=0x0000 protocol=0x0800 ip_summed=3 hash=0x00000000 l4_hash=0 len=33 data_len=0 truesize=768 mac_header_valid=1 mac_header=-14 nr_frags=0 gso_size=0 gso_type=0x0',
    { protocol: '0x0800', mac_header: '-14', gso_type: '0x0' },
  ],
  ['napi_poll', 'prose until 4.5', 'napi poll on napi struct 00000000abcd for device eth0', { dev: 'eth0' }],
  [
    'napi_poll',
    'with work',
    'napi poll on napi struct 00000000abcd for device (no_device) work 1 budget 64',
    { dev: '(no_device)', work: '1', budget: '64' },
  ],
  ['tcp_send_reset', 'until 6.9', `${END} state=TCP_CLOSE`, { sport: '36776', state: 'TCP_CLOSE' }],
  [
    'tcp_send_reset',
    'since 6.10',
    'skbaddr=00000000a skaddr=(null) src=127.0.0.1:80 dest=[2001:db8::1]:443 state=UNKNOWN reason=NO_SOCKET',
    { dest: '[2001:db8::1]:443', reason: 'NO_SOCKET' },
  ],
  [
    'tcp_retransmit_skb',
    'newest',
    `skbaddr=00000000a skaddr=00000000b family=AF_INET ${END} state=TCP_ESTABLISHED err=0`,
    { family: 'AF_INET', err: '0' },
  ],
  ['tcp_destroy_sock', 'with cookie', `family=AF_INET ${END} sock_cookie=1a`, { sock_cookie: '1a' }],
  [
    'inet_sock_set_state',
    'states',
    `family=AF_INET protocol=IPPROTO_TCP ${END} oldstate=TCP_CLOSE newstate=TCP_SYN_SENT`,
    { newstate: 'TCP_SYN_SENT' },
  ],
  [
    'tcp_probe',
    'until 5.14',
    'src=10.0.0.1:1 dest=10.0.0.2:2 mark=0 data_len=1 snd_nxt=0xa snd_una=0xb snd_cwnd=10 ssthresh=2 snd_wnd=3 srtt=4 rcv_wnd=5'.replace(
      'mark=0 ',
      'mark=0x0 ',
    ),
    { snd_cwnd: '10' },
  ],
  ['irq_handler_entry', 'text', 'irq=27 name=arch_timer', { handler: 'arch_timer' }],
  ['irq_handler_exit', 'until 2.6.32', 'irq=27 return=handled', { ret: 'handled' }],
  ['softirq_entry', 'text', 'vec=3 [action=NET_RX]', { vec: '3', action: 'NET_RX' }],
  [
    'ipi_raise',
    'text',
    'target_mask=00000000,00000002 (Function call interrupts)',
    { reason: 'Function call interrupts' },
  ],
  ['local_timer_entry', 'text', 'vector=236', { vector: '236' }],
  [
    'timer_start',
    '6.1',
    'timer=00000000dec2c967 function=process_timeout expires=4294912476 [timeout=1] cpu=1 idx=29 flags=',
    { timeout: '1', idx: '29' },
  ],
  [
    'timer_start',
    '6.12',
    'timer=00000000dec2c967 function=f expires=4294912476 [timeout=1] bucket_expiry=4294908698 cpu=0 idx=26 flags=D|P',
    { bucket_expiry: '4294908698', timer_flags: 'D|P' },
  ],
  [
    'hrtimer_start',
    'text',
    'hrtimer=00000000fd7c1a81 function=tick_sched_timer expires=68924000000 softexpires=68924000000 mode=ABS was_armed=0',
    { mode: 'ABS', was_armed: '0' },
  ],
  ['itimer_state', 'no fraction', 'which=0 expires=0 it_value=1.000000 it_interval=0.000000', { it_value: '1.000000' }],
  [
    'tick_stop',
    'until 4.x',
    'success=no msg=more than 1 task in runqueue'.replace('no', '0'),
    { msg: 'more than 1 task in runqueue' },
  ],
  [
    'workqueue_queue_work',
    'text',
    'work struct=00000000abcd function=flush_to_ldisc workqueue=events_unbound req_cpu=8192 cpu=4294967295',
    { workqueue: 'events_unbound' },
  ],
  ['workqueue_execute_start', 'text', 'work struct 00000000abcd: function flush_to_ldisc', { func: 'flush_to_ldisc' }],
  ['workqueue_execute_end', 'no function', 'work struct 00000000abcd', { work: '00000000abcd' }],
  ['block_rq_issue', '6.1', '253,0 WS 32768 () 0 + 64 [dd]', { bytes: '32768', nr_sector: '64', task_comm: 'dd' }],
  ['block_rq_issue', '6.12', '253,0 WS 32768 () 0 + 64 be,0,4 [a [b] c]', { prio_class: 'be', task_comm: 'a [b] c' }],
  ['block_rq_complete', 'text', '253,0 WS () 0 + 64 [-5]', { error: '-5' }],
  ['block_bio_remap', 'text', '8,0 WS 100 + 8 <- (8,1) 36', { old_minor: '1', old_sector: '36' }],
  ['block_unplug', 'text', '[dd] 1', { nr_rq: '1' }],
  ['blk', 'a request', '253,0    Q  WS 0 + 8 [dd]', { action: 'Q', rwbs: 'WS', nr_sector: '8', task_comm: 'dd' }],
  ['blk', 'unplug', '253,0   UT   N [dd] 1', { action: 'UT', task_comm: 'dd', nr_rq: '1' }],
  ['blk', 'remap', '8,0    A   W 100 + 8 <- (8,1) 36', { old_major: '8', old_sector: '36' }],
  [
    'kmem_cache_free',
    '6.1',
    'call_site=__fput+0x100/0x250 ptr=00000000b7eec274 name=lsm_file_cache',
    { cache: 'lsm_file_cache' },
  ],
  [
    'kmalloc',
    'a module',
    'call_site=f+0x1/0x2 [ext4] ptr=00000000b7eec274 bytes_req=16 bytes_alloc=16 gfp_flags=GFP_KERNEL|__GFP_ZERO node=-1 accounted=false',
    { call_site: 'f+0x1/0x2 [ext4]', accounted: 'false' },
  ],
  [
    'rss_stat',
    'text',
    'mm_id=2525320771 curr=0 type=MM_ANONPAGES size=16384B',
    { type: 'MM_ANONPAGES', size: '16384' },
  ],
  ['page_fault_user', 'text', 'address=0x55d3a6bc9418 ip=0x55d3a4fa6dc3 error_code=0x7', { error_code: '7' }],
  ['sys_enter', 'raw_syscalls', 'NR 142 (e, 1001a717b30, 1001a729ee0, 0, 0, 2008)', { nr: '142', a0: 'e', a5: '2008' }],
  ['sys_enter', 'aborted by seccomp', 'NR -1 (0, 0, 0, 0, 0, 0)', { nr: '-1' }],
  ['sys_exit', 'raw_syscalls', 'NR 142 = -4', { nr: '142', ret: '-4' }],
  ['function', 'plain', 'vfs_read <-ksys_read', { func: 'vfs_read', parent: 'ksys_read' }],
  [
    'function',
    'offsets and addresses',
    'vfs_read+0x0/0x10 <ffffffff812a1b20> <-ksys_read+0x1f/0x40 <ffffffff812a2010>',
    { func: 'vfs_read', address: 'ffffffff812a1b20', parent: 'ksys_read+0x1f/0x40 <ffffffff812a2010>' },
  ],
  [
    'function',
    'arguments, 6.15',
    'stack_access_ok(state=0xffffc90000003938, s=(x)[0x1:0x2], len=0x8) <-unwind_next_frame',
    {
      func: 'stack_access_ok',
      func_args: '(state=0xffffc90000003938, s=(x)[0x1:0x2], len=0x8)',
      parent: 'unwind_next_frame',
    },
  ],
  ['function', 'repeats', 'f <-g (repeats: 12, last_ts:   311.002003)', { repeats: '12', last_ts: '311.002003' }],
  ['function', 'no parent', '__schedule', { func: '__schedule' }],
  ['function', 'no symbol', '0', { func: '0' }],
  ['function', 'a hidden parent', "f <-[unknown/kretprobe'd]", { parent: "[unknown/kretprobe'd]" }],
  ['function', 'trace-cmd', 'vfs_read <-- ksys_read', { parent: 'ksys_read' }],
  ['funcgraph_entry', 'open', 'getname() {', { func: 'getname' }],
  [
    'funcgraph_entry',
    'leaf with caller',
    'f(a=0x1); /* <-g+0x1f/0x40 ret=-9 */',
    { func: 'f', func_args: 'a=0x1', parent: 'g+0x1f/0x40' },
  ],
  ['funcgraph_exit', 'alone', '}', {}],
  ['funcgraph_exit', 'tail', '} /* getname.part.0 */', { func: 'getname.part.0' }],
  ['funcgraph_exit', 'value until 6.12', '} /* f = -22 */', { func: 'f', retval: '-22' }],
  ['funcgraph_exit', 'value since 6.13', '} /* f ret=0x10 */', { func: 'f', retval: '0x10' }],
  ['funcgraph_exit', 'leaf', 'f(); /* = 0x0 */', { leaf: 'f', retval: '0x0' }],
  [
    'context_switch',
    'text',
    '      264:120:S ==> [001]     250:  0:R cyclictest a',
    { prev_pid: '264', next_prio: '0', next_comm: 'cyclictest a' },
  ],
  ['wakeup', 'text', '        2:120:R   + [000]      17: 98:R rcu_preempt', { next_cpu: '000', next_pid: '17' }],
  ['raw_data', 'text', '# 1f buf: 72 61 77', { id: '1f', bytes: ' 72 61 77' }],
  ['tracing_mark_write', 'begin', 'B|123|name', { phase: 'B', marker_pid: '123', label: 'name' }],
  ['tracing_mark_write', 'counter', 'C|123|counter|42', { phase: 'C', label: 'counter', value: '42' }],
  ['tracing_mark_write', 'end', 'E', { phase: 'E' }],
  ['tracing_mark_write', 'text', 'Everything else', { text: 'Everything else' }],
  [
    'osnoise',
    'text',
    '1000000     464897  53.51030   28781    176      0    255      0    134',
    { noise_us: '464897', thread: '134' },
  ],
  ['timerlat', 'text', '#12    context    irq timer_latency      1234 ns', { context: 'irq', latency: '1234' }],
  [
    'hwlat',
    'text',
    '#1     inner/outer(us):   11/8     ts:1499801089.066141940 count:1',
    { inner_us: '11', hits: '1' },
  ],
  ['irq_noise', 'text', 'local_timer:236 start 72.000000000 duration 1283 ns', { what: 'local_timer', noise: '1283' }],
  ['thread_noise', 'a comm with blanks', 'a b:12 start 72.000000000 duration 1283 ns', { what: 'a b', number: '12' }],
  ['do_sys_open', 'vendor tracepoint', '"/proc/stat" 8000 666', { filename: '/proc/stat', mode: '666' }],
];

describe('event texts', () => {
  it.each(TEXTS)('%s: %s', (name, _, text, some) => {
    expect(columns(name, text)).toMatchObject(some);
  });

  it.each([
    ['sched_waking', 'comm=nl'],
    ['signal_generate', 'sig=9 errno=0 code=0 comm=a'],
    ['sys_exit', 'NR 3'],
  ])('%s does not take a text that is broken off: %s', (name, text) => {
    expect(columns(name, text)).toBeUndefined();
  });
});

describe('grammars', () => {
  const forms = [...KNOWN_EVENTS.values()].flatMap((known) =>
    [known, ...known.variants].map((form) => ({ ...form, name: known.name })),
  );

  it('have as many groups as columns', () => {
    for (const { name, pattern, fields } of forms) {
      const groups = (new RegExp(`${pattern}|`).exec('') as RegExpExecArray).length - 1;
      expect(groups, `${name}: ${pattern}`).toBe(fields.length);
    }
  });

  it('use nothing that RE2 does not have', () => {
    for (const { name, pattern } of forms) expect(pattern, name).not.toMatch(/\(\?[=!<]|\\[1-9]/);
  });

  it('give a column one name and one type in all forms of an event', () => {
    for (const known of KNOWN_EVENTS.values()) {
      const columnsOf = new Map(known.fields);
      for (const [field, type] of known.variants.flatMap((form) => form.fields)) {
        expect(columnsOf.has(field), `${known.name}.${field}`).toBe(true);
        if (type !== 'state') expect(type, `${known.name}.${field}`).toBe(columnsOf.get(field));
      }
      expect(columnsOf.size, known.name).toBe(known.fields.length);
    }
  });
});

describe('groups that need not match', () => {
  it.each([
    ['(a) (b)', []],
    ['(a)(?: (b))?', [1]],
    ['(?:(a)|(b))', [0, 1]],
    ['(a|b) (c)', []],
    ['(?:x (a|b))? ([)(|?]) \\((c)\\)?', [0]],
    ['(a)|(b)', [0, 1]],
    ['((a)|b)', [1]],
  ] as const)('%s', (pattern, expected) => {
    expect([...optionalGroups(pattern)]).toEqual(expected);
  });
});
