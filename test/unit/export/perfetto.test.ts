import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stateBits } from '../../../src/export/perfetto/switches.js';
import { type Exporting, exporting } from '../../support/export-of.js';
import { story } from '../../support/story.js';
import { type TraceProcessor, traceProcessor } from '../../support/trace-processor.js';

// To start Perfetto's engine is work of seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const opened: (() => void)[] = [];
// The engine is newer than the decoder beside it, and says so with every answer.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue(undefined));
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined));
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function both(text: string | Buffer): Promise<{ perfetto: TraceProcessor; store: Exporting['store'] }> {
  const exported = await exporting(text);
  const perfetto = await traceProcessor((await exported.to('perfetto')).bytes);
  opened.push(
    () => perfetto.close(),
    () => exported.store.close(),
  );
  return { perfetto, store: exported.store };
}

/** What Perfetto holds as errors or lost data. */
const FAULTS = "SELECT name, value FROM stats WHERE value > 0 AND severity <> 'info'";
const arg = (name: string): string => `extract_arg(s.arg_set_id, 'debug.${name}')`;

/** Calls with durations, at no time. */
const GRAPH = `# tracer: function_graph
#
# CPU  DURATION                  FUNCTION CALLS
# |     |   |                     |   |   |   |
 0)   0.123 us    |  mutex_lock();
 0)   0.456 us    |  mutex_unlock();
`;

