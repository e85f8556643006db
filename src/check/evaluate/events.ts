/** One event as a relation of SQL, and the rules about single events: never, eventually, always. */
import { clockFormat } from '../../base/format-time.js';
import { identifier } from '../../base/sql-text.js';
import type { CheckCapture } from '../capture.js';
import type { AssertionOf, EventSource } from '../rules/rule-shape.js';
import type { Evidence, Outcome } from '../verdict.js';
import { type Events, occurs } from './needs.js';
import { judgeRange, rangeText } from './range.js';
import { failed, notApplicable, passed, plural, SHOWN } from './words.js';

export interface EventTerm {
  readonly event: string;
  readonly where?: string | undefined;
}

export const termOf = (source: EventSource): EventTerm => (typeof source === 'string' ? { event: source } : source);

/** `signal_generate where sig = 9`. */
export const termText = ({ event, where }: EventTerm): string =>
  where === undefined ? event : `${event} where ${where.trim()}`;

/** The condition on a line of its own: it may end in a comment. */
export const whereSql = ({ where }: EventTerm): string => (where === undefined ? 'true' : `(${where}\n)`);

export const relation = ({ event }: EventTerm): string => `ev.${identifier(event)}`;

const moreOfTerm = (term: EventTerm): string[] => [
  'query',
  'CAPTURE',
  `FROM ${relation(term)}${term.where === undefined ? '' : ` WHERE ${term.where.trim()}`}`,
];

/** Lines of the trace as the store has them, for events in the order of their ids. */
export async function eventEvidence(
  capture: CheckCapture,
  ids: readonly (string | number)[],
  note: (id: string) => string = () => '',
): Promise<Evidence[]> {
  if (ids.length === 0) return [];
  const list = ids.map((id) => BigInt(id).toString()).join(', ');
  const rows = await capture.rows(
    `SELECT event_id, line_no, ts, comm, pid, name, args FROM event WHERE event_id IN (${list}) ORDER BY event_id`,
  );
  return rows.map(({ event_id, line_no, ts, comm, pid, name, args }) => {
    const time = ts === null || ts === undefined ? '' : `${clockFormat(capture.timeUnit).ts(ts as number | string)} `;
    const task = pid === null ? '' : `${comm}-${pid} `;
    return { line_no: Number(line_no), text: `${time}${task}${name}: ${args}${note(String(event_id))}` };
  });
}

export async function judgeNever(
  capture: CheckCapture,
  { never }: AssertionOf<'never'>,
  events: Events,
): Promise<Outcome> {
  const term = termOf(never);
  return await judgeCount(capture, term, { value: 0, dimension: 'number' }, events);
}

export async function judgeEventually(
  capture: CheckCapture,
  { eventually, count }: AssertionOf<'eventually'>,
  events: Events,
): Promise<Outcome> {
  return await judgeCount(capture, termOf(eventually), count ?? { min: ONE, place: NOWHERE }, events);
}

const ONE = { value: 1, dimension: 'number' } as const;
const NOWHERE = { file: '', line: 0 } as const;

async function judgeCount(
  capture: CheckCapture,
  term: EventTerm,
  range: Parameters<typeof judgeRange>[0],
  events: Events,
): Promise<Outcome> {
  const found = occurs(term.event, events) ? await countOf(capture, term) : { n: 0, first: [] };
  const { holds, absence } = judgeRange(range, found.n);
  const told = {
    expected: rangeText(range, termText(term), termText(term)),
    found: found.n === 0 ? 'none' : plural(found.n, 'time'),
    more: moreOfTerm(term),
    absence,
  };
  return holds ? passed(told) : failed({ ...told, evidence: await eventEvidence(capture, found.first) });
}

async function countOf(capture: CheckCapture, term: EventTerm): Promise<{ n: number; first: string[] }> {
  const { rows } = await capture.query(
    `SELECT count(*) AS n, array_to_string(min(event_id, ${SHOWN}), ',') AS first FROM ${relation(term)} WHERE ${whereSql(term)}`,
  );
  const first = String(rows[0]?.first ?? '');
  return { n: Number(rows[0]?.n), first: first === '' ? [] : first.split(',') };
}

export async function judgeAlways(
  capture: CheckCapture,
  { always, holds }: AssertionOf<'always'>,
  events: Events,
): Promise<Outcome> {
  const term = termOf(always);
  const expected = `${holds.trim()} for every ${termText(term)}`;
  if (!occurs(term.event, events)) return notApplicable({ expected, found: `${term.event} did not happen` });
  const { rows } = await capture.query(
    `SELECT count(*) AS n, count(*) FILTER (NOT coalesce((${holds}\n), false)) AS bad,
       array_to_string(min(event_id, ${SHOWN}) FILTER (NOT coalesce((${holds}\n), false)), ',') AS first
     FROM ${relation(term)} WHERE ${whereSql(term)}`,
  );
  const [total, bad] = [Number(rows[0]?.n), Number(rows[0]?.bad)];
  const more = moreOfTerm({
    ...term,
    where: `${term.where === undefined ? '' : `(${term.where}) AND `}NOT (${holds.trim()})`,
  });
  if (total === 0) return notApplicable({ expected, found: `no ${termText(term)}`, more: moreOfTerm(term) });
  if (bad === 0) return passed({ expected, found: `it holds for all ${total}`, more, absence: true });
  const evidence = await eventEvidence(capture, String(rows[0]?.first ?? '').split(','));
  return failed({ expected, found: `it does not hold for ${bad} of ${total}`, more, evidence });
}
