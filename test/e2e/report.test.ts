import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { SEED_LINES } from '../support/seed-lines.js';

const SEED = `${SEED_LINES.join('\n')}\n`;
const KILL =
  'a.out 5441 was killed by SIGKILL sent by bash 4994 with kill(2); it was a zombie for 79 us until bash 4994 reaped it with wait4';

describe('ftrail report', () => {
  it('writes one file, and prints its verdicts and its path', async () => {
    const folder = scratch();
    folder.file('seed.trace', SEED);
    const { code, stdout, stderr } = await runCli(['report', 'seed.trace'], { cwd: folder.folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`${KILL} [lines 25, 36, 44, 65]\nseed.html\n`);
    expect(folder.names()).toEqual(['seed.html', 'seed.trace']);
    const page = readFileSync(folder.at('seed.html'), 'utf8');
    expect(page.length).toBeLessThan(300_000);
    expect(page).toContain(KILL);
    expect(page).toContain('opens /lib64/libc.so.6 as fd 3');
    expect(page).toContain('<a class="ln" href="#L25">25</a>');
    expect(page).toContain('id="L65"');
    expect(page).toContain('The enter of the kill'.toLowerCase());
    expect(page).not.toContain(folder.folder);
  });

  it('is the same, byte for byte, wherever and however often it is written', async () => {
    const [one, two] = [scratch(), scratch()];
    const pages = [];
    for (const folder of [one, two]) {
      await runCli(['report', folder.file('seed.trace', SEED), '-o', folder.at('r.html'), '-q']);
      pages.push(readFileSync(folder.at('r.html')));
    }
    expect(pages[0]?.equals(pages[1] as Buffer)).toBe(true);
  });

  it('takes stdin with a name for the report, a title, and JSON', async () => {
    const folder = scratch();
    const run = (...args: string[]) => runCli(['report', '-', ...args], { cwd: folder.folder, stdin: SEED });
    expect(await run()).toMatchObject({ code: 2, stdout: '' });
    const { code, stdout } = await run('-o', 'r.html', '--title', 'Who <killed> it?', '--format', 'json');
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { report: string; verdicts: { text: string }[] };
    expect(told.report).toBe('r.html');
    expect(told.verdicts[0]?.text).toBe(KILL);
    expect(readFileSync(folder.at('r.html'), 'utf8')).toContain('<title>Who &lt;killed&gt; it? · ftrail</title>');
    expect(readFileSync(folder.at('r.html'), 'utf8')).toContain('id="L65"');
    expect(folder.names()).toEqual(['r.html']);
  });

  it('says stdin where that was the fault', async () => {
    const folder = scratch();
    const result = await runCli(['report', '-', '-o', folder.at('r.html')], { stdin: 'hello\n' });
    expect(result.stderr).toContain('stdin: is no ftrace text');
    expect(folder.names()).toEqual([]);
  });

  it('is not written over its own capture', async () => {
    const folder = scratch();
    const seed = folder.file('seed.trace', SEED);
    expect(await runCli(['report', seed, '-o', seed])).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(seed, 'utf8')).toBe(SEED);
  });

  it('of a store has its lines made again from the values, and says so', async () => {
    const folder = scratch();
    await runCli(['import', folder.file('seed.trace', SEED), '-o', folder.at('s.duckdb'), '-q']);
    const { code } = await runCli(['report', folder.at('s.duckdb'), '-o', folder.at('r.html')]);
    expect(code).toBe(0);
    const page = readFileSync(folder.at('r.html'), 'utf8');
    expect(page).toContain(KILL);
    expect(page).toContain('href="#L25"');
    expect(page).toContain('made again from them');
    expect(page).toContain('signal_generate: sig=9 errno=0 code=0 comm=a.out pid=5441 grp=1 res=0</code>');
  });

  it('of a store with several captures says what to do', async () => {
    const folder = scratch();
    const seed = folder.file('seed.trace', SEED);
    await runCli(['import', seed, '-o', folder.at('s.duckdb'), '-q']);
    await runCli(['import', seed, '-o', folder.at('s.duckdb'), '--append', '-q']);
    const { code, stderr } = await runCli(['report', folder.at('s.duckdb'), '-o', folder.at('r.html')]);
    expect(code).toBe(2);
    expect(stderr).toContain('holds 2 captures');
    expect(folder.names()).not.toContain('r.html');
  });

  it('leaves nothing behind when it cannot read or write', async () => {
    const folder = scratch();
    expect(await runCli(['report', folder.at('none'), '-o', folder.at('r.html')])).toMatchObject({ code: 3 });
    expect(await runCli(['report', folder.file('seed.trace', SEED), '-o', folder.at('no/r.html')])).toMatchObject({
      code: 4,
    });
    expect(folder.names()).toEqual(['seed.trace']);
  });
});

describe('a part of a capture', () => {
  const report = async (
    ...args: string[]
  ): Promise<{ code: number | null; page: string; stdout: string; stderr: string }> => {
    const folder = scratch();
    const { code, stdout, stderr } = await runCli([
      'report',
      folder.file('seed.trace', SEED),
      '-o',
      folder.at('r.html'),
      ...args,
    ]);
    return { code, stdout, stderr, page: code === 0 ? readFileSync(folder.at('r.html'), 'utf8') : '' };
  };
  const section = (page: string, id: string): string =>
    /<section[\s\S]*?<\/section>/.exec(page.slice(page.indexOf(`<section id="${id}"`)))?.[0] ?? '';

  it('is what concerns one task', async () => {
    const { page } = await report('--pid', '4994');
    expect(page).toContain('This report tells a part of the capture: about pid 4994.');
    expect(section(page, 'files')).not.toContain('/lib64/libc.so.6');
    expect(page).toContain(KILL);
  });

  it('is a stretch of time', async () => {
    const { page, stdout } = await report('--until', '9980');
    expect(page).toContain('until 9980.000000');
    expect(stdout).not.toContain('SIGKILL');
    expect(section(page, 'timeline')).toContain('Timeline of 2 tasks with 2 causal arrows');
    const later = await report('--since', '+1');
    expect(section(later.page, 'timeline')).toContain('with 5 causal arrows');
    expect(later.stdout).toContain('SIGKILL');
  });

  it('is some sections, with the verdict, the health and the lines', async () => {
    const { page } = await report('--section', 'signals', 'timeline');
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual(['verdict', 'timeline', 'signals', 'capture', 'evidence']);
    for (const [, target] of page.matchAll(/ href="#([^"]*)"/g)) expect(page).toContain(`id="${target}"`);
    expect(await report('--section', 'nonsense')).toMatchObject({ code: 2 });
  });
});
