/** Archives that scripts made on real kernels: as they are, to the expected chain. */
import { describe, expect, it } from 'vitest';
import { runInProcess } from '../../../support/program.js';

const archive = (name: string): string => `test/fixtures/capture-script/${name}.tar.gz`;

async function why(name: string) {
  const { stdout, stderr } = await runInProcess(['why', archive(name), '--comm', 'a.out', '--format', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as {
    verdict: string;
    steps: { kind: string; comm: string | null }[];
    gaps: { text: string }[];
  };
}

describe('an archive of life', () => {
  it('--exec: the whole chain of a kill, and nothing missing', { timeout: 60_000 }, async () => {
    const { verdict, steps, gaps } = await why('life-exec-6.12');
    expect(verdict).toMatch(
      /^a\.out \d+ was killed by SIGKILL sent by sh \d+ with kill\(2\); it was a zombie for .* until sh \d+ reaped it with wait4$/,
    );
    const kinds = steps.map(({ kind }) => kind);
    for (const kind of ['fork', 'exec', 'open', 'map', 'send', 'generate', 'deliver', 'exit', 'reap'])
      expect(kinds).toContain(kind);
    expect(gaps).toEqual([]);
  });

  it('--pid: who killed it and who waited are from the trace of everybody else', { timeout: 60_000 }, async () => {
    const { verdict, gaps } = await why('life-pid-6.1-rt');
    expect(verdict).toMatch(
      /^a\.out \d+ was killed by SIGKILL sent by bash \d+ with kill\(2\); .* until bash \d+ reaped it with wait4$/,
    );
    expect(gaps).toEqual([expect.objectContaining({ text: expect.stringContaining('the fork of a.out') })]);
  });

  it('holds as many records as the kernel counted, in the order of time', { timeout: 60_000 }, async () => {
    const sql = `SELECT records = entries_in_buffer AS counted, issues,
        (SELECT count(*) FROM (SELECT ts < lag(ts) OVER (ORDER BY event_id) AS back FROM event) WHERE back) AS back,
        (SELECT count(DISTINCT pid) > 0 FROM proc_map) AS maps, (SELECT count(*) > 0 FROM kernel_log) AS log,
        (SELECT value FROM capture_label WHERE key = 'kernel') AS kernel FROM capture`;
    const { stdout } = await runInProcess(['query', archive('life-pid-6.1-rt'), sql, '--format', 'csv']);
    expect(stdout).toMatch(/^counted,issues,back,maps,log,kernel\ntrue,0,0,true,true,6\.1\.0-\d+-rt-amd64\n$/);
  });
});

it('an archive of packets: the way to the drop, hop by hop, and its reason', { timeout: 60_000 }, async () => {
  const { stdout } = await runInProcess(['packets', archive('packets-6.12'), '--format', 'json']);
  const hops = JSON.parse(stdout) as { function: string; drop_reason: string | null; lifetime_id: number }[];
  const udp = hops.find((hop) => hop.function === 'udp_rcv')?.lifetime_id;
  const way = hops
    .filter((hop) => hop.lifetime_id === udp)
    .map((hop) => `${hop.function} ${hop.drop_reason ?? ''}`.trim());
  for (const step of ['net_dev_queue', 'netif_receive_skb', 'ip_rcv', 'udp_rcv', 'kfree_skb NO_SOCKET'])
    expect(way).toContain(step);
});
