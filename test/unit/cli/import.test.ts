import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ProgramResult, runInProcess } from '../../support/program.js';
import { scratch } from '../../support/scratch.js';
import { EVENTS, HEADER, RECORDS, TRACE } from '../../support/trace-text.js';

const SHOW_DAMAGE = "SELECT code, count, text FROM import_issue WHERE code = 'damaged_file'";
const EVENT_ROWS = 'SELECT line_no, ts, cpu, comm, pid, name, args FROM event ORDER BY capture_id, event_id';

async function rows(store: string, sql: string): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await runInProcess(['query', store, sql, '--format', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>[];
}

async function imported(...args: string[]): Promise<ProgramResult> {
  const result = await runInProcess(['import', ...args, '--quiet']);
  expect(result).toMatchObject({ code: 0, stdout: '', stderr: '' });
  return result;
}

describe('import', () => {
  it('makes a store and says what is in it', async () => {
    const folder = scratch();
    const result = await runInProcess(['import', folder.file('t.txt', TRACE), '-o', folder.at('s.duckdb')]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toBe(
      `t.txt: capture 1, 20 lines, ${EVENTS} events, every line understood\nwritten: ${folder.at('s.duckdb')}\n`,
    );
    expect(folder.names()).toEqual(['s.duckdb', 't.txt']);
    expect((await rows(folder.at('s.duckdb'), EVENT_ROWS))[1]).toEqual({
      line_no: 14,
      ts: 9_992_171_040_000,
      cpu: 1,
      comm: 'bash',
      pid: 4994,
      name: 'signal_generate',
      args: 'sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0',
    });
  });

  it('finds the same in every packing of the same text', async () => {
    const folder = scratch();
    await imported(folder.file('plain', TRACE), '-o', folder.at('plain.duckdb'));
    await imported(folder.file('gz', gzipSync(TRACE)), '-o', folder.at('gz.duckdb'));
    await imported(folder.file('crlf', TRACE.replaceAll('\n', '\r\n')), '-o', folder.at('crlf.duckdb'));
    await imported(folder.file('utf16', Buffer.from(`\ufeff${TRACE}`, 'utf16le')), '-o', folder.at('utf16.duckdb'));
    await imported(folder.file('no-last-newline', TRACE.trimEnd()), '-o', folder.at('cut.duckdb'));
    const stdin = await runInProcess(['import', '-', '-o', folder.at('stdin.duckdb'), '-q'], {
      stdin: [gzipSync(TRACE)],
    });
    expect(stdin).toMatchObject({ code: 0, stderr: '' });
    const plain = await rows(folder.at('plain.duckdb'), EVENT_ROWS);
    expect(plain).toHaveLength(EVENTS);
    for (const name of ['gz', 'crlf', 'utf16', 'cut', 'stdin']) {
      expect(await rows(folder.at(`${name}.duckdb`), EVENT_ROWS), name).toEqual(plain);
    }
  });

  it('keeps what is readable of a damaged file and says so', async () => {
    const folder = scratch();
    const whole = gzipSync(TRACE.repeat(50));
    const damaged = folder.file('t.gz', whole.subarray(0, whole.length - 12));
    const result = await runInProcess(['import', damaged, '-o', folder.at('s.duckdb')]);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('lines or blocks not fully understood');
    const [issue] = await rows(folder.at('s.duckdb'), SHOW_DAMAGE);
    expect(issue).toMatchObject({ code: 'damaged_file', count: 1 });
    expect(issue?.text).toContain('unexpected end of file');
    const [count] = await rows(folder.at('s.duckdb'), 'SELECT count(*) AS n FROM event');
    expect(count?.n).toBeGreaterThan(EVENTS * 20);
  });

  it('puts several captures into one store, each with its own ids and labels', async () => {
    const folder = scratch();
    const store = folder.at('s.duckdb');
    const one = folder.file('one', TRACE);
    const two = folder.file('two', TRACE.replaceAll('bash', 'dash').replaceAll('__x64_sys_kill', '__x64_sys_tkill'));
    await imported(one, two, '-o', store, '--label', 'build=1');
    await imported(one, '-o', store, '--append', '--label', 'build=2', '--label', 'host=a=b');
    expect(await rows(store, 'SELECT capture_id, name, events FROM capture ORDER BY 1')).toEqual([
      { capture_id: 1, name: 'one', events: EVENTS },
      { capture_id: 2, name: 'two', events: EVENTS },
      { capture_id: 3, name: 'one', events: EVENTS },
    ]);
    expect(
      await rows(
        store,
        `SELECT capture_id, comm, min(event_id) AS first, any_value(symbol) FILTER (depth = 0) AS symbol
         FROM event JOIN stack_frame USING (stack_id) GROUP BY ALL ORDER BY 1`,
      ),
    ).toEqual([
      { capture_id: 1, comm: 'bash', first: 2, symbol: '__x64_sys_kill' },
      { capture_id: 2, comm: 'dash', first: 7, symbol: '__x64_sys_tkill' },
      { capture_id: 3, comm: 'bash', first: 12, symbol: '__x64_sys_kill' },
    ]);
    expect(await rows(store, 'SELECT count(DISTINCT event_id) AS ids, count(*) AS n FROM event')).toEqual([
      { ids: 3 * EVENTS, n: 3 * EVENTS },
    ]);
    expect(await rows(store, 'FROM capture_label ORDER BY ALL')).toEqual([
      { capture_id: 1, key: 'build', value: '1' },
      { capture_id: 2, key: 'build', value: '1' },
      { capture_id: 3, key: 'build', value: '2' },
      { capture_id: 3, key: 'host', value: 'a=b' },
    ]);
  });

  it('replaces a store without --append, and starts one with it', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    await imported(trace, '-o', folder.at('s.duckdb'), '--append');
    await imported(trace, '-o', folder.at('s.duckdb'));
    expect(await rows(folder.at('s.duckdb'), 'SELECT capture_id FROM capture')).toEqual([{ capture_id: 1 }]);
    folder.file('empty', '');
    await imported(trace, '-o', folder.at('empty'));
    expect(folder.names()).toEqual(['empty', 's.duckdb', 't']);
  });

  it('calls a capture by its folder when its file is called as all are', async () => {
    const folder = scratch();
    await imported(folder.file('trace', TRACE), '-o', folder.at('s.duckdb'));
    const [capture] = await rows(folder.at('s.duckdb'), 'SELECT name FROM capture');
    expect(capture?.name).toBe(`${folder.folder.split('/').pop()}/trace`);
  });

  it('reads maps and symbols that were saved beside the trace', async () => {
    const folder = scratch();
    const maps = folder.file('maps', '7f00-7f10 r-xp 00001000 fd:01 269   /lib64/libc.so.6\nRss: 4 kB\n');
    const symbols = folder.file('kallsyms', '0000000000000000 T _text\n');
    const trace = folder.file('t', TRACE);
    const result = await runInProcess([
      'import',
      trace,
      '-o',
      folder.at('s.duckdb'),
      '--maps',
      `5441=${maps}`,
      '--kallsyms',
      symbols,
    ]);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('maps: 1 lines do not look like /proc/PID/maps; line 2 is: Rss: 4 kB');
    expect(result.stderr).toContain('all addresses are 0');
    expect(await rows(folder.at('s.duckdb'), 'FROM proc_map')).toEqual([
      {
        capture_id: 1,
        pid: 5441,
        line_no: 1,
        start_addr: 0x7f00,
        end_addr: 0x7f10,
        perms: 'r-xp',
        offset: 4096,
        dev: 'fd:01',
        inode: 269,
        path: '/lib64/libc.so.6',
      },
    ]);
    expect(await rows(folder.at('s.duckdb'), 'SELECT symbol, module FROM kallsym')).toEqual([
      { symbol: '_text', module: null },
    ]);
    const two = await runInProcess(['import', trace, trace, '-o', folder.at('x.duckdb'), '--maps', `1=${maps}`]);
    expect(two).toMatchObject({ code: 2 });
    const wrong = await runInProcess(['import', trace, '-o', folder.at('x.duckdb'), '--maps', `1=${symbols}`]);
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.stderr).toContain('is no /proc/PID/maps; line 1 is: 0000000000000000 T _text');
  });

  it('prints what it imported as JSON', async () => {
    const folder = scratch();
    const args = ['import', folder.file('t', TRACE), '-o', folder.at('s.duckdb'), '--format', 'json'];
    expect(JSON.parse((await runInProcess(args)).stdout)).toEqual([
      { capture_id: 1, name: 't', lines: HEADER.length + RECORDS.length, events: EVENTS, issues: 0 },
    ]);
  });
});

