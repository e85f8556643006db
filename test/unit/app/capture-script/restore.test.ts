import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTar } from '../../../../src/app/bundle/tar-reader.js';
import { type CaptureScriptOptions, captureScript } from '../../../../src/app/capture-script/render.js';
import { type FakeTracefs, fakeTracefs, type Running, startScript } from '../../../support/fake-tracefs.js';
import { asyncOf, gather, runInProcess } from '../../../support/program.js';
import { type Scratch, scratch } from '../../../support/scratch.js';

/** The shells of this machine that a target might have. */
const SHELLS = ['sh', 'busybox'].filter((shell) => spawnSync(shell, ['-c', ':']).error === undefined);

interface Bench {
  readonly fake: FakeTracefs;
  readonly folder: Scratch;
  start(options: Omit<CaptureScriptOptions, 'purpose'>, edit?: (script: string) => string): Running;
}

function bench(shell: string, instances = true): Bench {
  const folder = scratch();
  const fake = fakeTracefs(folder, { instances });
  return {
    fake,
    folder,
    start: (options, edit = (script) => script) => {
      const script = folder.file(
        'capture.sh',
        fake.withKernel(edit(captureScript({ purpose: 'signals', ...options }))),
      );
      return startScript(shell, script, [folder.at('run.tar.gz')], fake, folder.folder);
    },
  };
}

async function membersOf(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const bytes = readFileSync(path);
  const archive = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  for await (const { name, isFile, body } of readTar(asyncOf([archive]), (what) => {
    throw new Error(what);
  })) {
    if (isFile) found.set(name, Buffer.concat(await gather(body)).toString('latin1'));
  }
  return found;
}

/** What the main buffer holds is lost when it is used; everything else is as it was. */
const settings = ({ trace: _, ...rest }: Record<string, string>): Record<string, string> => rest;

