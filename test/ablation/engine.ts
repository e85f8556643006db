/** One capture, whole and in parts: what each part says is held against the whole. */
import type { Store } from '../../src/store/store.js';
import { type Ablation, fixedAblations, seededAblations, singleAblations } from './ablations.js';
import { type Answers, readAnswers } from './answers.js';
import { type CaptureText, cut, type HeaderMode, readCapture } from './capture-text.js';
import { compare, type Verdict, type Wrong } from './compare.js';
import { compareTold, type Kept } from './compare-told.js';
import { type Fact, wrongFacts } from './facts.js';
import type { Engine } from './parts.js';
import { chance } from './random.js';
import { type Ask, asksFor, readTold, type Told } from './told.js';

/**
 * One store in memory, emptied and filled again: the schema and the typed relations, which take longer than the model of a
 * small capture, are made once.
 */
class Bench {
  private readonly engine: Engine;
  private readonly store: Store;

  private constructor(engine: Engine, store: Store) {
    this.engine = engine;
    this.store = store;
  }

  static async of(engine: Engine, text: string): Promise<Bench> {
    const bench = new Bench(engine, await engine.Store.create(':memory:', { threads: 1 }));
    await bench.load(text);
    await engine.createEventViews(bench.store);
    await engine.buildModel(bench.store);
    return bench;
  }

  /** Answers of this text (latin-1) and of no other. */
  async answers(text: string, origin?: readonly number[]): Promise<Answers> {
    const filled = await this.store.rows(
      "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT temporary AND table_name NOT IN ('meta')",
    );
    await this.store.run(filled.map((row) => `TRUNCATE ${String(row.table_name)}`).join(';'));
    await this.load(text);
    await this.engine.buildModel(this.store);
    return readAnswers(this.store, origin);
  }

  /** What people read about the text just answered for. */
  told(asks: readonly Ask[], answers: Answers, own: (line: number) => number): Promise<Told> {
    return readTold(this.engine, this.store, asks, answers.lineOf, own);
  }

  asks(answers: Answers, seed: string): Promise<Ask[]> {
    return asksFor(this.store, answers.lineOf, chance(`asks ${seed}`));
  }

  /** What the answers just given say against these facts. */
  wrongFacts(facts: readonly Fact[]): Promise<Wrong[]> {
    return wrongFacts(this.store, facts);
  }

  private async load(text: string): Promise<void> {
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text, 'latin1');
    };
    await this.engine.importTrace(this.store, { name: 'trace', chunks: chunks() });
  }

  close(): void {
    this.store.close();
  }
}

/** Stories that are read of each part. */
const ASKS = 4;

export interface Outcome {
  readonly ablation: Ablation;
  readonly mode: HeaderMode;
  readonly verdict: Verdict;
}

export class Measure {
  readonly capture: CaptureText;
  readonly truth: Answers;
  private readonly bench: Bench;
  private readonly facts: readonly Fact[];

  private readonly asks: readonly Ask[];
  private readonly told: Told;

  private constructor(
    bench: Bench,
    capture: CaptureText,
    truth: Answers,
    facts: readonly Fact[],
    asks: readonly Ask[],
    told: Told,
  ) {
    this.bench = bench;
    this.asks = asks;
    this.told = told;
    this.facts = facts;
    this.capture = capture;
    this.truth = truth;
  }

  static async of(engine: Engine, text: string, facts: readonly Fact[] = []): Promise<Measure> {
    const bench = await Bench.of(engine, text);
    const truth = await bench.answers(text);
    const asks = await bench.asks(truth, String(text.length));
    const told = await bench.told(asks, truth, (line) => line);
    return new Measure(bench, readCapture(text, truth.starts), truth, facts, asks, told);
  }

  fixed(): Ablation[] {
    return fixedAblations(this.capture);
  }

  single(): Ablation[] {
    return singleAblations(this.capture);
  }

  seeded(seed: number): Ablation[] {
    return seededAblations(this.capture, seed);
  }

  /** undefined when nothing is left to import. */
  async run(ablation: Ablation, mode: HeaderMode): Promise<Outcome | undefined> {
    const { text, origin, lastLine } = cut(this.capture, ablation.keep, mode);
    if (!this.capture.units.some((unit) => ablation.keep[unit.from])) return undefined;
    const part = await this.bench.answers(text, origin);
    const own = new Map(origin.map((line, at) => [line, at]));
    const kept: Kept = {
      first: this.capture.units.find((unit) => ablation.keep[unit.from])?.from ?? 0,
      last: lastLine,
      has: (line) => ablation.keep[line - 1] === true,
    };
    const luck = chance(`${ablation.label} ${mode}`);
    const asks = Array.from({ length: Math.min(ASKS, this.asks.length) }, () => luck.pick(this.asks));
    const told = await this.bench.told(asks, part, (line) => (kept.has(line) ? (own.get(line) ?? 0) : 0));
    const { wrong, given } = compare(this.truth, part, lastLine);
    const counts = new Map(given);
    const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    const said = compareTold({ answers: this.truth, told: this.told }, { answers: part, told }, kept, count);
    return {
      ablation,
      mode,
      verdict: { wrong: [...wrong, ...said, ...(await this.bench.wrongFacts(this.facts))], given: counts },
    };
  }

  /** Other answers of the same lines against those of this capture. */
  judge(part: Answers): Verdict {
    return compare(this.truth, part, this.capture.lines.length);
  }

  close(): void {
    this.bench.close();
  }
}
