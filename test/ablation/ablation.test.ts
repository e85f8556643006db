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
