/** What people read about one capture: the stories of `why` and the rows and findings of every analysis, with the lines of the whole capture. */
import type { Store } from '../../src/store/store.js';
import type { AnalysisResult, Chain, Row } from '../../src/trace/result.js';
import type { LineOf } from './answers.js';
import type { Engine } from './parts.js';
import type { Chance } from './random.js';
import { type Says, stepSays } from './words.js';

/** One question to `why` or critical-path, so that part and whole are asked the same. Lines are those of the whole capture. */
export type Ask =
  | { readonly of: 'life'; readonly pid: number; readonly effects: boolean }
  | { readonly of: 'line'; readonly line: number; readonly effects: boolean }
  | { readonly of: 'path'; readonly line: number };

export interface StepLine {
  readonly line: number;
  readonly kind: string;
  readonly text: string;
  readonly exact: boolean;
}

export interface Story {
  readonly verdict: string;
  readonly steps: readonly StepLine[];
  readonly gaps: Chain['gaps'];
  readonly choices: number;
}

export interface Told {
  /** Every sentence about an event: `line kind` -> the texts for the tasks that it concerns. */
  readonly steps: ReadonlyMap<string, readonly StepLine[]>;
  /** What the sentences of a kind say. */
  readonly byKind: ReadonlyMap<string, readonly Says[]>;
  readonly stories: ReadonlyMap<string, Story>;
  readonly paths: ReadonlyMap<string, readonly Row[]>;
  readonly analyses: ReadonlyMap<string, AnalysisResult>;
  /** Signals by line of their signal_generate: when. */
  readonly sent: readonly { readonly ts: number; readonly line: number }[];
  readonly losses: number;
}

const keyOf = (ask: Ask): string =>
  ask.of === 'life'
    ? `why --pid ${ask.pid}${ask.effects ? ' --effects' : ''}`
    : `${ask.of === 'path' ? 'critical-path' : 'why'} --line ${ask.line}${ask.of === 'line' && ask.effects ? ' --effects' : ''}`;

/** Those that are held against the whole. */
const JUDGED = new Set(['chains', 'deaths', 'zombies', 'sched', 'wakeups', 'signal-pairs', 'storms']);

/** `own` finds the line of this text that a line of the whole capture has become; 0 when it is gone. */
export async function readTold(
  engine: Engine,
  store: Store,
  asks: readonly Ask[],
  lineOf: LineOf,
  own: (line: number) => number,
): Promise<Told> {
  const origin = new Map<number, number>();
  const steps = new Map<string, StepLine[]>();
  for (const row of await store.rows(
    'SELECT s.event_id, s.kind, s.text, s.confidence FROM story_step s WHERE s.event_id IS NOT NULL',
  )) {
    const line = lineOf(Number(row.event_id)) as number;
    const step = { line, kind: String(row.kind), text: String(row.text), exact: row.confidence === 'exact' };
    const key = `${line} ${step.kind}`;
    steps.set(key, [...(steps.get(key) ?? []), step]);
  }
  for (const row of await store.rows('SELECT event_id, line_no FROM event_row'))
    origin.set(Number(row.line_no), lineOf(Number(row.event_id)) as number);
  const byKind = new Map<string, Says[]>();
  for (const { kind, text } of [...steps.values()].flat())
    byKind.set(kind, [...(byKind.get(kind) ?? []), stepSays(kind, text) ?? {}]);
  const events = await engine.eventNames(store);
  const read = (sql: string, values: Parameters<Store['rows']>[1]): Promise<Row[]> => store.rows(sql, values);
  const analyses = new Map<string, AnalysisResult>();
  for (const analysis of engine.analyses) {
    if (!JUDGED.has(analysis.id)) continue;
    const result = await engine.runAnalysis(read, analysis, {}, events);
    if (result.status === 'failed') throw new Error(`${analysis.id}: ${result.error}`);
    analyses.set(analysis.id, inLines(result, origin));
  }
  const stories = new Map<string, Story>();
  const paths = new Map<string, readonly Row[]>();
  for (const ask of asks) {
    if (ask.of === 'life') {
      const [seen] = await store.rows('SELECT count(*) AS lives FROM task WHERE pid = $pid', { pid: ask.pid });
      if (Number(seen?.lives) > 0)
        stories.set(keyOf(ask), inStory(await engine.explain(store, { pid: ask.pid, effects: ask.effects }), lineOf));
    } else if (own(ask.line) > 0) {
      const line = own(ask.line);
      if (ask.of === 'line')
        stories.set(keyOf(ask), inStory(await engine.explain(store, { line, effects: ask.effects }), lineOf));
      else {
        const path = engine.analyses.find(({ id }) => id === 'critical-path') as Engine['analyses'][number];
        const result = await engine.runAnalysis(read, path, { line, turns: 8 }, events);
        paths.set(keyOf(ask), inLines(result, origin).rows);
      }
    }
  }
  const sent = (
    await store.rows(
      'SELECT generate_ts AS ts, generate_event_id AS id FROM signal WHERE generate_event_id IS NOT NULL',
    )
  ).map(({ ts, id }) => ({ ts: Number(ts), line: lineOf(Number(id)) as number }));
  const [lost] = await store.rows('SELECT count(*) AS losses FROM loss');
  return { steps, byKind, stories, paths, analyses, sent, losses: Number(lost?.losses) };
}

