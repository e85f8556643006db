import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { captureScript, shellQuote } from '../../../../src/app/capture-script/render.js';
import { PURPOSE_NAMES } from '../../../../src/trace/capture/plan.js';
import { PURPOSES } from '../../../../src/trace/capture/purposes.js';
import { scratch } from '../../../support/scratch.js';

/** Every shell of this machine that a target might have. */
const SHELLS = ['sh', 'dash', 'bash', 'busybox'].filter((shell) => spawnSync(shell, ['-c', ':']).error === undefined);
const parse = (shell: string, path: string): string[] => (shell === 'busybox' ? ['ash', '-n', path] : ['-n', path]);

describe.each(PURPOSE_NAMES)('the script for %s', (purpose) => {
  const script = captureScript({ purpose, exec: "echo 'a b'; $(touch /tmp/x)", seconds: 3, bufferMb: 2 });

  it('is read by every shell that is here', () => {
    const path = scratch().file('capture.sh', script);
    expect(SHELLS).toContain('sh');
    for (const shell of SHELLS) execFileSync(shell, parse(shell, path));
  });

  it('names every event, system call and probe of its description', () => {
    const { events, syscalls, everybodysSyscalls, probes } = PURPOSES[purpose];
    for (const { event } of events) expect(script).toContain(`\n  event ${event} `);
    for (const name of [...(syscalls === 'all' ? ['all'] : syscalls), ...everybodysSyscalls])
      expect(script).toMatch(new RegExp(`^ {2}syscalls .* ${name}( |$)`, 'm'));
    for (const { name, ways } of probes)
      for (const { symbol } of ways) expect(script).toContain(`probe p ${name} ${symbol} '`);
  });

  it('makes no probe without its own name, and writes to the list of probes only by appending', () => {
    expect(script).not.toMatch(/[^>]> *"\$T\/kprobe_events"/);
    expect(script).not.toMatch(/put .*kprobe_events/);
    expect(script).toContain('append "-:$event" "$T/kprobe_events"');
  });
});

describe('what a person gives', () => {
  it.each(["a'b", '$(reboot)', '`reboot`', 'a\nb', '"; reboot; "', "'", '\\', '\u001b[31m', '# x', "'\\''"])(
    'stays text in the shell: %j',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
      const script = captureScript({ purpose: 'life', exec: text });
      const head = script.slice(0, script.indexOf('\nplan() {'));
      expect(execFileSync('sh', ['-c', `${head}\nprintf %s "$COMMAND"`], { encoding: 'utf8' })).toBe(text);
    },
  );

  it('is in the values of the script and nowhere else', () => {
    const script = captureScript({ purpose: 'files', exec: 'unlikely-word' });
    expect(script.split('unlikely-word')).toHaveLength(2);
  });

  it('chooses the functions of calls, entry and return', () => {
    const script = captureScript({ purpose: 'calls', functions: ['vfs_unlink'] });
    expect(script).toContain(
      "{ probe p vfs_unlink vfs_unlink 'arg1=@1 arg2=@2 arg3=@3' && probe r vfs_unlink_ret vfs_unlink 'ret=$retval'; }",
    );
    expect(script).toContain("SYMBOLS='vfs_unlink'");
    expect(script).not.toContain('vfs_read');
  });
});