describe('perfetto', () => {
  it('loads in trace_processor with every slice, instant, flow and argument of the store', async () => {
    const { perfetto, store } = await both(readFileSync('samples/life-of-a-process/trace'));
    expect(await perfetto.rows(FAULTS)).toEqual([]);
    const [kept] = await perfetto.rows(`SELECT
      (SELECT count(*) FROM slice WHERE category = 'syscall' AND dur >= 0) AS syscalls,
      (SELECT count(*) FROM slice WHERE category = 'zombie' AND dur > 0) AS zombies,
      (SELECT sum(dur) FROM slice WHERE category = 'zombie') AS zombie_dur,
      (SELECT count(*) FROM slice WHERE category = 'death' AND dur = 0) AS deaths,
      (SELECT count(*) FROM slice WHERE name GLOB 'SIG* is generated') AS generated,
      (SELECT count(*) FROM slice WHERE name GLOB 'SIG* is delivered') AS delivered,
      (SELECT count(*) FROM thread WHERE tid > 0) AS tasks,
      (SELECT count(*) FROM flow) AS flows,
      (SELECT count(*) FROM slice WHERE dur < 0) AS unfinished,
      (SELECT count(*) FROM slice s WHERE ${arg('line')} IS NULL OR ${arg('confidence')} NOT IN ('exact', 'inferred')) AS unplaced`);
    const [held] = await store.rows(`SELECT
      (SELECT count(*) FROM syscall WHERE dur >= 0) AS syscalls,
      (SELECT count(*) FROM task WHERE zombie_dur > 0) AS zombies,
      (SELECT sum(zombie_dur)::BIGINT FROM task) AS zombie_dur,
      (SELECT count(*) FROM task WHERE death <> 'alive') AS deaths,
      (SELECT count(*) FROM signal WHERE generate_event_id IS NOT NULL) AS generated,
      (SELECT count(*) FROM signal WHERE deliver_event_id IS NOT NULL) AS delivered,
      (SELECT count(*) FROM task) AS tasks,
      (SELECT count(*) FROM link WHERE kind NOT IN ('syscall', 'call', 'wake')) AS flows,
      0 AS unfinished, 0 AS unplaced`);
    expect(kept).toEqual(held);
    expect(held?.syscalls).toBeGreaterThan(100);
    expect(held?.flows).toBeGreaterThan(40);
  });

  it('keeps times to the nanosecond, lines, arguments and results', async () => {
    const { perfetto, store } = await both(readFileSync('samples/life-of-a-process/trace'));
    const kept =
      await perfetto.rows(`SELECT s.ts, s.dur, s.name, t.tid, ${arg('line')} AS line_no, ${arg('args')} AS args, ${arg('ret')} AS ret, ${arg('errno')} AS errno
      FROM slice s JOIN thread_track k ON k.id = s.track_id JOIN thread t USING (utid) WHERE s.category = 'syscall' ORDER BY line_no`);
    const held = await store.rows(`SELECT s.ts, s.dur, s.name, s.pid AS tid, e.line_no, s.args, s.ret, s.errno
      FROM syscall s JOIN event_row e ON e.event_id = s.enter_event_id WHERE s.dur >= 0 ORDER BY e.line_no`);
    expect(kept).toEqual(held);
  });

  it('draws a flow from line to line for each link', async () => {
    const { perfetto, store } = await both(readFileSync('samples/life-of-a-process/trace'));
    const kept =
      await perfetto.rows(`SELECT extract_arg(a.arg_set_id, 'debug.line') AS from_line, extract_arg(b.arg_set_id, 'debug.line') AS to_line
      FROM flow JOIN slice a ON a.id = slice_out JOIN slice b ON b.id = slice_in ORDER BY 1, 2`);
    const held = await store.rows(`SELECT a.line_no AS from_line, b.line_no AS to_line
      FROM link JOIN event_row a ON a.event_id = from_event_id JOIN event_row b ON b.event_id = to_event_id
      WHERE kind NOT IN ('syscall', 'call', 'wake') ORDER BY ALL`);
    expect(kept).toEqual(held);
  });

  it('tells lives of a reused pid apart', async () => {
    const { perfetto } = await both(
      story(`
        init-1 sched_process_fork: comm=init pid=1 child_comm=init child_pid=50
        one-50 sys_getpid()
        one-50 sys_getpid -> 0x32
        one-50 sched_process_exit: comm=one pid=50 prio=120
        init-1 sched_process_fork: comm=init pid=1 child_comm=init child_pid=50
        two-50 sys_getuid()
        two-50 sys_getuid -> 0x0
        two-50 sched_process_exit: comm=two pid=50 prio=120`),
    );
    expect(await perfetto.rows(FAULTS)).toEqual([]);
    const slices = await perfetto.rows(`SELECT s.name, t.utid, t.tid FROM slice s
      JOIN thread_track k ON k.id = s.track_id JOIN thread t USING (utid) WHERE s.category = 'syscall' ORDER BY s.ts`);
    expect(slices.map(({ name, tid }) => [name, tid])).toEqual([
      ['getpid', 50],
      ['getuid', 50],
    ]);
    expect(slices[0]?.utid).not.toBe(slices[1]?.utid);
  });

  it('hands the scheduler over: runs per CPU, states and wakers', async () => {
    const { perfetto } = await both(
      story(`
        <idle>-0 0/d.... sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=cat next_pid=7 next_prio=120
        cat-7 0/d.... sched_waking: comm=dog pid=8 prio=120 target_cpu=000
        cat-7 0/d.... sched_switch: prev_comm=cat prev_pid=7 prev_prio=120 prev_state=D|K ==> next_comm=dog next_pid=8 next_prio=110
        dog-8 0/d.... sched_switch: prev_comm=dog prev_pid=8 prev_prio=110 prev_state=R+ ==> next_comm=swapper/0 next_pid=0 next_prio=120`),
    );
    expect(await perfetto.rows(FAULTS)).toEqual([]);
    const runs = await perfetto.rows(
      'SELECT s.cpu, t.name, t.tid, s.dur, s.end_state, s.priority FROM sched s JOIN thread t USING (utid) WHERE t.tid > 0 ORDER BY s.ts',
    );
    expect(runs).toEqual([
      { cpu: 0, name: 'cat', tid: 7, dur: 20_000, end_state: 'DK', priority: 120 },
      { cpu: 0, name: 'dog', tid: 8, dur: 10_000, end_state: 'R+', priority: 110 },
    ]);
    const woken = await perfetto.rows(
      'SELECT t.tid, w.tid AS waker FROM thread_state s JOIN thread t USING (utid) JOIN thread w ON w.utid = s.waker_utid',
    );
    expect(woken).toContainEqual({ tid: 8, waker: 7 });
  });

  it('puts what an interrupt does on a track of its CPU, not on the task that it interrupts', async () => {
    const { perfetto } = await both(
      story(`
        cat-7 0/..... sys_getpid()
        cat-7 0/d.h.. signal_generate: sig=14 errno=0 code=128 comm=dog pid=8 grp=1 res=0
        cat-7 0/..... sys_getpid -> 0x7
        dog-8 0/..... signal_deliver: sig=14 errno=0 code=128 sa_handler=0 sa_flags=0`),
    );
    const signals = await perfetto.rows(`SELECT s.name, t.name AS track, k.utid IS NOT NULL AS of_a_task FROM slice s
      JOIN track t ON t.id = s.track_id LEFT JOIN thread_track k ON k.id = s.track_id WHERE s.category = 'signal' ORDER BY s.ts`);
    expect(signals[0]).toEqual({ name: 'SIGALRM is generated', track: 'CPU 0', of_a_task: 0 });
    expect(signals[1]).toMatchObject({ name: 'SIGALRM is delivered', of_a_task: 1 });
  });

  it('makes an instant of a call that would cross the one around it', async () => {
    const { perfetto } = await both(
      story(`
        cat-7 p_outer: (outer+0x0/0x10)
        cat-7 sys_getpid()
        cat-7 r_outer: (caller+0x8/0x20 <- outer)
        cat-7 sys_getpid -> 0x7`),
    );
    expect(await perfetto.rows(FAULTS)).toEqual([]);
    expect(await perfetto.rows('SELECT count(*) AS n FROM slice WHERE dur < 0')).toEqual([{ n: 0 }]);
  });

  it('spells out what cannot be seen, and keeps the rest as it is', async () => {
    const text = story(`
      a<b>&"'-7 tracing_mark_write: x
      a<b>&"'-7 sched_process_exec: filename=/tmp/\u001b[31m"red";<script> pid=7 old_pid=7
      a<b>&"'-7 sys_getpid()
      a<b>&"'-7 sys_getpid -> 0x7`);
    const { perfetto } = await both(text);
    expect(await perfetto.rows(FAULTS)).toEqual([]);
    const texts = JSON.stringify(
      await perfetto.rows(
        'SELECT string_value AS text FROM args UNION SELECT name FROM slice UNION SELECT name FROM thread',
      ),
    );
    expect(texts).toContain('/tmp/\\\\e[31m\\"red\\";<script>');
    expect(texts).not.toMatch(/\\u001b|\u001b/);
  });

  it.each([
    ['R', 0],
    ['S', 1],
    ['D|K', 130],
    ['R+', 2048],
    ['?', 0],
  ])('reads the state %s as %i', (text, bits) => {
    expect(stateBits(text)).toBe(bits);
  });

  it('needs times', async () => {
    const { to, store } = await exporting(GRAPH);
    await expect(to('perfetto')).rejects.toThrow('no event with a time');
    store.close();
  });
});
