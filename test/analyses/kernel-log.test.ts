import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { ANALYSES } from '../../src/analyses/registry.js';
import { runAnalysis } from '../../src/analyses/run.js';
import { eventNames } from '../../src/app/capture-info.js';
import { deriveAll } from '../../src/app/derive.js';
import { importTrace } from '../../src/app/import-trace.js';
import { importSideFiles } from '../../src/app/side-files.js';
import { Store } from '../../src/store/store.js';
import { answer } from '../support/blueprint.js';
import { scratch } from '../support/scratch.js';

const KILL = `          oomhog-137     [001] d..2.     5.499625: signal_generate: sig=9 errno=0 code=128 comm=oomhog pid=137 grp=1 res=0
          oomhog-137     [001] .....     5.600000: sched_process_exit: comm=oomhog pid=137 prio=120
          victim-138     [001] .....     5.700000: signal_generate: sig=11 errno=0 code=128 comm=victim pid=138 grp=0 res=0
`;
const LOG = `[    5.000000] calling  foo_init+0x0/0x10 @ 1
[    5.000010] initcall foo_init+0x0/0x10 returned -19 after 12 usecs
[    5.100000][  T120] <_do_fork> pre_handler: p->addr = 0x00000000d301008e, ip = ffffffffb1e8c9d1, flags = 0x246
[    5.325264] Memory cgroup out of memory: Killed process 137 (oomhog) total-vm:13468kB, anon-rss:12072kB
[    5.525639] victim[138]: segfault at 0 ip 0000000000401136 sp 00007ffd error 4 in victim[401000+1000]
`;

async function withLog(id: string, log: string, trace = KILL) {
  const path = scratch().file('dmesg.txt', log);
  const store = await Store.create();
  try {
    const count = trace.trimEnd().split('\n').length;
    const text = `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${count}/${count}   #P:2\n#\n${trace}`;
    const { captureId } = await importTrace(store, { name: 'trace', chunks: Readable.from([Buffer.from(text)]) });
    const remarks = await importSideFiles(store, captureId, { dmesg: path });
    await deriveAll(store);
    const analysis = ANALYSES.find((candidate) => candidate.id === id);
    if (analysis === undefined) throw new Error(id);
    const read = (sql: string, values: Parameters<typeof store.rows>[1]) => store.rows(sql, values);
    return { ...(await runAnalysis(read, analysis, {}, await eventNames(store))), remarks };
  } finally {
    store.close();
  }
}

it('[A] lines of the log have their kind, and the time of the trace from signals that both show', async () => {
  const { rows, remarks } = await withLog('kernel-log', LOG);
  expect(remarks).toEqual([]);
  expect(rows.map((row) => [row.log_line_no, row.kind, row.pid, row.function, row.ret])).toEqual([
    [1, 'entry', 1, 'foo_init', '-19'],
    [2, 'return', null, 'foo_init', '-19'],
    [3, 'entry', 120, '_do_fork', null],
    [4, 'killed', 137, null, null],
    [5, 'segfault', 138, null, null],
  ]);
  expect(rows[3]).toMatchObject({
    ts: 5325264000,
    trace_ts: 5499625000,
    clock: 'trace +174.361 ms, from 2 signals that both show',
    beside: 'signal_generate',
  });
});

it('[A] the log tells why a signal was sent', async () => {
  const { rows } = await withLog('signals', LOG);
  expect(rows.map((row) => [row.signal, row.target_pid, row.cause, row.confidence])).toEqual([
    ['SIGKILL', 137, 'oom', 'inferred'],
    ['SIGSEGV', 138, 'fault', 'inferred'],
  ]);
  expect(rows[0]?.evidence).toContain('kernel log line 4: Memory cgroup out of memory: Killed process 137 (oomhog)');
});

it('[B] a log of another time, or of wall times, says so and changes nothing', async () => {
  const other = await withLog('signals', LOG.replaceAll('[    5.', '[ 9005.'));
  expect(other.remarks[0]).toContain('no line falls into the time of the trace');
  expect(other.rows.map((row) => row.cause)).not.toContain('oom');
  const wall = await withLog(
    'signals',
    '[Sat Nov 21 00:20:38 2026] Memory cgroup out of memory: Killed process 137 (oomhog) total-vm:1kB\n',
  );
  expect(wall.remarks[0]).toContain('wall times (dmesg -T)');
  expect(wall.rows.map((row) => row.cause)).not.toContain('oom');
  expect((await withLog('kernel-log', LOG.replaceAll('[    5.', '[ 9005.'))).rows[0]).toMatchObject({
    trace_ts: null,
    clock: 'none in common',
    line_no: null,
  });
});

