/**
 * The founding story in three captures: bash forks a.out, a.out runs and maps libc, bash kills it, the kernel delivers, a.out
 * dies, bash is told and reaps. The figures of the retyped capture follow from its text; those of the real ones are also what
 * the shell said while it ran (see samples/).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/app/explain/index.js';
import type { Store } from '../../src/store/store.js';
import { storeOfFile } from '../support/store-of.js';

const CAPTURES = [
  { name: 'retyped', path: 'test/fixtures/seed/life-of-a-process.trace', child: 5441, parent: 4994 },
  { name: 'pasted', path: 'test/fixtures/seed/life-of-a-process.pasted.trace', child: 5441, parent: 4994 },
  { name: 'kernel 6.1', path: 'samples/life-of-a-process/trace', child: 126, parent: 122 },
  { name: 'kernel 6.1 RT', path: 'samples/life-of-a-process-rt/trace', child: 145, parent: 139 },
];

describe.each(CAPTURES)('$name', ({ name, path, child, parent }) => {
  let store: Store;
  beforeAll(async () => {
    store = await storeOfFile(path);
  });
  afterAll(() => store.close());

  it('knows who forked, killed and reaped a.out', async () => {
    const rows = await store.rows(
      `SELECT t.comm, p.pid AS parent, t.death, t.exit_signal, r.pid AS reaper
       FROM task t JOIN task p ON p.task_id = t.parent_task_id JOIN task r ON r.task_id = t.reaper_task_id WHERE t.pid = $pid`,
      { pid: child },
    );
    expect(rows).toEqual([{ comm: 'a.out', parent, death: 'killed', exit_signal: 9, reaper: parent }]);
  });

  it('knows how the signal was sent, from the stack', async () => {
    const rows = await store.rows(
      'SELECT sender_pid, cause, result, confidence, evidence FROM signal WHERE target_pid = $pid AND sig = 9',
      { pid: child },
    );
    expect(rows).toEqual([
      {
        sender_pid: parent,
        cause: 'kill',
        result: 'delivered',
        confidence: 'exact',
        evidence: 'the stack has __x64_sys_kill',
      },
    ]);
  });

  it('tells it as one chain in order of time', async () => {
    const chain = await explain(store, { pid: child });
    expect(chain.verdict).toMatch(
      new RegExp(
        `^a\\.out ${child} was killed by SIGKILL sent by bash ${parent} with kill\\(2\\); it was a zombie for .* until bash ${parent} reaped it with wait4$`,
      ),
    );
    const kinds = chain.steps.map((step) => step.kind);
    for (const kind of ['fork', 'exec', 'open', 'map', 'generate', 'deliver', 'wait_enter', 'reap'])
      expect(kinds).toContain(kind);
    expect(chain.steps.map((step) => step.line_no)).toEqual(
      chain.steps.map((step) => step.line_no).sort((a, b) => a - b),
    );
    await expect(`${JSON.stringify(chain, null, 2)}\n`).toMatchFileSnapshot(
      `__golden__/life-of-a-process/${name.replaceAll(' ', '-')}.why.json`,
    );
  });

  it('understands every line that is one', async () => {
    const rows = await store.rows(
      'SELECT lines_unknown, code, text FROM capture LEFT JOIN import_issue USING (capture_id)',
    );
    expect(rows).toEqual(
      name === 'pasted'
        ? [{ lines_unknown: 1, code: 'elision', text: 'dots in place of lines' }]
        : [{ lines_unknown: 0, code: null, text: null }],
    );
  });
});

describe('the figures of the retyped capture', () => {
  let store: Store;
  beforeAll(async () => {
    store = await storeOfFile('test/fixtures/seed/life-of-a-process.trace');
  });
  afterAll(() => store.close());

  it('has the times of fork, exec, death and reap', async () => {
    const [task] = await store.rows(
      'SELECT fork_ts, exec_ts, exit_ts, zombie_dur, reaped_ts, exec_path, tgid FROM task WHERE pid = 5441',
    );
    expect(task).toEqual({
      fork_ts: 9978187638000,
      exec_ts: 9978188246000,
      exit_ts: 9992171118000,
      zombie_dur: 79000,
      reaped_ts: 9992171197000,
      exec_path: null,
      tgid: 5441,
    });
    const [exec] = await store.rows("SELECT dur, ret FROM syscall WHERE name = 'execve'");
    expect(exec).toEqual({ dur: 296000, ret: 0 });
  });

  it('has the signal on its way: 5 us to the delivery, SIGCHLD with CLD_KILLED', async () => {
    expect(
      await store.rows('SELECT signal, latency, code_name, generate_ts FROM signal ORDER BY generate_event_id'),
    ).toEqual([
      { signal: 'SIGKILL', latency: 5000, code_name: 'SI_USER', generate_ts: 9992171040000 },
      { signal: 'SIGCHLD', latency: 7000, code_name: 'CLD_KILLED', generate_ts: 9992171118000 },
    ]);
  });

  it('has libc opened as fd 3 and mapped', async () => {
    expect(await store.rows('SELECT path, fd, flags_text, source FROM file')).toEqual([
      { path: '/lib64/libc.so.6', fd: 3, flags_text: 'O_RDONLY|O_CLOEXEC', source: 'do_sy_open in openat' },
    ]);
    expect(await store.rows('SELECT hex(start_addr) AS at, hex(len) AS len, prot, path FROM mapping')).toEqual([
      { at: '7FEF041E8000', len: '3BA778', prot: 'PROT_READ|PROT_EXEC', path: '/lib64/libc.so.6' },
    ]);
  });

  it('says that the enter of the kill is not there, and does not invent it', async () => {
    const chain = await explain(store, { pid: 5441 });
    expect(chain.steps.map((step) => step.kind)).not.toContain('send');
    expect(chain.gaps.map((gap) => gap.text)).toContain(
      'the enter of the kill that sent SIGKILL (line 25) is not in the capture; its return is, on line 35',
    );
    expect(await store.rows("SELECT * FROM link WHERE kind = 'send'")).toEqual([]);
  });
});
