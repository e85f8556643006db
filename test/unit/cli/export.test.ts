import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/program.js';
import { scratch } from '../../support/scratch.js';
import { TRACE } from '../../support/trace-text.js';

describe('export', () => {
  it('writes the chosen table and says how much is in it', async () => {
    const { file, at, names } = scratch();
    const trace = file('life.trace', TRACE);
    const told = await runInProcess(['export', trace, '--to', 'csv', '--table', 'signal', '-o', at('signals.csv')]);
    expect(told).toEqual({ code: 0, stdout: '', stderr: `written: ${at('signals.csv')} (1 row)\n` });
    expect(readFileSync(at('signals.csv'), 'utf8').split('\n')).toHaveLength(3);
    expect(names()).toEqual(['life.trace', 'signals.csv']);
  });

  it('writes events when nothing is chosen, and to stdout', async () => {
    const { file } = scratch();
    const trace = file('life.trace', TRACE);
    const { code, stdout } = await runInProcess(['export', trace, '--to', 'ndjson', '-o', '-', '--pid', '5441', '-q']);
    expect(code).toBe(0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => row.name)).toEqual(['signal_deliver', 'sched_process_exit']);
  });

  it('leaves the file that is there when it fails, and nothing beside it', async () => {
    const { file, at, names } = scratch();
    const trace = file('life.trace', TRACE);
    file('old.csv', 'old');
    const told = await runInProcess([
      'export',
      trace,
      '--to',
      'folded',
      '--event',
      'signal_deliver',
      '-o',
      at('old.csv'),
    ]);
    expect(told).toMatchObject({ code: 3, stdout: '' });
    expect(told.stderr).toContain(
      'no stack of signal_deliver is in what was chosen (there are stacks at signal_generate)',
    );
    expect(readFileSync(at('old.csv'), 'utf8')).toBe('old');
    expect(names()).toEqual(['life.trace', 'old.csv']);
  });

  it('draws the chain behind an end', async () => {
    const { file } = scratch();
    const told = await runInProcess([
      'export',
      file('life.trace', TRACE),
      '--to',
      'mermaid',
      '--pid',
      '5441',
      '-o',
      '-',
    ]);
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('flowchart TB\n');
    expect(told.stdout).toContain('a.out 5441');
  });

  it.each([
    [['--to', 'mermaid', '-o', '-', '--table', 'task'], 2, '--table: mermaid does not take it'],
    [['--to', 'csv', '-o', '-', '--line', '3'], 2, '--line: csv does not take it'],
    [['--to', 'graphviz', '-o', '-'], 2, 'one of --pid, --comm, --line'],
    [['--to', 'graphviz', '-o', '-', '--pid', '77'], 3, '77'],
    [['--to', 'perfetto', '-o', '-'], 2, 'perfetto is no text'],
    [['--to', 'csv', '-o', '-', '--table', 'sygnal'], 2, "no table 'sygnal' (did you mean signal?)"],
    [['--to', 'csv', '-o', '-', '--analysis', 'sgnals'], 2, "no analysis 'sgnals'"],
    [['--to', 'csv', '-o', '-', '--analysis', 'drops'], 3, 'the capture has no '],
    [['--to', 'csv', '-o', '-', '--analysis', 'signals', '--param', 'color=red'], 2, 'signals has no such option'],
    [['--to', 'csv', '-o', '-', '--param', 'signal=9'], 2, '--param belongs to an analysis'],
    [['--to', 'parquet', '-o', '-'], 2, 'parquet is no text'],
    [['--to', 'parquet'], 2, '-o'],
    [['--to', 'xls', '-o', 'x'], 2, 'xls'],
    [['--to', 'csv', '-o', '/no/such/folder/x.csv'], 4, 'folder /no/such/folder does not exist'],
  ])('%j ends with %i and says why', async (args, code, text) => {
    const { file } = scratch();
    const told = await runInProcess(['export', file('life.trace', TRACE), ...args]);
    expect(told.code).toBe(code);
    expect(told.stderr).toContain(text);
    expect(told.stdout).toBe('');
  });
});
