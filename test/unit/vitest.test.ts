import { describe, expect, it, onTestFinished } from 'vitest';
import { openTrace, type Trace } from '../../src/vitest.js';
import { KILLED } from '../support/blueprint.js';
import { traceOf, without } from '../support/check.js';
import { scratch } from '../support/scratch.js';

const open = async (text: string): Promise<Trace> => {
  const trace = await openTrace(scratch().file('run.trace', text));
  onTestFinished(() => trace.close());
  return trace;
};

const GOOD = traceOf(KILLED);

/** What a matcher says when it does not match. */
const said = (matching: Promise<unknown>): Promise<string> =>
  matching.then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );

describe('ftrail/vitest', () => {
  it('matches what the capture shows', async () => {
    const trace = await open(GOOD);
    await expect(trace).toHaveReaped('a.out');
    await expect(trace).toHaveReaped('a.out', { zombie: '1ms' });
    await expect(trace).toHaveProcess('a.out', { death: 'killed', exit_signal: 'SIGKILL' });
    await expect(trace).toHaveEvent('signal_generate', 'sig = 9');
    await expect(trace).toNeverHaveEvent('signal_generate', 'sig = 11');
    await expect(trace).toHaveLostNothing();
    await expect(trace).toHold({ latency: { syscall: 'openat' }, max: '1ms' });
    await expect(trace).toMatchRules(scratch().file('r.yaml', 'rules: [{ name: a, assert: { lost_events: 0 } }]'));
    await expect(trace).not.toHaveProcess('a.out', { death: 'exited' });
    await expect(trace).not.toHaveEvent('signal_generate', 'sig = 11');
  });

  it('says what was expected, what was found, and on which line', async () => {
    const trace = await open(GOOD);
    expect(await said(expect(trace).toHaveProcess('a.out', { exit_code: 0 }))).toMatch(
      /FAIL +process a\.out[\s\S]*expected +a\.out: exit_code 0[\s\S]*found +killed[\s\S]*line 21 +a\.out 20: killed/,
    );
    expect(await said(expect(trace).not.toHaveReaped('a.out'))).toContain('pass');
    expect(await said(expect(trace).toHold({ nevr: 'x' }))).toContain('did you mean never?');
    expect(await said(expect('a string').toHaveLostNothing())).toContain('await openTrace(path)');
  });

  it('is satisfied neither way where the capture cannot tell', async () => {
    const trace = await open(without(GOOD, /signal_/));
    expect(await said(expect(trace).toHaveEvent('signal_generate'))).toContain('the capture has no signal_generate');
    expect(await said(expect(trace).not.toHaveEvent('signal_generate'))).toContain(
      'the capture has no signal_generate',
    );
  });

  it('takes expectations that are started together', async () => {
    const trace = await open(GOOD);
    await Promise.all([
      expect(trace).toHaveReaped('a.out'),
      expect(trace).toHaveEvent('signal_generate'),
      expect(trace).toHaveLostNothing(),
    ]);
  });
});
