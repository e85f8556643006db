import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { TRACE } from '../support/trace-text.js';

const SECRETS = [
  '/srv/anna/.ssh/id_ed25519',
  'annas-shell',
  '10.1.2.3',
  'fe80::1ff:fe23:4567:890a',
  'deadbeefcafe1234',
  'login of anna',
  '52:54:00:12:34:56',
];
const MORE = [
  '     annas-shell-77      [000] .....  9992.172000: do_sys_open: (do_sys_openat2+0x0/0x260) arg1="/srv/anna/.ssh/id_ed25519"',
  '     annas-shell-77      [000] .....  9992.172001: tracing_mark_write: login of anna: ok',
  '     annas-shell-77      [000] .....  9992.172002: inet_sock_set_state: saddr=10.1.2.3 saddrv6=fe80::1ff:fe23:4567:890a mac=52:54:00:12:34:56 skbaddr=deadbeefcafe1234',
  '     annas-shell-77      [000] .....  9992.172003: signal_generate: sig=9 errno=0 code=0 comm=annas-shell pid=77 grp=1 res=0',
].join('\n');

/** What a reader sees, and the data in the page: all but the style and the script of our own. */
const contentOf = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '');

describe('ftrail report --redact', () => {
  it.each(['life-of-a-process', 'life-of-a-process-rt'])(
    'leaves no name, path or address of samples/%s',
    async (name) => {
      const path = scratch().at('r.html');
      const { code, stdout } = await runCli(['report', `samples/${name}/trace`, '-o', path, '--redact']);
      expect(code).toBe(0);
      const trace = readFileSync(`samples/${name}/trace`, 'latin1');
      const originals = new Set([
        'bash',
        'a.out',
        // `sleep` alone is a word of our own as well.
        ...['comm=sleep', 'sleep-127', 'sleep 127', 'sleep-146', 'sleep 146', '/bin/sleep'],
        'libc.so.6',
        'ld.so.cache',
        'x86_64-linux-gnu',
        name,
        ...[...trace.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ''),
        ...(trace.match(/(?<!\w)(?:0x)?[1-9a-f][\da-f]{10,11}(?!\w)/g) ?? []).filter(
          (address) => !/^f+[\da-f]?$/.test(address),
        ),
      ]);
      expect(originals.size).toBeGreaterThan(50);
      const content = contentOf(readFileSync(path, 'utf8')) + stdout;
      for (const original of originals) {
        expect(new RegExp(`(?<!\\w)${original.replace(/[.+]/g, '\\$&')}(?!\\w)`).exec(content)?.[0]).toBeUndefined();
      }
    },
  );

  it('replaces markers, IPs, hardware addresses and paths wherever they stand', async () => {
    const folder = scratch();
    const args = ['report', folder.file('trace.txt', `${TRACE}${MORE}\n`), '-o', folder.at('r.html')];
    await runCli(args);
    const plain = contentOf(readFileSync(folder.at('r.html'), 'utf8'));
    for (const secret of SECRETS) expect(plain).toContain(secret);
    await runCli([...args, '--redact']);
    const redacted = contentOf(readFileSync(folder.at('r.html'), 'utf8'));
    for (const secret of [...SECRETS, 'anna', 'ssh']) expect(redacted).not.toContain(secret);
    expect(redacted).toContain('tracing_mark_write: marker1');
    expect(redacted).toContain('sig=9');
  });
});
