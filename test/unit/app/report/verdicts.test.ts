import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../../src/app/report/build-report.js';
import { storeOfTexts } from '../../../support/store-of.js';

const at = (line: number): string => `1.${String(line).padStart(6, '0')}`;
const child = (pid: number, order: number, sig: number): string[] => [
  `  init-1     [000] d..2. ${at(order)}: signal_generate: sig=${sig} errno=0 code=0 comm=job pid=${pid} grp=1 res=0`,
  `  job-${pid}  [000] d..2. ${at(order + 1)}: signal_deliver: sig=${sig} errno=0 code=0 sa_handler=0 sa_flags=0`,
  `  job-${pid}  [000] d..2. ${at(order + 2)}: sched_process_exit: comm=job pid=${pid} prio=120`,
  `  job-${pid}  [000] d..2. ${at(order + 3)}: signal_generate: sig=17 errno=0 code=2 comm=init pid=1 grp=1 res=1`,
];
const kills = (count: number): string[] =>
  Array.from({ length: count }, (_kill, index) => child(100 + index, index * 10, index === 0 ? 15 : 9)).flat();
const report = async (lines: readonly string[]) => {
  const store = await storeOfTexts(`# tracer: nop\n${lines.join('\n')}\n`);
  try {
    return await buildReport(store);
  } finally {
    store.close();
  }
};

describe('verdicts', () => {
  it('say of few kills each by itself', async () => {
    const { verdicts } = await report(kills(2));
    expect(verdicts.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^job 100 was killed by SIGTERM/),
      expect.stringMatching(/^job 101 was killed by SIGKILL/),
      'the reaps of 2 of 2 killed processes are not in the capture',
    ]);
  });

  it('begin with the sum where there are many, and do not bury the rest under them', async () => {
    const { verdicts } = await report([
      ...kills(120),
      `  nc-9       [000] ..s1. ${at(5000)}: kfree_skb: skbaddr=000000003b113aae protocol=2048 location=udp_rcv+0x1/0x9 reason: NO_SOCKET`,
    ]);
    const texts = verdicts.map(({ text }) => text);
    expect(texts[0]).toBe('120 processes were killed: 119 by SIGKILL, 1 by SIGTERM');
    expect(texts.filter((text) => text.includes('was killed'))).toHaveLength(100);
    expect(texts.slice(1, 4).every((text) => text.includes('was killed'))).toBe(true);
    expect(texts.slice(4, 6)).toContainEqual(expect.stringMatching(/1 IPv4 packet was dropped/));
  });
});

describe('chains', () => {
  it('know the links between their steps', async () => {
    const { chains } = await report(kills(1));
    const [chain] = chains;
    const lineOf = new Map(chain?.chain.steps.map((step) => [step.event_id, step.line_no]));
    const joined = chain?.causes.map((cause) => [lineOf.get(cause.from_event_id), lineOf.get(cause.to_event_id)]);
    expect(joined).toContainEqual([2, 3]);
  });
});

describe('a report without the text', () => {
  it('has the lines of its statements, made again', async () => {
    const { evidence, evidenceFrom } = await report(kills(1));
    expect(evidenceFrom).toBe('store');
    expect(evidence.find((line) => line.line_no === 2)?.text).toMatch(
      /^ *init-1 +\[000\] d\.\.2\. 1\.000000: signal_generate: sig=15 errno=0 code=0 comm=job pid=100 grp=1 res=0$/,
    );
  });
});