it('[B] a capture without a log names the option', async () => {
  const { status, missing } = await answer('kernel-log', KILL);
  expect([status, missing]).toEqual(['not-applicable', ['--dmesg FILE']]);
});

it('[A] pairs nothing by time with a log of another boot, and still tells what its lines say', async () => {
  const log = readFileSync(new URL('../fixtures/seed/kprobe_example.dmesg', import.meta.url), 'utf8');
  const { rows, remarks } = await withLog('kernel-log', log);
  expect(remarks.join()).toContain('no line falls into the time of the trace');
  expect(rows.map((row) => [row.kind, row.function, row.clock, row.line_no])).toEqual(
    ['entry', 'after', 'entry', 'after', 'entry', 'after'].map((kind) => [kind, '_do_fork', 'none in common', null]),
  );
});

it('[A] lines where a module says that a function begins and ends are calls', async () => {
  const at = (us: number, text: string, caller = 'T120'): string =>
    `[    5.${String(us).padStart(6, '0')}][${caller.padStart(6)}] ${text}\n`;
  const { rows } = await withLog(
    'kernel-log',
    at(100, 'Calling arp_process with dev eth0') +
      at(110, 'enter ip_route_input_noref(daddr=0xf02000a)') +
      at(111, 'fib_validate_source: enter', 'T121') +
      at(120, 'fib_validate_source: exit ret=-18', 'T121') +
      at(130, 'leave ip_route_input_noref ret=-18') +
      at(140, 'Returning from arp_process with a return value of 0') +
      at(150, '_do_fork returned 5 and took 1234 ns to execute') +
      at(160, 'enter nothing_leaves') +
      at(170, 'Entering rescue mode'),
  );
  expect(
    rows.map((row) => [
      row.log_line_no,
      row.kind,
      row.function,
      row.ret,
      row.errno,
      row.dur,
      row.return_log_line_no,
      row.confidence,
    ]),
  ).toEqual([
    [1, 'entry', 'arp_process', '0', null, 40_000, 6, 'exact'],
    [2, 'entry', 'ip_route_input_noref', '-18', 'EXDEV', 20_000, 5, 'exact'],
    [3, 'entry', 'fib_validate_source', '-18', 'EXDEV', 9000, 4, 'exact'],
    [4, 'return', 'fib_validate_source', '-18', null, null, null, null],
    [5, 'return', 'ip_route_input_noref', '-18', null, null, null, null],
    [6, 'return', 'arp_process', '0', null, null, null, null],
    [7, 'return', '_do_fork', '5', null, 1234, null, 'exact'],
    [8, null, null, null, null, null, null, null],
    [9, null, null, null, null, null, null, null],
  ]);
});

it('[A] a log that does not say who printed its lines pairs them as inferred, and a probe on an instruction is no call', async () => {
  const { rows } = await withLog(
    'kernel-log',
    `[    5.000001] foo enter
[    5.000003] foo exit rc=0
[    5.000004] <_do_fork> pre_handler: p->addr = 0x0, ip = 0, flags = 0x246
[    5.000005] <_do_fork> post_handler: p->addr = 0x0, flags = 0x246
[    5.000006] calling  foo_init+0x0/0x10 @ 1
[    5.000018] initcall foo_init+0x0/0x10 returned -19 after 12 usecs
`,
  );
  expect(rows.map((row) => [row.kind, row.dur, row.ret, row.errno, row.pid, row.confidence])).toEqual([
    ['entry', 2000, '0', null, null, 'inferred'],
    ['return', null, '0', null, null, null],
    ['entry', null, null, null, null, null],
    ['after', null, null, null, null, null],
    ['entry', 12_000, '-19', 'ENODEV', 1, 'exact'],
    ['return', null, '-19', null, null, null],
  ]);
});