describe('import refuses', () => {
  const refusal = async (args: readonly string[], stdin = ''): Promise<ProgramResult> => {
    const result = await runInProcess(['import', ...args], { stdin: [Buffer.from(stdin)] });
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(/^ftrail: [^\n]+\n$/);
    return result;
  };

  it.each([
    ['a binary recording', '\x17\x08Dtracing6', 'trace-cmd report'],
    ['a damaged gzip of nothing', '\x1f\x8b\x08\x00rubbish', 'is empty'],
    ['a tar archive', `${'x'.repeat(257)}ustar`, 'without a file named trace'],
  ])('%s', async (_, content, text) => {
    const folder = scratch();
    const input = folder.file('in', Buffer.from(content, 'latin1'));
    const result = await refusal([input, '-o', folder.at('s.duckdb')]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(text);
    expect(folder.names()).toEqual(['in']);
  });

  it('an empty stdin, and stdin twice', async () => {
    const folder = scratch();
    expect(await refusal(['-', '-o', folder.at('s.duckdb')], '')).toMatchObject({ code: 3 });
    expect(await refusal(['-', '-', '-o', folder.at('s.duckdb')], TRACE)).toMatchObject({ code: 2 });
  });

  it('all captures when one is none, and leaves the store as it was', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    await imported(trace, '-o', folder.at('s.duckdb'));
    const before = readFileSync(folder.at('s.duckdb'));
    const result = await refusal([trace, folder.file('bad', 'x\n'), '-o', folder.at('s.duckdb'), '--append']);
    expect(result.code).toBe(3);
    expect(readFileSync(folder.at('s.duckdb')).equals(before)).toBe(true);
    expect(folder.names()).toEqual(['bad', 's.duckdb', 't']);
  });

  it('a store as a trace', async () => {
    const folder = scratch();
    await imported(folder.file('t', TRACE), '-o', folder.at('s.duckdb'));
    const result = await refusal([folder.at('s.duckdb'), '-o', folder.at('x.duckdb')]);
    expect(result).toMatchObject({ code: 3 });
    expect(result.stderr).toContain('is a store already');
  });

  it('to replace a file that is no store', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    expect(await refusal([trace, '-o', trace])).toMatchObject({ code: 2 });
    expect(readFileSync(trace, 'utf8')).toBe(TRACE);
    expect(folder.names()).toEqual(['t']);
  });
});
