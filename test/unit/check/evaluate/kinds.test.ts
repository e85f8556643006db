/** Each kind of rule: a capture that passes, one that fails, and one that cannot tell. */
import { describe, expect, it } from 'vitest';
import { KILLED } from '../../../support/blueprint.js';
import { judgeOne, traceOf, without } from '../../../support/check.js';

const GOOD = traceOf(KILLED);
const LOSSY = traceOf(KILLED, 40);
const EXTRA_SIGNAL = traceOf(
  KILLED.replace(
    /^(.*sched_process_exit)/m,
    '           a.out-20      [001] d..1.     2.000050: signal_generate: sig=10 errno=0 code=-6 comm=a.out pid=20 grp=0 res=0\n$1',
  ),
);
const NO_DELIVER = without(GOOD, /signal_deliver:/);
const NO_SIGNALS = without(GOOD, /signal_(deliver|generate):/);

interface Case {
  readonly kind: string;
  readonly assert: string;
  readonly passes: string;
  readonly fails: readonly [trace: string, found: string, lines: readonly number[]];
  readonly lacks: readonly [trace: string, found: string];
}

const NO_CALLS = without(GOOD, /sys_/);
const LATE = GOOD.replace('2.000040: signal_deliver', '2.500000: signal_deliver')
  .replace(/2\.0000[68]0/g, '2.600000')
  .replace(/2\.0001/g, '2.7001');

