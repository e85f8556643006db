/**
 * Events that belong together, as SQL. Each step of a sequence is a relation (key, event_id, ts, and the columns that later
 * steps refer to), and a sequence is one ASOF join per step: the first event behind the one before that fits.
 */
import { usageError } from '../../base/errors.js';
import { identifier } from '../../base/sql-text.js';
import { didYouMean } from '../rules/nearest.js';
import type { StepSource } from '../rules/rule-shape.js';
import { relation, whereSql } from './events.js';
import { type Events, occurs } from './needs.js';

export type Per = 'task' | 'process' | 'cpu' | 'capture';

/** Whom an event is about, where that is not the task on its line. */
const SUBJECT: Readonly<Record<string, string>> = {
  signal_generate: 'target_pid',
  sched_waking: 'task_pid',
  sched_wakeup: 'task_pid',
  sched_wakeup_new: 'task_pid',
  sched_process_free: 'task_pid',
  sched_migrate_task: 'task_pid',
  sched_stat_wait: 'task_pid',
  sched_stat_sleep: 'task_pid',
  sched_stat_iowait: 'task_pid',
  sched_stat_blocked: 'task_pid',
};

/** Column of an earlier step: which step, and its column. */
export interface Reference {
  readonly step: number;
  readonly column: string;
}

export interface Step {
  readonly source: Omit<StepSource, 'place'>;
  /** Own column -> column of an earlier step. */
  readonly match: readonly (readonly [column: string, from: Reference])[];
  /** Columns that later steps refer to. */
  readonly offers: readonly string[];
}

/** Resolves the names in `match`; a usage error for a step that is not there. */
export function resolveSteps(sources: readonly Omit<StepSource, 'place'>[]): Step[] {
  const names = sources.map((source) => source.as ?? source.event);
  const matches = sources.map((source, i) =>
    [...(source.match ?? [])].map(([column, text]): readonly [string, Reference] => {
      const at = text.lastIndexOf('.');
      const step = names.slice(0, i).indexOf(text.slice(0, at));
      if (at > 0 && step >= 0) return [column, { step, column: text.slice(at + 1) }];
      const meant = didYouMean(text.slice(0, Math.max(at, 0)), names.slice(0, i));
      throw usageError(
        `match.${column}: ${text} names no earlier step (${names.slice(0, i).join(', ') || 'none'})${meant}`,
      );
    }),
  );
  return sources.map((source, i) => {
    const offers = matches.flat().filter(([, from]) => from.step === i);
    return { source, match: matches[i] ?? [], offers: [...new Set(offers.map(([, from]) => from.column))] };
  });
}

/** SELECT of one step's events: event_id, ts, key, `o_<n>` it offers, `m_<n>` that match. */
export function stepSql({ source, match, offers }: Step, per: Per, events: Events): string {
  const columns = [...offers.map((name, n) => [name, `o_${n}`]), ...match.map(([name], n) => [name, `m_${n}`])];
  if (!occurs(source.event, events)) {
    const none = columns.map(([, alias]) => `, NULL::VARCHAR AS ${alias}`).join('');
    return `SELECT NULL::BIGINT AS event_id, NULL::BIGINT AS ts, NULL::BIGINT AS key${none} WHERE false`;
  }
  // Columns of two events meet as text, so that a number equals the same number of another width.
  const own = columns.map(([name, alias]) => `, s.${identifier(name as string)}::VARCHAR AS ${alias}`).join('');
  const from = `FROM ${relation(source)} AS s`;
  const where = `WHERE ${whereSql(source)}`;
  if (per === 'capture') return `SELECT s.event_id, s.ts, 0::BIGINT AS key${own} ${from} ${where}`;
  if (per === 'cpu') return `SELECT s.event_id, s.ts, s.cpu::BIGINT AS key${own} ${from} ${where}`;
  const subject = identifier(source.task ?? SUBJECT[source.event] ?? 'pid');
  // Pids are used again: the task is the life of the pid at that place.
  const key = per === 'task' ? 'coalesce(l.task_id, -1 - x.subject)' : 'coalesce(t.tgid::BIGINT, x.subject)';
  const carried = columns.map(([, alias]) => `, x.${alias}`).join('');
  return (
    `SELECT x.event_id, x.ts, ${key} AS key${carried} ` +
    `FROM (SELECT s.event_id, s.ts, s.${subject}::BIGINT AS subject${own} ${from} ${where}) AS x ` +
    'ASOF LEFT JOIN life l ON l.pid = x.subject AND x.event_id >= l.from_event_id' +
    (per === 'process' ? ' LEFT JOIN task t ON t.task_id = l.task_id' : '')
  );
}

/**
 * Rows e_0, t_0, e_1, t_1, ...: one per event of the first step, with the first fitting event of every further step or NULL.
 * A step with `match` is found by what it matches; by the key too when the rule says `per`.
 */
export function chainSql(steps: readonly Step[], per: Per | undefined, events: Events): string {
  const relations = steps.map((step, i) => `s_${i} AS (${stepSql(step, per ?? 'task', events)})`);
  const carry = (i: number): string => (steps[i] as Step).offers.map((_, n) => `, s.o_${n} AS o_${i}_${n}`).join('');
  const chains = steps.map((step, i) => {
    if (i === 0) return `c_0 AS (SELECT s.event_id AS e_0, s.ts AS t_0, s.key AS key${carry(0)} FROM s_0 AS s)`;
    const conditions = step.match.map(([, from], n) => {
      const offered = (steps[from.step] as Step).offers.indexOf(from.column);
      return `s.m_${n} = c.o_${from.step}_${offered}`;
    });
    if (conditions.length === 0 || per !== undefined) conditions.push('s.key = c.key');
    // A chain that has ended has no next step: NULL is before nothing.
    conditions.push(`c.e_${i - 1} < s.event_id`);
    return (
      `c_${i} AS (SELECT c.* EXCLUDE (key), coalesce(s.key, c.key) AS key, s.event_id AS e_${i}, s.ts AS t_${i}${carry(i)} ` +
      `FROM c_${i - 1} AS c ASOF LEFT JOIN s_${i} AS s ON ${conditions.join(' AND ')})`
    );
  });
  return `WITH ${[...relations, ...chains].join(',\n')}\nSELECT * FROM c_${steps.length - 1}`;
}