describe.each(SHELLS)('under %s', (shell) => {
  it('records in a buffer of its own, removes it, and packs what ftrail reads', { timeout: 120_000 }, async () => {
    const { fake, folder, start } = bench(shell);
    const before = fake.state();
    const { code, stdout, stderr } = await start({ seconds: 1 }).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${folder.at('run.tar.gz')}\n` });
    expect(fake.state()).toEqual(before);
    expect(stderr).toContain('missing: event oom/mark_victim: this kernel does not have it');
    const members = await membersOf(folder.at('run.tar.gz'));
    expect([...members.keys()]).toEqual(
      expect.arrayContaining([
        'ftrail-capture',
        'enabled',
        'missing',
        'trace_clock',
        'dmesg',
        'stats/cpu0',
        'trace.gz',
      ]),
    );
    expect(members.get('enabled')).toContain('stack of signal/signal_generate\n');
    expect(members.get('ftrail-capture')).toContain('\nclock local\n');
    const { stdout: rows } = await runInProcess([
      ...['query', folder.at('run.tar.gz'), 'SELECT count(*) AS n FROM event', '--format', 'csv'],
    ]);
    expect(rows).toBe('n\n1\n');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the recording, and all is as it was',
    { timeout: 120_000 },
    async (signal) => {
      const { fake, folder, start } = bench(shell);
      const before = fake.state();
      const run = start({});
      await run.says('Ctrl-C ends it');
      run.kill(signal);
      const { code, stderr } = await run.ended;
      expect(stderr).toContain(`stopped by ${signal} after`);
      expect(code).toBe(0);
      expect(fake.state()).toEqual(before);
      expect((await membersOf(folder.at('run.tar.gz'))).get('ftrail-capture')).toContain(
        `ended_by ${signal.slice(3)}\n`,
      );
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s sets the main buffer back, where there is no other',
    { timeout: 120_000 },
    async (signal) => {
      const { fake, start } = bench(shell, false);
      const before = fake.state();
      const run = start({ bufferMb: 3 });
      await run.says('Ctrl-C ends it');
      expect(settings(fake.state())).toMatchObject({
        tracing_on: '1\n',
        buffer_size_kb: '3072\n',
        'events/signal/signal_generate/enable': '1\n',
        'options/record-tgid': '1\n',
      });
      run.kill(signal);
      const { code } = await run.ended;
      expect(code).toBe(0);
      const after = settings(fake.state());
      // The kernel takes this as "no such trigger any more"; a plain file keeps the words.
      for (const event of ['signal_generate', 'signal_deliver'])
        after[`events/signal/${event}/trigger`] = '# Available triggers:\n';
      expect(after).toEqual(settings(before));
    },
  );

  it('finds what a run left that was killed with -9, and what is not its own it leaves alone', {
    timeout: 120_000,
  }, async () => {
    const { fake, start } = bench(shell);
    const before = fake.state();
    const killed = start({});
    await killed.says('Ctrl-C ends it');
    killed.kill('SIGKILL');
    await killed.ended;
    expect(readdirSync(join(fake.root, 'instances'))).toEqual([expect.stringMatching(/^ftrail-\d+_\d+$/)]);
    mkdirSync(join(fake.root, 'instances', 'of-somebody-else'));
    const { code, stderr } = await start({ seconds: 1 }).ended;
    expect(code).toBe(0);
    expect(stderr).toContain('removing what a killed run left: ftrail-');
    expect(fake.state()).toEqual({ ...before, 'instances/of-somebody-else': '(folder)' });
  });

  it('sets the main buffer back after a run that was killed with -9', { timeout: 120_000 }, async () => {
    const { fake, start } = bench(shell, false);
    const before = fake.state();
    const killed = start({});
    await killed.says('Ctrl-C ends it');
    killed.kill('SIGKILL');
    await killed.ended;
    expect(fake.state().tracing_on).toBe('1\n');
    writeFileSync(join(fake.root, 'set_event'), '');
    const { code, stderr } = await start({ seconds: 1 }).ended;
    expect(stderr).toContain('putting back what a killed run changed');
    expect(code).toBe(0);
    const after = settings(fake.state());
    for (const event of ['signal_generate', 'signal_deliver'])
      after[`events/signal/${event}/trigger`] = '# Available triggers:\n';
    expect(after).toEqual(settings(before));
  });

  it('takes the probes of a killed run away by their names, and appends to the list only', {
    timeout: 120_000,
  }, async () => {
    const { fake, start } = bench(shell);
    const list = join(fake.root, 'kprobe_events');
    const found = 'p:someone/else do_exit\np:ftrail_4194304_17/open_path do_sys_openat2 path=+0($arg2):ustring\n';
    writeFileSync(list, found);
    expect((await start({ seconds: 1 }).ended).code).toBe(0);
    expect(readFileSync(list, 'utf8')).toBe(`${found}-:ftrail_4194304_17/open_path\n`);
  });

  it('runs a command in the surroundings of its caller, and tells how it ended', { timeout: 120_000 }, async () => {
    const { fake, folder, start } = bench(shell);
    const before = fake.state();
    const { code, stderr } = await start({
      exec: `umask > ${folder.at('seen')}; echo "\${LC_ALL-none} it's" >> ${folder.at('seen')}; exit 7`,
    }).ended;
    expect(stderr).toContain('the command ended with 7');
    expect(code).toBe(0);
    expect(readFileSync(folder.at('seen'), 'utf8')).toBe(
      `${process.umask().toString(8).padStart(4, '0')}\nnone it's\n`,
    );
    expect(fake.state()).toEqual(before);
    expect((await membersOf(folder.at('run.tar.gz'))).get('ftrail-capture')).toMatch(/\nexec_pid \d+\nexec_code 7\n/);
  });

  it('packs without gzip, and says so', { timeout: 120_000 }, async () => {
    const { folder, start } = bench(shell);
    const { stdout, stderr } = await start({ seconds: 1 }, (script) =>
      script.replaceAll('have gzip', 'have gzip-that-is-not'),
    ).ended;
    expect(stderr).toContain('there is no gzip');
    expect(stdout).toBe(`${folder.at('run.tar')}\n`);
    expect((await membersOf(folder.at('run.tar'))).get('trace')).toContain('signal_generate');
  });
});

describe('changes nothing', () => {
  it.each([
    ['a process that is not there', { pid: 4194304 }, true, 'there is no process 4194304'],
    ['a main buffer that is in use', {}, false, 'in use by somebody else'],
  ] as const)('for %s', { timeout: 60_000 }, async (_, options, instances, text) => {
    const { fake, folder, start } = bench('sh', instances);
    if (!instances) writeFileSync(join(fake.root, 'set_event'), 'sched:sched_switch\n');
    const before = fake.state();
    const { code, stdout, stderr } = await start(options).ended;
    expect(stderr).toContain(text);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(fake.state()).toEqual(before);
    expect(existsSync(folder.at('run.tar.gz'))).toBe(false);
  });
});
