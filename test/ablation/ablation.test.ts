import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ANALYSES } from '../../src/analyses/registry.js';
import { runAnalysis } from '../../src/analyses/run.js';
import { eventNames } from '../../src/app/capture-info.js';
import { explain } from '../../src/app/explain/index.js';
import { importTrace } from '../../src/app/import-trace.js';
import { buildModel } from '../../src/model/build.js';
import { createEventViews } from '../../src/store/event-views.js';
import { Store } from '../../src/store/store.js';
import type { Ablation } from './ablations.js';
import { HEADER_MODES } from './capture-text.js';
import { Measure } from './engine.js';
import type { Engine } from './parts.js';
import { chance } from './random.js';
import { contradictions, stepSays, verdictSays } from './words.js';

const ENGINE: Engine = {
  Store,
  importTrace,
  createEventViews,
  buildModel,
  explain,
  analyses: ANALYSES,
  runAnalysis,
  eventNames,
};
const SEED = 1;
/** Of each capture; `npm run ablation -- test/fixtures samples --fixed --single` runs all. */
const ABLATIONS = 5;

/** ms: the account of one capture takes 3 s of a processor that may be busy. */
const TIMEOUT = 300_000;

const STORIES = new URL('../fixtures/stories/', import.meta.url);
const CAPTURES = [
  new URL('../../samples/life-of-a-process/trace', import.meta.url),
  ...readdirSync(STORIES)
    .filter((name) => name.endsWith('.trace'))
    .map((name) => new URL(name, STORIES)),
];

/** Some of all ablations: of each kind as often as it comes up. */
function sample(measure: Measure): Ablation[] {
  const luck = chance(`sample ${SEED}`);
  const all = [...measure.fixed(), ...measure.seeded(SEED), ...measure.single()];
  return Array.from({ length: ABLATIONS }, () => luck.pick(all));
}

describe('no answer becomes wrong when lines are missing', () => {
  it.each(CAPTURES.map((url) => ({ name: url.pathname.split('/').slice(-2).join('/'), url })))(
    '$name',
    async ({ url }) => {
      const measure = await Measure.of(ENGINE, readFileSync(url, 'latin1'));
      const wrong: string[] = [];
      let given = 0;
      for (const [index, ablation] of sample(measure).entries()) {
        const mode = HEADER_MODES[index % HEADER_MODES.length] as (typeof HEADER_MODES)[number];
        const outcome = await measure.run(ablation, mode);
        given += outcome?.verdict.given.size ?? 0;
        for (const { what, field, of, said, truth, exact } of outcome?.verdict.wrong ?? []) {
          // Two calls of one name that have become one cannot be told from one call, where the rest agrees: that it is inferred is said.
          if (!exact && (what === 'syscall' || what === 'link')) continue;
          wrong.push(
            `${ablation.label} (header ${mode}): ${what} ${of}: ${field} is ${String(said)}, not ${String(truth)}`,
          );
        }
      }
      measure.close();
      expect(wrong).toEqual([]);
      expect(given).toBeGreaterThan(0);
    },
    TIMEOUT,
  );
});

describe('the comparison', () => {
  it('sees an answer that is wrong', async () => {
    const text = readFileSync(new URL('abort-core.trace', STORIES), 'latin1');
    const measure = await Measure.of(ENGINE, text.replaceAll('exit_group(error_code: 0)', 'exit_group(error_code: 1)'));
    const other = await Measure.of(ENGINE, text);
    const { wrong } = other.judge(measure.truth);
    measure.close();
    other.close();
    expect(wrong.map(({ what, field }) => `${what}.${field}`)).toContain('task.exit_code');
  });
});

describe('the words', () => {
  const KILLED =
    'a 20 was killed by SIGTERM sent by sh 10 with kill(2); it was a zombie for 4 us until sh 10 reaped it with wait4';
  const said = (text: string): string[] => contradictions(verdictSays(text) ?? {}, verdictSays(KILLED) ?? {});

  it.each([
    ['a 20 was killed by SIGKILL sent by sh 10 with kill(2)', ['signal']],
    ['a 20 was killed by SIGTERM sent by sh 11 with kill(2)', ['sender']],
    ['a 20 was killed by SIGTERM sent by sh 10 with tgkill(2)', ['how']],
    ['a 20 was killed by SIGTERM sent by sh 10 with kill(2) and dumped core', ['dumped']],
    ['a 20 exited with code 0; sh 10 reaped it with waitid', ['exited', 'exit_code', 'wait']],
  ])('%s contradicts the whole', (text, names) => expect(said(text)).toEqual(names));

  it.each([
    'a 20 was killed by SIGTERM sent in the context of sh 10, by means the capture does not show',
    'pid 20 was killed, by which signal is not in the capture; no wait is known to have reaped it',
    'a 20 ended, how is not in the capture; sh 10 reaped it with wait4, 9 us after it exited',
    'a 20: whether it ended is not in the capture',
  ])('%s says less', (text) => {
    expect(verdictSays(text)).toBeDefined();
    expect(said(text).filter((name) => name !== 'ended')).toEqual([]);
  });

  it('of a step name what another step contradicts', () => {
    const says = stepSays(
      'deliver',
      'SIGTERM reaches a 20, in its thread 21, after 7 us as SIGKILL, which the kernel makes of any signal that kills by default',
    );
    expect(says).toMatchObject({ signal: 'SIGTERM', target: '20', receiver: '21', latency: '7 us' });
    expect(
      contradictions(stepSays('deliver', 'SIGTERM is delivered to b 22, to its handler') ?? {}, says ?? {}),
    ).toEqual(['target', 'handler']);
    expect(stepSays('fork', 'a 20 has a child')).toBeUndefined();
  });
});
