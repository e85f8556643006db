/**
 * The long measurement: ablations of every capture below the given folders, against the answers of the whole captures.
 *
 *   npm run ablation -- DIR... [--seconds N] [--seed S] [--only NAME,..] [--kinds KIND,..] [--fixed] [--single] [--jsonl FILE]
 *
 * --seconds ends it, else one seed of every capture is run; --fixed adds what is the same for every seed (each event type, CPU,
 * task ...), --single each record around a death by itself. Exit code 1 when an answer became wrong.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Ablation } from './ablations.js';
import { HEADER_MODES } from './capture-text.js';
import type { Wrong } from './compare.js';
import { Measure } from './engine.js';
import { readFacts } from './facts.js';
import type { Engine } from './parts.js';
import { chance } from './random.js';

const MOST_BYTES = 2_000_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    kinds: { type: 'string' },
    fixed: { type: 'boolean', default: false },
    single: { type: 'boolean', default: false },
    jsonl: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
  },
});

async function loadEngine(dist: string): Promise<Engine> {
  const part = (path: string): Promise<unknown> => import(new URL(`file://${resolve(dist, path)}`).href);
  return {
    ...((await part('store/store.js')) as Pick<Engine, 'Store'>),
    ...((await part('app/import-trace.js')) as Pick<Engine, 'importTrace'>),
    ...((await part('store/event-views.js')) as Pick<Engine, 'createEventViews'>),
    ...((await part('model/build.js')) as Pick<Engine, 'buildModel'>),
    ...((await part('index.js')) as Pick<Engine, 'explain' | 'analyses' | 'runAnalysis' | 'eventNames'>),
  };
}

const nameOf = (path: string): string => (basename(path) === 'trace' ? basename(dirname(path)) : basename(path));

function findCaptures(folders: readonly string[]): string[] {
  const only = values.only?.split(',');
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => (basename(path) === 'trace' || path.endsWith('.trace')) && statSync(path).isFile())
    .filter((path) => statSync(path).size < MOST_BYTES && !existsSync(join(dirname(path), 'refuse')))
    .filter((path) => only === undefined || only.includes(nameOf(path)))
    .sort();
}

interface Tally {
  wrong: number;
  exact: number;
  readonly where: Set<string>;
  readonly example: string;
}

class Account {
  readonly tally = new Map<string, Tally>();
  readonly given = new Map<string, number>();
  runs = 0;
  failed = 0;

  add(
    name: string,
    ablation: Ablation,
    mode: string,
    wrong: readonly Wrong[],
    given: ReadonlyMap<string, number>,
  ): void {
    this.runs++;
    if (wrong.length > 0) this.failed++;
    for (const [key, count] of given) this.given.set(key, (this.given.get(key) ?? 0) + count);
    for (const one of wrong) {
      const where = `${name} | ${ablation.label} | ${mode}`;
      const key = `${one.what}.${one.field} [${ablation.kind}]`;
      const example = `${where} | of ${one.of}: said ${String(one.said)}, truth ${String(one.truth)}`;
      const entry = this.tally.get(key) ?? { wrong: 0, exact: 0, where: new Set(), example };
      entry.wrong++;
      if (one.exact) entry.exact++;
      entry.where.add(where);
      this.tally.set(key, entry);
      if (values.jsonl !== undefined)
        appendFileSync(values.jsonl, `${JSON.stringify({ ...one, kind: ablation.kind, where })}\n`);
    }
  }

  print(): void {
    console.log(`\n${this.runs} ablations, ${this.failed} with a wrong answer`);
    for (const [key, { wrong, exact, where, example }] of [...this.tally].sort(
      (a, b) => b[1].where.size - a[1].where.size,
    )) {
      console.log(`${String(wrong).padStart(6)} (${exact} exact) in ${where.size}  ${key}\n          ${example}`);
    }
    console.log('\ngiven:', [...this.given].map(([key, count]) => `${key} ${count}`).join(', '));
  }
}

function plan(measure: Measure, seed: number, first: boolean): Ablation[] {
  const kinds = values.kinds?.split(',');
  return [
    ...measure.seeded(seed),
    ...(first && values.fixed ? measure.fixed() : []),
    ...(first && values.single ? measure.single() : []),
  ].filter((ablation) => kinds?.includes(ablation.kind) ?? true);
}

async function one(engine: Engine, path: string, seed: number, until: number, account: Account): Promise<void> {
  const text = readFileSync(path, 'latin1');
  let measure: Measure;
  try {
    measure = await Measure.of(engine, text, readFacts(path));
  } catch (error) {
    console.log(`${nameOf(path)}: cannot be imported (${(error as Error).message})`);
    return;
  }
  const before = { runs: account.runs, failed: account.failed };
  const started = performance.now();
  if (measure.capture.units.length >= 10) {
    for (const [index, ablation] of plan(measure, seed, seed === Number(values.seed)).entries()) {
      if (performance.now() > until) break;
      const mode = HEADER_MODES[(seed + index) % HEADER_MODES.length] as (typeof HEADER_MODES)[number];
      const outcome = await measure.run(ablation, mode);
      if (outcome !== undefined)
        account.add(nameOf(path), ablation, mode, outcome.verdict.wrong, outcome.verdict.given);
    }
  }
  measure.close();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${nameOf(path)}: seed ${seed}, ${account.runs - before.runs} ablations, ${account.failed - before.failed} with a wrong answer, ${seconds} s`,
  );
}

async function main(): Promise<void> {
  if (positionals.length === 0) throw new Error('which folders? npm run ablation -- DIR...');
  const engine = await loadEngine(values.dist);
  const until = performance.now() + Number(values.seconds) * 1000;
  const account = new Account();
  const captures = findCaptures(positionals);
  const first = Number(values.seed);
  for (let seed = first; seed === first || (Number.isFinite(until) && performance.now() < until); seed++) {
    const luck = chance(`order ${seed}`);
    const order = captures.map((path) => ({ path, at: luck.next() })).sort((a, b) => a.at - b.at);
    for (const { path } of order) if (performance.now() < until) await one(engine, path, seed, until, account);
  }
  account.print();
  if (account.failed > 0) process.exitCode = 1;
}

await main();
