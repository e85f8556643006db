/** What processes did: only these paths, no signal but that one, none of those syscalls. */
import { readFileSync } from 'node:fs';
import type { Row } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import type { OnlySource } from '../rules/rule-shape.js';
import type { Evidence, Outcome } from '../verdict.js';
import { type Events, missingOf, missingText } from './needs.js';
import { failed, joinOutcomes, matchesAny, notApplicable, passed, plural, SHOWN } from './words.js';

export interface Fact {
  readonly name: 'signals' | 'opens' | 'execs' | 'syscalls' | 'errors';
  readonly one: string;
  /** One of which the capture shows that it was, and not what. */
  readonly nameless: string;
  readonly namelessMany: string;
  readonly paths: boolean;
  readonly needs: readonly (readonly string[])[];
}

const SYSCALLS = [['sys_enter_*'], ['sys_exit_*']];

export const FACTS: readonly Fact[] = [
  {
    name: 'signals',
    one: 'signal',
    nameless: 'signal without a name',
    namelessMany: 'signals without a name',
    paths: false,
    needs: [['signal_generate'], ['signal_deliver']],
  },
  // A probe that shows paths may have any name; without one and without the calls nothing was opened that could be seen.
  {
    name: 'opens',
    one: 'path',
    nameless: 'open without a path',
    namelessMany: 'opens without a path',
    paths: true,
    needs: [['sys_enter_open*'], ['sys_exit_open*']],
  },
  {
    name: 'execs',
    one: 'path',
    nameless: 'exec without a path',
    namelessMany: 'execs without a path',
    paths: true,
    needs: [['sched_process_exec']],
  },
  {
    name: 'syscalls',
    one: 'syscall',
    nameless: 'syscall without a name',
    namelessMany: 'syscalls without a name',
    paths: false,
    needs: SYSCALLS,
  },
  {
    name: 'errors',
    one: 'error',
    nameless: 'error without a name',
    namelessMany: 'errors without a name',
    paths: false,
    needs: [['sys_exit_*']],
  },
];

const SQL = readFileSync(new URL('./process-facts.sql', import.meta.url), 'utf8');

export async function judgeFacts(
  capture: CheckCapture,
  kind: Fact,
  wanted: OnlySource,
  { comm }: { readonly comm: string },
  events: Events,
): Promise<Outcome> {
  const parameters = { comm, kind: kind.name };
  const missing = missingOf(kind.needs, events);
  const [seen] = await capture.rows(
    `SELECT count(*) AS n, coalesce(sum(n) FILTER (word IS NULL), 0) AS blank FROM (${SQL})`,
    parameters,
  );
  if (missing.length > 0 && Number(seen?.n) === 0) {
    return notApplicable({ expected: `${kind.name} as the rule says`, found: missingText(missing, events) });
  }
  const outcomes: Outcome[] = [];
  const blank = Number(seen?.blank);
  if (wanted.only !== undefined) {
    const but = wanted.only.length === 0 ? '' : ` but ${wanted.only.join(', ')}`;
    const unlike = `NOT ${matchesAny('word', wanted.only, kind.paths)}`;
    outcomes.push(await judgeNone(capture, kind, unlike, `no ${kind.one}${but}`, blank, parameters));
  }
  if (wanted.never !== undefined) {
    const like = matchesAny('word', wanted.never, kind.paths);
    outcomes.push(
      await judgeNone(capture, kind, like, `never ${kind.one} ${wanted.never.join(', ')}`, blank, parameters),
    );
  }
  for (const glob of wanted.includes ?? []) {
    const [row] = await capture.rows(
      `SELECT coalesce(sum(n), 0) AS n FROM (${SQL}) WHERE ${matchesAny('word', [glob], kind.paths)}`,
      parameters,
    );
    const told = { expected: `${kind.one} ${glob}`, found: plural(Number(row?.n), 'time') };
    outcomes.push(Number(row?.n) > 0 ? passed(told) : failed({ ...told, found: 'not once' }));
  }
  return joinOutcomes(outcomes);
}

async function judgeNone(
  capture: CheckCapture,
  kind: Fact,
  condition: string,
  expected: string,
  blank: number,
  parameters: { readonly comm: string; readonly kind: string },
): Promise<Outcome> {
  const [counts] = await capture.rows(
    `SELECT count(DISTINCT word) AS words, coalesce(sum(n), 0) AS n FROM (${SQL}) WHERE ${condition}`,
    parameters,
  );
  if (Number(counts?.n) > 0) {
    const rows = await capture.rows(
      `SELECT * FROM (${SQL}) WHERE ${condition} ORDER BY line_no, pid, word LIMIT ${SHOWN}`,
      parameters,
    );
    const rest = Number(counts?.words) - 1;
    const found = `${String(rows[0]?.word)}${rest > 0 ? ` and ${plural(rest, `other ${kind.one}`)}` : ''}`;
    return failed({ expected, found, evidence: rows.map(asEvidence), absence: true });
  }
  if (blank > 0) {
    const found = `${plural(blank, kind.nameless, kind.namelessMany)}, so the capture does not show which`;
    return notApplicable({ expected, found });
  }
  return passed({ expected, found: 'so it is', absence: true });
}

const asEvidence = (row: Row): Evidence => ({
  line_no: Number(row.line_no),
  text: `${row.comm} ${row.pid}: ${row.word}${Number(row.n) > 1 ? `, ${row.n} times` : ''}`,
});
