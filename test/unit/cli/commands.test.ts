import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/program.js';
import { scratch } from '../../support/scratch.js';
import { EVENTS, HEADER, RECORDS, TRACE } from '../../support/trace-text.js';

describe('a usage fault', () => {
  it('without a command prints its help on stderr, as a fault', async () => {
    const { code, stdout, stderr } = await runInProcess([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: ftrail');
  });

  it.each([
    [['bogus'], "unknown command 'bogus'"],
    [['imprt'], 'Did you mean import?'],
    [['--bogus'], "unknown option '--bogus'"],
    [['info'], "missing required argument 'capture'"],
    [['info', 'a', 'b'], 'too many arguments'],
    [['info', 'a', '--format', 'xml'], 'Allowed choices are table, json'],
    [['import', 'a'], "required option '-o, --output <store>' not specified"],
    [['query', 'a', 'b', '--limit', 'x'], 'whole number'],
    [['query', 'a', 'b', '--memory-limit', 'lots'], 'Write a size'],
    [['bo\u001b[31mgus\n'], "unknown command 'bo\\e[31mgus"],
  ])('%j is a usage fault in one line', async (args, text) => {
    const { code, stdout, stderr } = await runInProcess(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ftrail: [^\n]+\n$/);
    expect(stderr).toContain(text);
  });
});

describe('query', () => {
  it('prints rows in every format, from text and from stdin', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    const sql = 'SELECT name, count(*) AS n FROM event GROUP BY name ORDER BY name LIMIT 2';
    const print = async (...options: string[]) => (await runInProcess(['query', trace, sql, ...options])).stdout;
    expect(await print()).toBe('name                n\nsched_process_exit  1\nsignal_deliver      1\n');
    expect(await print('--format', 'csv')).toBe('name,n\nsched_process_exit,1\nsignal_deliver,1\n');
    expect(await print('--format', 'ndjson', '--limit', '1')).toBe('{"name":"sched_process_exit","n":1}\n');
    expect(JSON.parse(await print('--format', 'json'))).toEqual([
      { name: 'sched_process_exit', n: 1 },
      { name: 'signal_deliver', n: 1 },
    ]);
    const piped = await runInProcess(['query', '-', 'SELECT count(*) AS n FROM event', '--format', 'csv'], {
      stdin: [Buffer.from(TRACE)],
    });
    expect(piped).toMatchObject({ code: 0, stdout: `n\n${EVENTS}\n`, stderr: '' });
  });

  it.each(['SELECT * FROM nowhere', "FROM read_text('/etc/passwd')", 'DROP TABLE capture'])(
    '%s is a usage fault',
    async (sql) => {
      const folder = scratch();
      const result = await runInProcess(['query', folder.file('t', TRACE), sql]);
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toMatch(/^ftrail: [^\n]+\n$/);
    },
  );

  it('says that there are no rows, apart from the data', async () => {
    const folder = scratch();
    const sql = "SELECT * FROM event WHERE name = 'none'";
    const trace = folder.file('t', TRACE);
    expect(await runInProcess(['query', trace, sql])).toMatchObject({ code: 0, stdout: '', stderr: 'no rows\n' });
    expect(await runInProcess(['query', trace, sql, '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('info', () => {
  it('tells what is in a capture, line by line', async () => {
    const folder = scratch();
    const stray = `${TRACE}not a record\n`;
    const { code, stdout, stderr } = await runInProcess(['info', folder.file('t', stray)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = HEADER.length + RECORDS.length + 1;
    expect(stdout).toContain('time     9992.171030 to 9992.171050\n');
    expect(stdout).toContain('clock    microseconds; which trace_clock is not in the text\n');
    expect(stdout).toContain(
      'flags    irqs-off/BH-disabled, need-resched, hardirq/softirq, preempt-depth, migrate-disable\n',
    );
    expect(stdout).toContain('records  6 (events and stacks); as the kernel counted, 6 were ever written\n');
    expect(stdout).toContain(
      `lines    ${lines} = ${HEADER.length} header, 6 record, 2 frame, 0 continuation, 0 marker, 1 unknown\n`,
    );
    expect(stdout).toMatch(/^stray_line +1 +21 {2}not a record$/m);
    expect(stdout).toMatch(/^ {2}0 +2 {2}9992\.171045 {2}9992\.171050$/m);
    expect(stdout).toMatch(/^signal_deliver +1 +19$/m);
  });

  it.each([
    ['latency-format', 'clock    microseconds since the trace began\n'],
    ['latency-verbose', 'clock    microseconds; which'],
    ['clock-x86-tsc', 'clock    ticks of a counter, no seconds\n'],
    ['no-context', 'clock    no time stamps\n'],
    ['no-irq-info', 'flags    the header does not explain them\n'],
  ])('says what the times of %s are', async (name, line) => {
    const { stdout } = await runInProcess(['info', `test/fixtures/accounts/${name}.trace`]);
    expect(stdout).toContain(line);
  });

  it('is the same from a store, and as JSON', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    await runInProcess(['import', trace, trace, '-o', folder.at('s.duckdb'), '--label', 'build=7']);
    const { stdout } = await runInProcess(['info', folder.at('s.duckdb'), '--format', 'json']);
    const info = JSON.parse(stdout) as { captures: { capture: object; labels: object; events: unknown[] }[] };
    expect(info.captures).toHaveLength(2);
    expect(info.captures[1]).toMatchObject({
      capture: { capture_id: 2, name: 't', events: EVENTS, records: 6, first_ts: 9_992_171_030_000 },
      labels: { build: '7' },
      cpus: [
        { cpu: 0, events: 2 },
        { cpu: 1, events: 3 },
      ],
      losses: [],
      issues: [],
    });
    expect(info.captures[0]?.events).toContainEqual({ name: 'signal_generate', events: 1, first_line: 14 });
  });

  it('shows hostile names without their effect', async () => {
    const folder = scratch();
    const { stdout } = await runInProcess(['info', folder.file('t', `${TRACE}\u001b[2Jevil\n`)]);
    expect(stdout).toContain('\\e[2Jevil');
    expect(stdout).not.toContain('\u001b');
  });
});
