/** How the processes of a capture ended: as verdicts, and the most telling of them as chains. */

import { readFileSync } from 'node:fs';
import type { CaptureId } from '../../analyses/run.js';
import { formatCount } from '../../base/format-time.js';
import type { ChainCause, ReportChain } from '../../report/report-input.js';
import type { Store } from '../../store/store.js';
import type { Chain, Finding } from '../../trace/result.js';
import { signalName } from '../../trace/signals.js';
import { explainLife } from '../explain/index.js';
import type { ReportScope } from './scope.js';

interface End {
  readonly task_id: number;
  readonly death: string;
  readonly exit_signal: number | null;
  readonly title: string;
  readonly verdict: string;
  readonly confidence: Finding['confidence'];
  /** Line numbers, joined by commas. */
  readonly lines: string | null;
}

export interface Ends {
  /** All kills in one sentence, where there are many. */
  readonly summary: Finding | null;
  readonly kills: Finding[];
  readonly exits: Finding[];
  readonly chains: ReportChain[];
}

/** Chains are long: all kills up to a number, exits only while there are few chains. */
const MAX_KILLED = 20;
const MAX_CHAINS = 6;

/** From this many kills on, one sentence tells of all before each has its own. */
const MANY_KILLS = 4;

const sql = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

export async function reportEnds(store: Store, capture: CaptureId, { pid, since, until }: ReportScope): Promise<Ends> {
  const parameters = { capture, pid: pid ?? null, since: since ?? null, until: until ?? null };
  const ends = (await store.rows(sql('chains'), parameters)) as unknown as End[];
  const killed = ends.filter((end) => end.death !== 'exited');
  const exited = ends.filter((end) => end.death === 'exited');
  const told = killed.slice(0, MAX_KILLED);
  told.push(...exited.slice(0, Math.max(0, MAX_CHAINS - told.length)));
  const chains: Omit<ReportChain, 'causes'>[] = [];
  for (const end of told) {
    chains.push({ title: end.title, task_id: end.task_id, chain: await explainLife(store, end.task_id) });
  }
  const causes = await chainCauses(store, capture, chains);
  return {
    summary: killed.length < MANY_KILLS ? null : killedSummary(killed),
    kills: killed.map(killedVerdict),
    exits: exitedVerdict(exited, killed.length),
    chains: chains.map((one) => ({ ...one, causes: causesWithin(one.chain, causes) })),
  };
}

async function chainCauses(
  store: Store,
  capture: CaptureId,
  chains: readonly Omit<ReportChain, 'causes'>[],
): Promise<ChainCause[]> {
  const ids = new Set(chains.flatMap(({ chain }) => chain.steps.map((step) => step.event_id)));
  if (ids.size === 0) return [];
  const statement = sql('chain-causes').replaceAll(':ids', [...ids].join(', '));
  return (await store.rows(statement, { capture })) as unknown as ChainCause[];
}

function causesWithin({ steps }: Chain, causes: readonly ChainCause[]): ChainCause[] {
  const ids = new Set(steps.map((step) => step.event_id));
  return causes.filter((cause) => ids.has(cause.from_event_id) && ids.has(cause.to_event_id));
}

/** `147 processes were killed: 80 by SIGKILL, 67 by SIGTERM`. */
function killedSummary(killed: readonly End[]): Finding {
  const counts = new Map<string, number>();
  for (const { exit_signal } of killed) {
    const name =
      exit_signal === null ? 'a signal that is not shown' : (signalName(exit_signal) ?? `signal ${exit_signal}`);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const words = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => `${formatCount(count)} by ${name}`);
  const by = counts.size === 1 ? `, all by ${[...counts.keys()].join('')}` : `: ${words.join(', ')}`;
  return {
    severity: 'bad',
    text: `${formatCount(killed.length)} processes were killed${by}`,
    lines: killed.slice(0, 6).flatMap((end) => linesOf(end).slice(-1)),
    confidence: killed.every((end) => end.confidence === 'exact') ? 'exact' : 'inferred',
  };
}

const linesOf = ({ lines }: End): number[] =>
  lines === null
    ? []
    : lines
        .split(',')
        .map(Number)
        .sort((a, b) => a - b);

const killedVerdict = (end: End): Finding => ({
  severity: 'bad',
  text: end.verdict,
  lines: linesOf(end),
  confidence: end.confidence,
});

function exitedVerdict(exited: readonly End[], killed: number): Finding[] {
  const [only, another] = exited;
  if (only === undefined) return [];
  if (another === undefined) {
    return [{ severity: 'info', text: only.verdict, lines: linesOf(only), confidence: only.confidence }];
  }
  const text = `${formatCount(exited.length)} processes exited by themselves${killed === 0 ? '; none is seen to be killed' : ''}`;
  return [
    {
      severity: 'info',
      text,
      lines: exited.slice(0, 6).flatMap((end) => linesOf(end).slice(0, 1)),
      confidence: 'exact',
    },
  ];
}
