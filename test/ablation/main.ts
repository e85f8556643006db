/**
 * The long measurement: ablations of every capture below a folder, against the answers of the whole captures.
 *
 *   npm run ablation -- --captures DIR [--only NAME,..] [--seeds N] [--first SEED] [--fixed] [--jsonl FILE] [--verbose]
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { HeaderMode } from './capture-text.js';
import type { Wrong } from './compare.js';
import { type Engine, Measure } from './engine.js';
import { readFacts } from './facts.js';

const MODES: readonly HeaderMode[] = ['kept', 'rewritten', 'removed'];
const MOST_BYTES = 4_000_000;

const { values } = parseArgs({
  options: {
    captures: { type: 'string' },
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    fixed: { type: 'boolean', default: false },
    jsonl: { type: 'string' },
    kinds: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    verbose: { type: 'boolean', default: false },
  },
});

async function loadEngine(dist: string): Promise<Engine> {
  const part = (path: string): Promise<unknown> => import(new URL(`file://${resolve(dist, path)}`).href);
  return {
    ...((await part('store/store.js')) as Pick<Engine, 'Store'>),
    ...((await part('app/import-trace.js')) as Pick<Engine, 'importTrace'>),
    ...((await part('store/event-views.js')) as Pick<Engine, 'createEventViews'>),
    ...((await part('model/build.js')) as Pick<Engine, 'buildModel'>),
  };
}

function findCaptures(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => (basename(path) === 'trace' || path.endsWith('.trace')) && statSync(path).isFile())
    .filter((path) => statSync(path).size < MOST_BYTES && !existsSync(join(dirname(path), 'refuse')))
    .sort();
}

interface Tally {
  wrong: number;
  exact: number;
  example: string;
}

async function main(): Promise<void> {
  if (values.captures === undefined) throw new Error('--captures DIR is needed');
  const engine = await loadEngine(values.dist);
  const only = values.only?.split(',');
  const kinds = values.kinds?.split(',');
  const tally = new Map<string, Tally>();
  const given = new Map<string, number>();
  let runs = 0;
  let failed = 0;
  for (const path of findCaptures(values.captures)) {
    const name = basename(path) === 'trace' ? basename(dirname(path)) : basename(path);
    if (only !== undefined && !only.includes(name)) continue;
    const text = readFileSync(path, 'latin1');
    let measure: Measure;
    try {
      measure = await Measure.of(engine, text, readFacts(path));
    } catch (error) {
      console.log(`${name}: cannot be imported (${(error as Error).message})`);
      continue;
    }
    if (measure.capture.units.length < 10) continue;
    const started = performance.now();
    const before = { runs, failed };
    const one = async (ablation: Parameters<Measure['run']>[0], mode: HeaderMode): Promise<void> => {
      if (kinds !== undefined && !kinds.includes(ablation.kind)) return;
      const outcome = await measure.run(ablation, mode);
      if (outcome === undefined) return;
      runs++;
      for (const [key, count] of outcome.verdict.given) given.set(key, (given.get(key) ?? 0) + count);
      if (outcome.verdict.wrong.length > 0) failed++;
      for (const wrong of outcome.verdict.wrong) note(tally, wrong, `${name} | ${ablation.label} | ${mode}`, ablation.kind);
    };
    if (values.fixed) for (const ablation of measure.fixed()) for (const mode of MODES) await one(ablation, mode);
    const first = Number(values.first);
    for (let seed = first; seed < first + Number(values.seeds); seed++) {
      for (const [index, ablation] of measure.seeded(seed).entries()) await one(ablation, MODES[(seed + index) % 3] as HeaderMode);
    }
    measure.close();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${name}: ${runs - before.runs} ablations, ${failed - before.failed} with a wrong answer, ${seconds} s`);
  }
  console.log(`\n${runs} ablations, ${failed} with a wrong answer`);
  for (const [key, { wrong, exact, example }] of [...tally].sort((a, b) => b[1].wrong - a[1].wrong)) {
    console.log(`${String(wrong).padStart(6)} (${exact} exact)  ${key}\n          ${example}`);
  }
  console.log('\ngiven:', [...given].map(([key, count]) => `${key} ${count}`).join(', '));
}

function note(tally: Map<string, Tally>, wrong: Wrong, where: string, kind: string): void {
  const key = values.verbose ? `${wrong.what}.${wrong.field} [${kind}]` : `${wrong.what}.${wrong.field}`;
  const example = `${where} | of ${wrong.of}: said ${String(wrong.said)}, truth ${String(wrong.truth)}`;
  const entry = tally.get(key) ?? { wrong: 0, exact: 0, example };
  entry.wrong++;
  if (wrong.exact) entry.exact++;
  tally.set(key, entry);
  if (values.jsonl !== undefined) appendFileSync(values.jsonl, `${JSON.stringify({ ...wrong, kind, where })}\n`);
}

await main();
