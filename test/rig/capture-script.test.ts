import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { boot, KERNELS, MISSING } from './rig.js';

/** name of the scenario file -> arguments of capture-script */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  'cs-life': ['--for', 'life', '--exec', 'cd /root; ./a.out & sleep 1; kill -9 $!; wait $!'],
  // The scenario puts its own pid in the place of this one, except where nothing is to happen.
  'cs-life-pid': ['--for', 'life', '--pid', '1'],
  'cs-signals': ['--for', 'signals', '--seconds', '8'],
  'cs-files': ['--for', 'files', '--exec', 'cat /etc/hostname /no/such'],
  'cs-packets': ['--for', 'packets', '--seconds', '10'],
  'cs-calls': ['--for', 'calls', '--exec', 'cat /etc/hostname /no/such'],
  'cs-sched': ['--for', 'sched', '--seconds', '5'],
};

interface Rows {
  readonly rows: readonly Record<string, unknown>[];
}

describe.skipIf(MISSING !== undefined).each(KERNELS)(
  `capture scripts on %s${MISSING === undefined ? '' : ` (skipped: ${MISSING})`}`,
  (kernel) => {
    let folderOf: (name: string) => string = () => '';

    beforeAll(async () => {
      const scenarios: Record<string, string> = { 'capture-scripts': readFileSync('test/rig/scenario.sh', 'utf8') };
      for (const [name, args] of Object.entries(SCRIPTS)) {
        scenarios[name] = (await runCli(['capture-script', ...args])).stdout;
      }
      folderOf = boot(kernel, scenarios, 'capture-scripts');
    });

    const text = (name: string, file: string): string => readFileSync(join(folderOf(name), file), 'utf8').trim();
    const archive = (name: string): string => join(folderOf(name), 'capture.tar.gz');
    const rows = async (name: string, ...args: string[]): Promise<Rows['rows']> => {
      const [command = '', ...rest] = args;
      const { stdout, stderr, code } = await runCli([command, archive(name), ...rest, '--format', 'json']);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout) as Rows['rows'];
    };
    const why = async (name: string, comm: string) => {
      const { stdout } = await runCli(['why', archive(name), '--comm', comm, '--format', 'json']);
      return JSON.parse(stdout) as { verdict: string; steps: { kind: string }[]; gaps: { text: string }[] };
    };

    it.each([
      'cs-life',
      'cs-life-pid',
      'cs-signals',
      'cs-files',
      'cs-packets',
      'cs-calls',
      'cs-sched',
      'cs-main-buffer',
      'cs-unmounted',
    ])('%s ends well and leaves everything as it was', (name) => {
      expect([text(name, 'rc'), text(name, 'restored')]).toEqual(['0', 'same']);
    });

    it.each(['TERM', 'HUP'])('stopped by SIG%s it saves, and leaves everything as it was', (signal) => {
      expect([text(`cs-stop-${signal}`, 'rc'), text(`cs-stop-${signal}`, 'restored')]).toEqual(['0', 'same']);
      expect(text(`cs-stop-${signal}`, 'stderr')).toContain(`stopped by SIG${signal}`);
    });

    it('after kill -9 the next run removes what was left', () => {
      expect(text('cs-kill9', 'left')).toMatch(/^ftrail-\d+_\d+\n[1-9]\d*$/);
      expect([text('cs-kill9', 'rc'), text('cs-kill9', 'restored')]).toEqual(['0', 'same']);
    });

    it.each(['cs-life', 'cs-main-buffer'])('%s: the whole chain of a kill, and nothing missing', async (name) => {
      const { verdict, steps, gaps } = await why(name, 'a.out');
      expect(verdict).toMatch(
        /^a\.out \d+ was killed by SIGKILL sent by sh \d+ with kill\(2\); it was a zombie for .* until sh \d+ reaped it with wait4$/,
      );
      const kinds = steps.map(({ kind }) => kind);
      for (const kind of ['fork', 'exec', 'open', 'map', 'send', 'generate', 'deliver', 'exit', 'reap'])
        expect(kinds).toContain(kind);
      expect(gaps).toEqual([]);
    });

    it('life --pid: somebody else killed it, and somebody else waited', async () => {
      const { verdict, gaps } = await why('cs-life-pid', 'a.out');
      expect(verdict).toMatch(
        /^a\.out \d+ was killed by SIGKILL sent by bash \d+ with kill\(2\); .* until bash \d+ reaped it with wait4$/,
      );
      expect(gaps.map((gap) => gap.text)).toEqual([expect.stringContaining('the fork of a.out')]);
    });

    it('signals: who killed whom, of everybody', async () => {
      const deaths = await rows('cs-signals', 'deaths', '--signal', 'TERM');
      expect(deaths).toContainEqual(expect.objectContaining({ comm: 'bash', sender_comm: 'bash', cause: 'kill' }));
    });

    it('files: opens with their paths and errors', async () => {
      const files = await rows('cs-files', 'files', '--comm', 'cat');
      expect(files).toContainEqual(expect.objectContaining({ path: '/etc/hostname', errno: null, ended: 'close' }));
      expect(files).toContainEqual(expect.objectContaining({ path: '/no/such', errno: 'ENOENT' }));
    });

    it('packets: hops from queue to drop, and why it was dropped', async () => {
      const hops = await rows('cs-packets', 'packets');
      const functions = new Set(hops.map((hop) => hop.function));
      for (const name of [
        '__dev_queue_xmit',
        'net_dev_queue',
        'netif_receive_skb',
        'ip_rcv',
        'ip_route_input_noref',
        'udp_rcv',
        'kfree_skb',
      ])
        expect(functions).toContain(name);
      const drops = await rows('cs-packets', 'drops');
      expect(drops).toContainEqual(
        expect.objectContaining({ reason: 'NO_SOCKET', site: expect.stringMatching(/^__udp4_lib_rcv/) }),
      );
    });

    it('calls: results, errors and durations', async () => {
      const calls = await rows('cs-calls', 'calls');
      expect(calls).toContainEqual(
        expect.objectContaining({ function: 'do_sys_openat2', errors: 'ENOENT 1', missed: 0 }),
      );
    });

    it('sched: turns and wake-ups', async () => {
      expect((await rows('cs-sched', 'sched', '--comm', 'wl')).length).toBeGreaterThan(0);
      expect((await rows('cs-sched', 'wakeups')).length).toBeGreaterThan(0);
    });

    it('tells the clock, the kernel and the purpose', async () => {
      const [row] = await rows(
        'cs-life',
        'query',
        "SELECT string_agg(value, ' ' ORDER BY key) AS facts FROM capture_label WHERE key IN ('clock', 'purpose')",
      );
      expect(row?.facts).toBe('local life');
    });
  },
);
