/**
 * Matchers for people who test in TypeScript; vitest is theirs (an optional peer).
 *
 *   import { openTrace } from 'ftrail/vitest';
 *   const trace = await openTrace('run.trace');
 *   await expect(trace).toHaveReaped('a.out');
 *   await expect(trace).toMatchRules('rules.yaml');
 *   trace.close();
 *
 * A capture that cannot tell satisfies neither a matcher nor its `.not`.
 */
import { expect } from 'vitest';
import { judgeStore, readRules, rulesOfText } from './app/check/run-check.js';
import { type OpenCaptureOptions, openCapture } from './app/open-capture.js';
import { verdictText } from './check/format/text.js';
import type { RuleSet } from './check/rules/load-rules.js';
import { wholeVerdict } from './check/verdict.js';
import type { Store } from './store/store.js';

/** A capture that is open for questions. */
export interface Trace {
  /** As it was named; messages and commands name it so. */
  readonly name: string;
  readonly store: Store;
  close(): void;
}

/** Opens trace text (plain, .gz, .zst) or a store. Close it in the end. */
export async function openTrace(path: string, options: OpenCaptureOptions = {}): Promise<Trace> {
  const { store, close } = await openCapture(path, options);
  return { name: path, store, close };
}

/** What may stand under `assert` in a rules file, e.g. `{ never: 'sched_process_hang' }`. */
export type Assertion = Readonly<Record<string, unknown>>;
/** What may stand beside `process` in a rules file, e.g. `{ death: 'exited', exit_code: 0 }`. */
export type ProcessTraits = Readonly<Record<string, unknown>>;

export interface RulesOptions {
  readonly vars?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}

interface Matched {
  readonly pass: boolean;
  message(): string;
}

interface Context {
  readonly isNot: boolean;
}

async function judge(context: Context, received: unknown, rules: () => Promise<RuleSet>): Promise<Matched> {
  if (!isTrace(received)) {
    return { pass: context.isNot, message: () => 'expected a trace: await openTrace(path) from ftrail/vitest' };
  }
  const verdict = wholeVerdict(
    await inTurn(received, async () => judgeStore(received.store, received.name, await rules())),
  );
  const judged = verdict.captures
    .flatMap((capture) => capture.rules)
    .filter((rule) => rule.status === 'passed' || rule.fails);
  const unknown = judged.some((rule) => rule.status === 'not-applicable');
  const passed = verdict.verdict === 'passed';
  return {
    // What the capture cannot tell is no failure that .not could ask for.
    pass: unknown && judged.every((rule) => rule.status !== 'failed') ? context.isNot : passed,
    message: () => verdictText(verdict, { color: false, github: false }),
  };
}

const turns = new WeakMap<Trace, Promise<unknown>>();

/** One after the other: a store has one transaction at a time, and nobody keeps a test from starting two expectations. */
function inTurn<T>(trace: Trace, work: () => Promise<T>): Promise<T> {
  const before = turns.get(trace) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(trace, mine);
  return mine;
}

const isTrace = (value: unknown): value is Trace =>
  typeof value === 'object' && value !== null && 'store' in value && 'close' in value && 'name' in value;

/** JSON is YAML, so a rule given as a value goes the way of every rule. */
const ruleOf = (name: string, assert: Assertion): (() => Promise<RuleSet>) => {
  const text = JSON.stringify({ rules: [{ name, assert }] });
  return () => rulesOfText(text, 'the expectation');
};

const ended = (comm: string, traits: ProcessTraits): Assertion => ({ process: comm, ...traits });

expect.extend({
  toMatchRules(received: unknown, path: string, options: RulesOptions = {}) {
    const { vars = {}, tags = [] } = options;
    return judge(this, received, () => readRules({ path, compares: false, vars, tags }));
  },
  toHold(received: unknown, assert: Assertion) {
    return judge(this, received, ruleOf('it holds', assert));
  },
  toHaveReaped(received: unknown, comm: string, traits: ProcessTraits = {}) {
    return judge(this, received, ruleOf(`${comm} is reaped`, ended(comm, { reaped: true, ...traits })));
  },
  toHaveProcess(received: unknown, comm: string, traits: ProcessTraits = {}) {
    const some = Object.keys(traits).length === 0 ? { count: { min: 1 } } : traits;
    return judge(this, received, ruleOf(`process ${comm}`, ended(comm, some)));
  },
  toHaveEvent(received: unknown, event: string, where?: string) {
    return judge(this, received, ruleOf(`there is a ${event}`, { eventually: term(event, where) }));
  },
  toNeverHaveEvent(received: unknown, event: string, where?: string) {
    return judge(this, received, ruleOf(`there is no ${event}`, { never: term(event, where) }));
  },
  toHaveLostNothing(received: unknown) {
    return judge(this, received, ruleOf('no event is lost', { lost_events: 0 }));
  },
});

const term = (event: string, where: string | undefined): Assertion =>
  where === undefined ? { event } : { event, where };

interface TraceMatchers<R> {
  /** Every rule of the file holds. */
  toMatchRules(path: string, options?: RulesOptions): Promise<R>;
  /** One assertion holds, as it would stand under `assert` in a rules file. */
  toHold(assert: Assertion): Promise<R>;
  /** Every process of this name was reaped, and has these traits. */
  toHaveReaped(comm: string, traits?: ProcessTraits): Promise<R>;
  /** There are processes of this name, and each has these traits. */
  toHaveProcess(comm: string, traits?: ProcessTraits): Promise<R>;
  /** The event happened, where a SQL condition over its columns held. */
  toHaveEvent(event: string, where?: string): Promise<R>;
  /** The event did not happen; the capture must be able to show it. */
  toNeverHaveEvent(event: string, where?: string): Promise<R>;
  /** The kernel wrote nothing that is not in the capture. */
  toHaveLostNothing(): Promise<R>;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration must be that of vitest
  interface Matchers<T = any> extends TraceMatchers<T> {}
}
