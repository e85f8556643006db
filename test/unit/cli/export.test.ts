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

  it.each([
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
