import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../../support/program.js';
import { scratch } from '../../../support/scratch.js';
import { type TarFile, tarGzOf, tarOf } from '../../../support/tar.js';

const TRACE = `# tracer: nop
#
# entries-in-buffer/entries-written: 4/4   #P:2
#
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
            bash-4994    [000] .....    10.000001: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0
           a.out-5441    [001] .....    10.000009: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
           a.out-5441    [001] .....    10.000020: sched_process_exit: comm=a.out pid=5441 prio=120
            bash-4994    [000] .....    10.000030: sys_wait4 -> 0x1541
`;
const STATS =
  'entries: 2\noverrun: 0\ncommit overrun: 0\nbytes: 100\noldest event ts: 10.0\nnow ts: 11.0\ndropped events: 0\n';
const FACTS = 'format 1\nftrail 0.1.0\npurpose signals\nkernel 6.1.0-56-amd64\nclock local\nexec_pid 17\n';

/** SQL over an archive. */
async function ask(files: readonly TarFile[], sql: string, ...args: string[]) {
  const archive = scratch().file('run.tar.gz', tarGzOf(files));
  return runInProcess(['query', archive, sql, '--format', 'csv', ...args]);
}

describe('an archive of the capture script', () => {
  it('is a capture with everything that stood beside the trace', async () => {
    const { code, stdout, stderr } = await ask(
      [
        { name: 'ftrail-capture', content: FACTS },
        { name: 'missing', content: 'event oom/mark_victim: this kernel does not have it\n' },
        { name: 'dmesg', content: '[   10.000015] a.out: killed\n' },
        { name: 'kallsyms', content: 'ffffffff81000000 T _text\nffffffff81363fa0 t do_sys_openat2\n' },
        { name: 'maps/5441', content: '55d0-55e0 r-xp 00000000 fd:01 269    /opt/a.out\n' },
        { name: 'stats/cpu0', content: STATS },
        { name: 'trace.gz', content: gzipSync(TRACE) },
      ],
      `SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM proc_map WHERE pid = 5441) AS maps,
        (SELECT count(*) FROM kallsym) AS symbols, (SELECT count(*) FROM kernel_log) AS log,
        (SELECT string_agg(key || '=' || value, ' ' ORDER BY key) FROM capture_label) AS labels, (SELECT lost_events FROM capture) AS lost`,
    );
    expect(stdout).toBe(
      'events,maps,symbols,log,labels,lost\n4,1,2,1,clock=local kernel=6.1.0-56-amd64 purpose=signals,0\n',
    );
    expect(stderr).toBe('ftrail: not recorded: event oom/mark_victim: this kernel does not have it\n');
    expect(code).toBe(0);
  });

  it('answers why, with the clock it was taken by', async () => {
    const archive = scratch().file(
      'run.tar.gz',
      tarGzOf([
        { name: 'ftrail-capture', content: FACTS },
        { name: 'trace', content: TRACE },
      ]),
    );
    expect((await runInProcess(['why', archive, '--pid', '5441'])).stdout).toMatch(
      /^a\.out 5441 was killed by SIGKILL/,
    );
    expect((await runInProcess(['info', archive])).stdout).toContain('microseconds, trace_clock local\n');
  });

  it.each([
    ['local', 'taken as equal'],
    ['mono', 'none in common'],
  ])('with the clock %s has a kernel log whose times are %s', async (clock, words) => {
    const archive = scratch().file(
      'run.tar.gz',
      tarGzOf([
        { name: 'ftrail-capture', content: FACTS.replace('clock local', `clock ${clock}`) },
        { name: 'dmesg', content: '[    1.000015] long before\n' },
        { name: 'trace', content: TRACE },
      ]),
    );
    const { stdout } = await runInProcess(['kernel-log', archive, '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ clock: words })]);
  });

  it('is the same packed with tar alone, and from a pipe', async () => {
    const bytes = tarOf([{ name: './trace', content: TRACE }]);
    const { stdout } = await runInProcess(['query', '-', 'SELECT count(*) AS n FROM event', '--format', 'csv'], {
      stdin: [bytes],
    });
    expect(stdout).toBe('n\n4\n');
  });

  it('becomes part of a store, and what a person says goes before', async () => {
    const folder = scratch();
    const archive = folder.file(
      'run.tar.gz',
      tarGzOf([
        { name: 'ftrail-capture', content: FACTS },
        { name: 'trace', content: TRACE },
      ]),
    );
    const store = folder.at('s.duckdb');
    expect((await runInProcess(['import', archive, '-o', store, '--label', 'kernel=mine'])).code).toBe(0);
    const sql = "SELECT key, value FROM capture_label WHERE key IN ('kernel', 'purpose') ORDER BY key";
    expect((await runInProcess(['query', store, sql, '--format', 'csv'])).stdout).toBe(
      'key,value\nkernel,mine\npurpose,signals\n',
    );
  });
});

describe('what the buffers lost', () => {
  it('is in the account: full buffers from their last record on, interrupts anywhere', async () => {
    const lossy = STATS.replace('dropped events: 0', 'dropped events: 7').replace(
      'commit overrun: 0',
      'commit overrun: 2',
    );
    const { stdout } = await ask(
      [
        { name: 'stats/cpu1', content: lossy },
        { name: 'trace', content: TRACE },
      ],
      `SELECT kind, cpu, line_no, from_ts, to_ts, events, (SELECT lost_events FROM capture) AS lost FROM loss ORDER BY events`,
    );
    expect(stdout).toBe('kind,cpu,line_no,from_ts,to_ts,events,lost\nlost,1,1,,,2,9\nlost,1,8,10000020000,,7,9\n');
  });

  it('is told by the stats where the header does not count', async () => {
    const { stdout } = await ask(
      [
        { name: 'stats/cpu0', content: STATS.replace('overrun: 0', 'overrun: 12') },
        { name: 'trace', content: TRACE.replace(/^# entries.*\n/m, '') },
      ],
      'SELECT kind, cpu, to_ts, events FROM loss',
    );
    expect(stdout).toBe('kind,cpu,to_ts,events\noverwritten,0,10000001000,12\n');
  });

  it('is not counted twice', async () => {
    const { stdout } = await ask(
      [
        { name: 'stats/cpu0', content: STATS.replace('overrun: 0', 'overrun: 12') },
        { name: 'trace', content: TRACE.replace('4/4', '4/16') },
      ],
      'SELECT kind, cpu, events, (SELECT lost_events FROM capture) AS lost FROM loss',
    );
    expect(stdout).toBe('kind,cpu,events,lost\noverwritten,,12,12\n');
  });
});

describe('an archive that is not right', () => {
  it.each([
    ['without a trace', [{ name: 'notes', content: 'x' }], 'without a file named trace'],
    [
      'with two',
      [
        { name: 'a/trace', content: TRACE },
        { name: 'b/trace', content: TRACE },
      ],
      'several traces (a/trace, b/trace)',
    ],
    ['whose trace is a link', [{ name: 'trace', type: '2', linkName: '/etc/passwd' }], 'without a file named trace'],
  ] as const)('%s is refused', async (_, files, text) => {
    const { code, stderr } = await ask(files, 'SELECT 1');
    expect(stderr).toContain(text);
    expect(code).toBe(3);
  });

  it('keeps what could be read before the damage', async () => {
    const whole = tarGzOf([
      { name: 'trace', content: TRACE },
      { name: 'trace_clock', content: Buffer.alloc(100_000, 'x') },
    ]);
    const archive = scratch().file('cut.tar.gz', whole.subarray(0, whole.length - 60));
    const { stdout } = await runInProcess([
      'query',
      archive,
      'SELECT events, (SELECT string_agg(code) FROM import_issue) AS issues FROM capture',
      '--format',
      'csv',
    ]);
    expect(stdout).toBe('events,issues\n4,damaged_file\n');
  });

  it('costs only the side file that is none', async () => {
    const { code, stderr } = await ask(
      [
        { name: 'maps/1', content: 'rubbish\n' },
        { name: 'kallsyms', content: '0000000000000000 T _text\n' },
        { name: 'dmesg', content: '' },
        { name: 'trace', content: TRACE },
        { name: 'trace.others', content: TRACE },
      ],
      'SELECT 1 AS one',
    );
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      'ftrail: trace.others: stands behind the trace in the archive, and is left out',
      'ftrail: maps/1: is no maps of a process',
      'ftrail: kallsyms: all addresses are 0 (kptr_restrict): it names nothing',
      '',
    ]);
  });
});

it('puts the trace of everybody else in its place', async () => {
  const others = `# entries-in-buffer/entries-written: 1/1   #P:2
            init-1       [000] .....    10.000012: signal_generate: sig=15 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0
`;
  const { stdout } = await ask(
    [
      { name: 'trace.others.gz', content: gzipSync(others) },
      { name: 'trace.gz', content: gzipSync(TRACE) },
    ],
    'SELECT line_no, pid, name FROM event ORDER BY event_id',
  );
  expect(stdout).toBe(
    'line_no,pid,name\n6,4994,signal_generate\n7,5441,signal_deliver\n8,1,signal_generate\n9,5441,sched_process_exit\n10,4994,sys_exit_wait4\n',
  );
});
