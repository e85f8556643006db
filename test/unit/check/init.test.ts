import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initRules } from '../../../src/app/check/init-rules.js';
import { judgeStore } from '../../../src/app/check/run-check.js';
import { KILLED } from '../../support/blueprint.js';
import { rulesOf, traceOf } from '../../support/check.js';
import { storeOfTexts } from '../../support/store-of.js';

describe('first rules', () => {
  it.each([
    ['a sample', readFileSync('samples/life-of-a-process/trace', 'utf8')],
    ['a capture with losses', traceOf(KILLED, 7)],
    ['names that YAML and SQL would act on', traceOf(KILLED.replaceAll('a.out', `a: '#{"x"`))],
  ])('pass on the capture they were made from: %s', async (_what, text) => {
    const store = await storeOfTexts(text);
    const rules = await rulesOf(await initRules(store, 'trace'));
    expect(rules.rules.length).toBeGreaterThan(1);
    const [verdict] = await judgeStore(store, 'trace', rules);
    expect(verdict?.rules.filter((rule) => rule.status !== 'passed')).toEqual([]);
    store.close();
  });

  it('fail on a run in which the process ends another way', async () => {
    const good = await storeOfTexts(traceOf(KILLED));
    const bad = await storeOfTexts(traceOf(KILLED.replaceAll('sig=9', 'sig=15').replace('sig: 9', 'sig: f')));
    const [verdict] = await judgeStore(bad, 'bad', await rulesOf(await initRules(good, 'good')));
    expect(verdict?.rules.filter((rule) => rule.fails).map(({ name }) => name)).toEqual([
      'a.out ends as it should',
      'a.out gets no signal but these',
    ]);
    good.close();
    bad.close();
  });
});

describe('a store with several captures', () => {
  it('is judged capture by capture, as if each were alone', async () => {
    const rules = await rulesOf(
      [
        'rules:',
        '  - { name: events, assert: { sql: "SELECT count(*) FROM event", equals: "21" } }',
        '  - { name: typed, assert: { sql: "SELECT count(*) FROM ev.signal_generate WHERE \'ev.x\' <> \'\'", equals: "2" } }',
        '  - { name: killed, assert: { analysis: deaths, where: "signal = \'SIGKILL\'", rows: 1 } }',
        '  - { name: never, assert: { never: { event: signal_generate, where: "sig = 15" } } }',
        '  - { name: process, assert: { process: a.out, exit_signal: SIGKILL, count: 1 } }',
      ].join('\n'),
    );
    const other = traceOf(KILLED.replaceAll('sig=9', 'sig=15').replace('sig: 9', 'sig: f'));
    const store = await storeOfTexts(traceOf(KILLED), other, traceOf(KILLED));
    const verdicts = await judgeStore(store, 'store', rules);
    const failed = verdicts.map(({ rules: judged }) => judged.filter((rule) => rule.fails).map(({ name }) => name));
    expect(failed).toEqual([[], ['killed', 'never', 'process'], []]);
    store.close();
  });
});
