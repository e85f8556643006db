/** What is expected of the processes of a name. */
import { readFileSync } from 'node:fs';
import { formatDur } from '../../base/format-time.js';
import { literal } from '../../base/sql-text.js';
import type { Row } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import type { AssertionOf } from '../rules/rule-shape.js';
import type { Evidence, Outcome } from '../verdict.js';
import type { Events } from './needs.js';
import { FACTS, judgeFacts } from './process-facts.js';
import { judgeRange, rangeText } from './range.js';
import { failed, globPattern, joinOutcomes, notApplicable, passed, plural, SHOWN } from './words.js';

type Rule = AssertionOf<'process'>;

const SQL = readFileSync(new URL('./process.sql', import.meta.url), 'utf8');

/** A trait of each process: what it must be, and how a process that differs is told. */
interface Trait {
  readonly expected: string;
  /** Holds, fails, or NULL where the capture does not tell. */
  readonly condition: string;
  readonly told: (row: Row) => string;
  /** What to record so that it can be told. */
  readonly needs: string;
}

export async function judgeProcess(capture: CheckCapture, rule: Rule, events: Events): Promise<Outcome> {
  const parameters = { comm: `(?s)${globPattern(rule.process, false)}` };
  const [counted] = await capture.rows(`SELECT count(*) AS n FROM (${SQL})`, parameters);
  const number = Number(counted?.n);
  // That there is one is worth a word only where there is none.
  const outcomes = rule.count === undefined && number > 0 ? [] : [judgeNumber(rule, number)];
  if (number > 0) {
    for (const trait of traitsOf(rule)) outcomes.push(await judgeTrait(capture, trait, parameters));
    for (const kind of FACTS) {
      const wanted = rule[kind.name];
      if (wanted !== undefined) outcomes.push(await judgeFacts(capture, kind, wanted, parameters, events));
    }
  }
  const outcome = joinOutcomes(outcomes);
  return { ...outcome, expected: `${rule.process}: ${outcome.expected}`, more: moreOf(outcome, rule) };
}

const moreOf = ({ evidence }: Outcome, rule: Rule): string[] => {
  const pid = /^.* (\d+): /.exec(evidence[0]?.text ?? '')?.[1];
  return pid === undefined ? ['tasks', 'CAPTURE', '--comm', rule.process] : ['life', 'CAPTURE', '--pid', pid];
};

function judgeNumber({ count }: Rule, number: number): Outcome {
  const found = number === 0 ? 'no such process' : plural(number, 'process', 'processes');
  if (count === undefined) {
    const told = { expected: 'there is one', found };
    return number === 0 ? notApplicable(told) : passed(told);
  }
  const { holds, absence } = judgeRange(count, number);
  const told = { expected: rangeText(count, 'process', 'processes'), found, absence };
  return holds ? passed(told) : failed(told);
}

const TASK_EVENTS = 'its end (sched_process_exit, signal_generate or sys_enter_exit_group)';
const REAP_EVENTS = 'its reap (sys_exit_wait4 or sys_exit_waitid)';

function traitsOf(rule: Rule): Trait[] {
  const traits: Trait[] = [];
  const { death, exit_code, exit_signal, reaped, zombie, lifetime } = rule;
  if (death !== undefined) {
    const words = typeof death === 'string' ? [death] : death;
    traits.push({
      expected: `death ${words.join(' or ')}`,
      condition: `CASE WHEN death <> 'unknown' THEN death IN (${words.map(literal).join(', ')}) END`,
      told: (row) => (row.exit_signal === null ? String(row.death) : `${row.death} by ${row.exit_signal}`),
      needs: TASK_EVENTS,
    });
  }
  if (exit_code !== undefined) {
    traits.push({
      expected: `exit_code ${exit_code}`,
      condition: `CASE WHEN death IN ('killed', 'dumped', 'alive') THEN false ELSE exit_code = ${exit_code} END`,
      told: (row) => (row.exit_code === null ? String(row.death) : `exit_code ${row.exit_code}`),
      needs: 'its exit code (sys_enter_exit_group)',
    });
  }
  if (exit_signal !== undefined) {
    traits.push({
      expected: `exit_signal ${exit_signal}`,
      condition: `CASE WHEN death IN ('exited', 'alive') THEN false ELSE exit_signal = ${literal(exit_signal)} END`,
      told: (row) => (row.exit_signal === null ? String(row.death) : `exit_signal ${row.exit_signal}`),
      needs: TASK_EVENTS,
    });
  }
  if (reaped !== undefined) {
    traits.push({
      expected: reaped ? 'reaped' : 'not reaped',
      condition: `reaped = ${reaped}`,
      told: (row) => (row.reaped === true ? 'reaped' : 'not reaped'),
      needs: REAP_EVENTS,
    });
  }
  if (zombie !== undefined) traits.push(timeTrait('zombie', 'zombie', zombie.value, REAP_EVENTS));
  if (lifetime !== undefined) traits.push(timeTrait('lifetime', 'lifetime', lifetime.value, TASK_EVENTS));
  return traits;
}

const timeTrait = (word: string, column: string, limit: number, needs: string): Trait => ({
  expected: `${word} at most ${formatDur(limit)}`,
  condition: `${column} <= ${Math.round(limit)}`,
  told: (row) => `${word} ${formatDur(Number(row[column]))}`,
  needs,
});

async function judgeTrait(
  capture: CheckCapture,
  { expected, condition, told, needs }: Trait,
  parameters: { readonly comm: string },
): Promise<Outcome> {
  const [counts] = await capture.rows(
    `SELECT count(*) AS n, count(*) FILTER (NOT (${condition})) AS bad, count(*) FILTER ((${condition}) IS NULL) AS unknown FROM (${SQL})`,
    parameters,
  );
  const [total, bad, unknown] = [Number(counts?.n), Number(counts?.bad), Number(counts?.unknown)];
  const whose = (rows: readonly Row[]): Evidence[] =>
    rows.map((row) => ({
      line_no: row.line_no === null ? null : Number(row.line_no),
      text: `${row.comm} ${row.pid}: ${told(row)}`,
    }));
  if (bad > 0) {
    const rows = await capture.rows(
      `SELECT * FROM (${SQL}) WHERE NOT (${condition}) ORDER BY line_no, task_id LIMIT ${SHOWN}`,
      parameters,
    );
    const first = rows[0];
    const share = total === 1 ? '' : ` (${bad} of ${total})`;
    return failed({ expected, found: `${first === undefined ? '' : told(first)}${share}`, evidence: whose(rows) });
  }
  if (unknown > 0) {
    const share = total === 1 ? '' : ` for ${unknown} of ${total}`;
    return notApplicable({ expected, found: `the capture does not show ${needs}${share}` });
  }
  return passed({ expected, found: total === 1 ? 'so it is' : `so it is for all ${total}` });
}
