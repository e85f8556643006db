/** Rules made from one real capture, on others: another kernel, an event that was not recorded, losses, one signal more. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initRules } from '../../../src/app/check/init-rules.js';
import { judgeStore } from '../../../src/app/check/run-check.js';
import type { RuleVerdict } from '../../../src/check/verdict.js';
import { rulesOf } from '../../support/check.js';
import { storeOfTexts } from '../../support/store-of.js';

const GOOD = readFileSync('samples/life-of-a-process/trace', 'utf8');
const RT = readFileSync('samples/life-of-a-process-rt/trace', 'utf8');

const withStore = async <T>(
  text: string,
  act: (store: Awaited<ReturnType<typeof storeOfTexts>>) => Promise<T>,
): Promise<T> => {
  const store = await storeOfTexts(text);
  try {
    return await act(store);
  } finally {
    store.close();
  }
};

let rules: ReturnType<typeof rulesOf> | undefined;

/** What the rules made from the good capture say of another one: the name and the status of those that do not pass. */
async function judged(text: string): Promise<RuleVerdict[]> {
  rules ??= rulesOf(await withStore(GOOD, (store) => initRules(store, 'good')));
  const all = await rules;
  const [verdict] = await withStore(text, (store) => judgeStore(store, 'trace', all));
  return (verdict?.rules ?? []).filter((rule) => rule.status !== 'passed' && rule.severity === 'error');
}
const names = (found: readonly RuleVerdict[]): string[] => found.map(({ name, status }) => `${status}: ${name}`);

describe('rules from a capture of 6.1', () => {
  it('hold for the same program on a real-time kernel', async () => {
    expect(names(await judged(RT))).toEqual([]);
  });

  it('do not pass where signals were not recorded', async () => {
    const found = await judged(GOOD.replace(/^.*signal_(generate|deliver): .*\n(.*<stack trace>\n( => .*\n)*)?/gm, ''));
    expect(names(found)).toEqual(
      expect.arrayContaining([
        'not-applicable: sleep gets no signal but these',
        'not-applicable: a.out gets no signal but these',
      ]),
    );
    expect(found.find(({ name }) => name === 'a.out gets no signal but these')?.found).toContain('signal_generate');
  });

  it('do not pass where events were lost: what forbids something cannot be told', async () => {
    const lossy = GOOD.replace(
      /entries-written: (\d+)\/(\d+)/,
      (_, kept: string, written: string) => `entries-written: ${kept}/${Number(written) + 500}`,
    );
    expect(lossy).not.toBe(GOOD);
    const found = names(await judged(lossy));
    expect(found).toContain('failed: the capture lost no events');
    expect(found).toContain('not-applicable: a.out gets no signal but these');
    expect(found).not.toContain('not-applicable: a.out ends as it should');
  });

  it('fail for one signal more, with its line', async () => {
    const at = GOOD.split('\n').findIndex((line) => /signal_generate: sig=9/.test(line));
    const lines = GOOD.split('\n');
    lines.splice(at, 0, (lines[at] ?? '').replace('sig=9', 'sig=10'));
    const found = await judged(lines.join('\n'));
    const signal = found.find(({ name }) => name === 'a.out gets no signal but these');
    expect(signal).toMatchObject({ status: 'failed', found: 'SIGUSR1', evidence: [{ line_no: at + 1 }] });
  });
});
