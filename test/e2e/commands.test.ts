import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLI, runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { EVENTS, HEADER, RECORDS, TRACE } from '../support/trace-text.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('ftrail', () => {
  it.each(['--version', '-V'])('%s', async (option) => {
    expect(await runCli([option])).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
  });

  it('--help lists every command on stdout', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['import', 'info', 'query']) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect((await runCli(['help', 'import'])).stdout).toContain('--append');
  });

  it('without a command prints its help on stderr, as a fault', async () => {
    const { code, stdout, stderr } = await runCli([]);
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
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ftrail: [^\n]+\n$/);
    expect(stderr).toContain(text);
  });

  it('ends quietly when its reader goes away', async () => {
    const folder = scratch();
    const args = ['query', folder.file('t', TRACE), 'SELECT range AS n FROM range(3000000)', '--format', 'csv'];
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said: Buffer.concat(said).toString() }).toEqual({ code: 0, said: '' });
  });
});

describe('query', () => {
  it('prints rows in every format, from text and from stdin', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    const sql = 'SELECT name, count(*) AS n FROM event GROUP BY name ORDER BY name LIMIT 2';
    const print = async (...options: string[]) => (await runCli(['query', trace, sql, ...options])).stdout;
    expect(await print()).toBe('name                n\nsched_process_exit  1\nsignal_deliver      1\n');
    expect(await print('--format', 'csv')).toBe('name,n\nsched_process_exit,1\nsignal_deliver,1\n');
    expect(await print('--format', 'ndjson', '--limit', '1')).toBe('{"name":"sched_process_exit","n":1}\n');
    expect(JSON.parse(await print('--format', 'json'))).toEqual([
      { name: 'sched_process_exit', n: 1 },
      { name: 'signal_deliver', n: 1 },
    ]);
    const piped = await runCli(['query', '-', 'SELECT count(*) AS n FROM event', '--format', 'csv'], { stdin: TRACE });
    expect(piped).toMatchObject({ code: 0, stdout: `n\n${EVENTS}\n`, stderr: '' });
  });

  it('leaves no file behind, wherever it works', async () => {
    const folder = scratch();
    const temporary = scratch();
    // stdin has no size, so this goes through a store in a temporary file.
    const env = { TMPDIR: temporary.folder };
    expect(
      await runCli(['query', '-', 'SELECT 1 AS n', '--format', 'csv'], { stdin: TRACE, cwd: folder.folder, env }),
    ).toMatchObject({
      code: 0,
      stdout: 'n\n1\n',
    });
    expect([...folder.names(), ...temporary.names()]).toEqual([]);
  });

  it.each(['SELECT * FROM nowhere', "FROM read_text('/etc/passwd')", 'DROP TABLE capture'])(
    '%s is a usage fault',
    async (sql) => {
      const folder = scratch();
      const result = await runCli(['query', folder.file('t', TRACE), sql]);
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toMatch(/^ftrail: [^\n]+\n$/);
    },
  );

  it('says that there are no rows, apart from the data', async () => {
    const folder = scratch();
    const sql = "SELECT * FROM event WHERE name = 'none'";
    const trace = folder.file('t', TRACE);
    expect(await runCli(['query', trace, sql])).toMatchObject({ code: 0, stdout: '', stderr: 'no rows\n' });
    expect(await runCli(['query', trace, sql, '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('info', () => {
  it('tells what is in a capture, line by line', async () => {
    const folder = scratch();
    const stray = `${TRACE}not a record\n`;
    const { code, stdout, stderr } = await runCli(['info', folder.file('t', stray)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = HEADER.length + RECORDS.length + 1;
    expect(stdout).toContain('time     9992.171030 to 9992.171050\n');
    expect(stdout).toContain('records  6 (events and stacks); as the kernel counted, 6 were ever written\n');
    expect(stdout).toContain(
      `lines    ${lines} = ${HEADER.length} header, 6 record, 2 frame, 0 continuation, 0 marker, 1 unknown\n`,
    );
    expect(stdout).toMatch(/^stray_line +1 +21 {2}not a record$/m);
    expect(stdout).toMatch(/^ {2}0 +2 {2}9992\.171045 {2}9992\.171050$/m);
    expect(stdout).toMatch(/^signal_deliver +1 +19$/m);
  });

  it('is the same from a store, and as JSON', async () => {
    const folder = scratch();
    const trace = folder.file('t', TRACE);
    await runCli(['import', trace, trace, '-o', folder.at('s.duckdb'), '--label', 'build=7']);
    const { stdout } = await runCli(['info', folder.at('s.duckdb'), '--format', 'json']);
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
    const { stdout } = await runCli(['info', folder.file('t', `${TRACE}\u001b[2Jevil\n`)]);
    expect(stdout).toContain('\\e[2Jevil');
    expect(stdout).not.toContain('\u001b');
  });
});