const CASES: readonly Case[] = [
  {
    kind: 'analysis rows',
    assert: '{ analysis: signals, where: "signal = \'SIGUSR1\'", rows: 0 }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, '1 row', [22]],
    lacks: [NO_SIGNALS, 'the capture has no signal_generate; enable it when recording'],
  },
  {
    kind: 'analysis value',
    assert: '{ analysis: signals, column: latency, max: 100us }',
    passes: GOOD,
    fails: [LATE, '500 ms, 1 row without a value', [19]],
    lacks: [NO_DELIVER, 'no value in 2 rows'],
  },
  {
    kind: 'sql value',
    assert: '{ sql: "SELECT max(latency) FROM signal", max: 100us }',
    passes: GOOD,
    fails: [LATE, '500 ms', []],
    lacks: [NO_DELIVER, 'no value in 1 row'],
  },
  {
    kind: 'sql rows',
    assert: '{ sql: "SELECT line_no FROM event WHERE name = \'signal_generate\'", rows: { max: 2 } }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, '3 rows', [19, 22, 24]],
    lacks: [
      LOSSY,
      '2 rows, but the capture lost 40 events: what is not in it may have happened (allow_loss: true lets it pass)',
    ],
  },
  {
    kind: 'sql equals',
    assert: '{ sql: "SELECT DISTINCT signal FROM signal", equals: [SIGKILL, SIGCHLD] }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, 'SIGUSR1, 1 of 3 values beyond the limit', []],
    lacks: [NO_SIGNALS, 'the capture has no signal_generate; enable it when recording'],
  },
  {
    kind: 'never',
    assert: '{ never: { event: signal_generate, where: "sig = 10" } }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, '1 time', [22]],
    lacks: [NO_SIGNALS, 'the capture has no signal_generate; enable it when recording'],
  },
  {
    kind: 'eventually',
    assert: '{ eventually: { event: signal_generate, where: "sig = 10" } }',
    passes: EXTRA_SIGNAL,
    fails: [GOOD, 'none', []],
    lacks: [NO_SIGNALS, 'the capture has no signal_generate; enable it when recording'],
  },
  {
    kind: 'always',
    assert: '{ always: signal_generate, holds: "sig IN (9, 17)" }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, 'it does not hold for 1 of 3', [22]],
    lacks: [NO_SIGNALS, 'the capture has no signal_generate; enable it when recording'],
  },
  {
    kind: 'sequence',
    assert:
      '{ sequence: [ { event: signal_generate, where: "sig = 9" }, { event: signal_deliver }, { event: sched_process_exit } ], within: 10ms }',
    passes: GOOD,
    fails: [LATE, 'it took 600 ms (1 of 1)', [19, 21, 22]],
    lacks: [NO_DELIVER, 'the capture has no signal_deliver; enable it when recording'],
  },
  {
    kind: 'absent',
    assert: '{ absent: signal_generate, after: { event: signal_deliver }, until: sched_process_exit }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, '1 of 1 time', [21, 22]],
    lacks: [NO_DELIVER, 'the capture has no signal_deliver; enable it when recording'],
  },
  {
    kind: 'process',
    assert:
      '{ process: a.out, death: killed, exit_signal: SIGKILL, reaped: true, zombie: 1ms, signals: { only: [SIGKILL] } }',
    passes: GOOD,
    fails: [EXTRA_SIGNAL, 'SIGUSR1', [22]],
    lacks: [without(GOOD, /a\.out/), 'no such process'],
  },
  {
    kind: 'process opens',
    assert: '{ process: a.out, opens: { only: ["/lib/**", "/etc/none"] } }',
    passes: GOOD,
    fails: [GOOD.replace('/etc/none', '/etc/shadow'), '/etc/shadow', [15]],
    lacks: [NO_CALLS.replaceAll(/^.*opn:.*\n/gm, ''), 'the capture has no sys_enter_open*; enable it when recording'],
  },
  {
    kind: 'latency',
    assert: '{ latency: { syscall: openat }, p50: 5us, max: 20us }',
    passes: GOOD,
    fails: [GOOD.replace('1.000125', '1.000425'), 'p50 5 us, max 305 us (2 values)', [15]],
    lacks: [NO_CALLS, 'the capture has no sys_enter_openat, sys_exit_openat; enable it when recording'],
  },
  {
    kind: 'lost_events',
    assert: '{ lost_events: 0 }',
    passes: GOOD,
    fails: [LOSSY, '40 of 61', []],
    lacks: [
      GOOD.replace(/# entries.*\n/, ''),
      "the capture lacks the header line with the kernel's own count (entries-in-buffer/entries-written)",
    ],
  },
];

describe.each(CASES)('$kind', ({ assert, passes, fails, lacks }) => {
  it('passes', async () => {
    const rule = await judgeOne(passes, assert);
    expect({ found: rule.found, status: rule.status, fails: rule.fails }).toMatchObject({
      status: 'passed',
      fails: false,
    });
  });

  it('fails, and says what was found and where', async () => {
    const rule = await judgeOne(fails[0], assert);
    expect(rule).toMatchObject({ status: 'failed', fails: true, found: fails[1] });
    expect(rule.evidence.flatMap(({ line_no }) => line_no ?? [])).toEqual(fails[2]);
  });

  it('is not applicable where the capture cannot tell, and fails unless allowed', async () => {
    const rule = await judgeOne(lacks[0], assert);
    expect(rule).toMatchObject({ status: 'not-applicable', fails: true, found: lacks[1] });
    expect(await judgeOne(lacks[0], assert, 'allow_missing: true')).toMatchObject({
      status: 'not-applicable',
      fails: false,
    });
  });
});

describe('issues', () => {
  const ASSERT = '{ issues: 0 }';
  const TORN = `${GOOD}this is no record\n`;

  it('passes where every line is understood', async () => {
    expect(await judgeOne(GOOD, ASSERT)).toMatchObject({ status: 'passed', found: 'none' });
  });

  it('fails, and says how many are not', async () => {
    expect(await judgeOne(TORN, ASSERT)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/^1 of \d+ lines$/),
    });
    expect(await judgeOne(TORN, '{ issues: 1 }')).toMatchObject({ status: 'passed' });
    expect(await judgeOne(TORN, '{ issues: 50% }')).toMatchObject({ status: 'passed' });
  });

  it('can be told of every capture: of one without calls and one with losses too', async () => {
    for (const text of [NO_CALLS, LOSSY]) expect((await judgeOne(text, ASSERT)).status).not.toBe('not-applicable');
  });
});