const inStory = (chain: Chain, lineOf: LineOf): Story => ({
  verdict: chain.verdict,
  steps: chain.steps.map(({ event_id, kind, text, confidence }) => ({
    line: lineOf(event_id) as number,
    kind,
    text,
    exact: confidence === 'exact',
  })),
  gaps: chain.gaps,
  choices: chain.choices?.length ?? 1,
});

/** Rows and findings with the lines of the whole capture. */
function inLines(result: AnalysisResult, origin: ReadonlyMap<number, number>): AnalysisResult {
  const places = result.columns.filter(({ unit }) => unit === 'line').map(({ name }) => name);
  const rows = result.rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      places.map((name) => [name, row[name] === null ? null : (origin.get(Number(row[name])) ?? null)]),
    ),
  }));
  const findings = result.findings.map((finding) => ({
    ...finding,
    lines: finding.lines.map((line) => origin.get(line) ?? 0),
  }));
  return { ...result, rows, findings };
}

const MOST_ASKS = 10;

/** Whom and what to ask about: those that ended first, then others by chance. */
export async function asksFor(store: Store, lineOf: LineOf, luck: Chance): Promise<Ask[]> {
  const lives = await store.rows(
    `SELECT pid, max(death IN ('killed', 'dumped'))::INTEGER + max(exit_ts IS NOT NULL)::INTEGER AS weight FROM task WHERE pid > 0 GROUP BY pid ORDER BY weight DESC, pid`,
  );
  const turns = await store.rows(
    `SELECT DISTINCT event_id FROM (
       SELECT to_event_id AS event_id FROM link UNION ALL SELECT from_event_id FROM link) ORDER BY event_id`,
  );
  const switches = await store.rows(
    'SELECT DISTINCT in_event_id AS event_id FROM sched WHERE in_event_id IS NOT NULL ORDER BY event_id',
  );
  const some = (rows: readonly Row[], count: number): Row[] =>
    Array.from({ length: rows.length === 0 ? 0 : count }, () => luck.pick(rows));
  const pids = new Set([...lives.slice(0, MOST_ASKS / 2), ...some(lives, MOST_ASKS / 2)].map(({ pid }) => Number(pid)));
  const lines = (rows: readonly Row[]): number[] => [
    ...new Set(rows.map(({ event_id }) => lineOf(Number(event_id)) as number)),
  ];
  return [
    ...[...pids].flatMap((pid) => [false, true].map((effects) => ({ of: 'life' as const, pid, effects }))),
    ...lines(some(turns, MOST_ASKS)).map((line, index) => ({ of: 'line' as const, line, effects: index % 3 === 0 })),
    ...lines(some(switches, MOST_ASKS / 2)).map((line) => ({ of: 'path' as const, line })),
  ];
}
