/** How the processes of a capture ended: as verdicts, and the most telling of them as chains. */
import { readFileSync } from 'node:fs';
import { formatCount } from '../../base/format-time.js';
import type { ReportChain } from '../../report/report-input.js';
import type { Store } from '../../store/store.js';
import type { Finding } from '../../trace/result.js';
import { explainLife } from '../explain/index.js';
import type { ReportScope } from './scope.js';

interface End {
  readonly task_id: number;
  readonly death: string;
  readonly title: string;
  readonly verdict: string;
  readonly confidence: Finding['confidence'];
  /** Line numbers, joined by commas. */
  readonly lines: string | null;
}

export interface Ends {
  readonly verdicts: Finding[];
  readonly chains: ReportChain[];
}

/** Chains are long: all kills up to a number, exits only while there are few chains. */
const MAX_KILLED = 20;
const MAX_CHAINS = 6;

const SQL = readFileSync(new URL('./chains.sql', import.meta.url), 'utf8');

export async function reportEnds(store: Store, capture: number, { pid, since, until }: ReportScope): Promise<Ends> {
  const parameters = { capture, pid: pid ?? null, since: since ?? null, until: until ?? null };
  const ends = (await store.rows(SQL, parameters)) as unknown as End[];
  const killed = ends.filter((end) => end.death !== 'exited');
  const exited = ends.filter((end) => end.death === 'exited');
  const told = killed.slice(0, MAX_KILLED);
  told.push(...exited.slice(0, Math.max(0, MAX_CHAINS - told.length)));
  const chains: ReportChain[] = [];
  for (const end of told) {
    chains.push({ title: end.title, task_id: end.task_id, chain: await explainLife(store, end.task_id) });
  }
  return { verdicts: [...killed.map(killedVerdict), ...exitedVerdict(exited, killed.length)], chains };
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
