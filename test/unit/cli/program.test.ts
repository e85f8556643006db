import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/program.js';
import { scratch } from '../../support/scratch.js';
import { TRACE } from '../../support/trace-text.js';

const SQL = "SELECT line_no, args FROM event WHERE name = 'signal_generate'";

describe('on a terminal', () => {
  it('a table fits its width and has a bold head', async () => {
    const trace = scratch().file('t', TRACE);
    const { code, stdout } = await runInProcess(['query', trace, SQL], { terminal: 40 });
    expect(code).toBe(0);
    expect(stdout).toBe('\u001b[1mline_no  args\u001b[22m\n     14  sig=9 errno=0 code=0 comm=a.ou…\n');
  });

  it.each([
    ['--no-color', {}],
    ['--quiet', { NO_COLOR: '1' }],
    ['--quiet', { TERM: 'dumb' }],
  ])('%s with %j has no colour', async (option, env) => {
    const trace = scratch().file('t', TRACE);
    const { stdout } = await runInProcess(['query', trace, SQL, option], { terminal: 40, env });
    expect(stdout).not.toContain('\u001b');
  });
});

it('in a pipe nothing is cut or coloured', async () => {
  const trace = scratch().file('t', TRACE);
  const { stdout } = await runInProcess(['query', trace, SQL]);
  expect(stdout).toBe('line_no  args\n     14  sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0\n');
});

it('stdin is what it is given', async () => {
  const { code, stdout } = await runInProcess(['query', '-', 'SELECT count(*) AS n FROM event', '--format', 'csv'], {
    stdin: [Buffer.from(TRACE.slice(0, 500)), Buffer.from(TRACE.slice(500))],
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'n\n5\n' });
});
